import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultFleet } from "../../../config/emr";
import type { MlClusterConfig } from "../../../config/platforms/ml-tenant";
import { tenantNameProblem, tenantResource } from "../../../config/tenant-names";
import { AlarmTopic } from "../../foundation/alarms";
import { ArgChecks } from "../../foundation/checks";
import type { MlTenantArgs } from "./args";
import { securityConfiguration } from "./configurations";
import { type ClusterRole, EmrCluster } from "./emr-cluster";
import { TenantEyes, type WatchedCluster } from "./eyes";
import { TenantIdentities } from "./identity";
import { TenantNetwork } from "./network";
import { TenantStorage } from "./storage";
import { tenantTags } from "./tags";

export type { MlTenantArgs } from "./args";

/** One tenant of the platform: storage, identities, network, clusters and what watches them. Nothing of it is shared. */
export class MlTenant extends pulumi.ComponentResource {
    public readonly artifactsBucket: pulumi.Output<string>;
    public readonly dataBucket: pulumi.Output<string>;
    /** Cluster ids by role. */
    public readonly clusterIds: Readonly<Partial<Record<ClusterRole, pulumi.Output<string>>>>;
    public readonly studioRoleArn: pulumi.Output<string>;
    /** Name of the tenant's profile in the SageMaker domain. */
    public readonly userProfileName: string;
    public readonly dashboardName: string;

    constructor(name: string, args: MlTenantArgs, opts: pulumi.ComponentResourceOptions) {
        const problem = tenantNameProblem(args);
        new ArgChecks(`MlTenant ${name}`)
            .expect(problem === undefined, "tenant", `comes to names that AWS doesn't take: ${problem}`)
            .done();
        super("platforms:ml-platform:MlTenant", name, {}, { ...opts, transformations: [tenantTags(args.tenant)] });
        const scope = args;
        const parent = { parent: this } as const;

        const storage = new TenantStorage(`${name}-storage`, { scope, protect: args.protect }, parent);
        const network = new TenantNetwork(`${name}-network`, { scope }, parent);
        const identities = new TenantIdentities(
            `${name}-identity`,
            {
                scope,
                bucketArns: [storage.artifacts.arn, storage.data.arn],
                logsBucketArn: storage.logs.arn,
                keyArn: storage.keyArn,
            },
            parent,
        );
        const alarms = new AlarmTopic(
            `${name}-alarms`,
            {
                accountId: args.accountId,
                region: args.region,
                keyArn: storage.keyArn,
                emails: args.alarmEmails,
                eventBridge: true,
            },
            parent,
        );
        const security = new aws.emr.SecurityConfiguration(
            `${name}-security`,
            {
                name: tenantResource(args, "emr-security"),
                configuration: pulumi
                    .all([storage.keyArn, args.certificate.uri])
                    .apply(([keyArn, certificateUri]) =>
                        JSON.stringify(securityConfiguration({ keyArn, certificateUri })),
                    ),
            },
            parent,
        );
        const watch = (role: ClusterRole, config: MlClusterConfig): WatchedCluster => ({
            cluster: new EmrCluster(
                `${name}-${role}`,
                {
                    ...config,
                    scope,
                    role,
                    instanceTypes:
                        config.instanceTypes ?? defaultFleet(args.memoryOptimized ? "memory" : "general", "2xlarge"),
                    identities,
                    network,
                    securityConfiguration: security.name,
                    keyArn: storage.keyArn,
                    logsBucketName: storage.logs.bucketName,
                    topicArn: alarms.arn,
                    protect: role === "production" && args.protect,
                },
                parent,
            ),
            budgetUsd: config.budgetUsd,
            memoryThresholdPercent: config.memoryThresholdPercent,
        });
        const clusters: Partial<Record<ClusterRole, WatchedCluster>> = {
            production: watch("production", args.production),
            ...(args.staging ? { staging: watch("staging", args.staging) } : {}),
        };
        const eyes = new TenantEyes(
            `${name}-eyes`,
            { scope, clusters, topicArn: alarms.arn, emails: args.alarmEmails },
            parent,
        );
        this.userProfileName = tenantResource(args, "studio");
        new aws.sagemaker.UserProfile(
            `${name}-studio`,
            {
                domainId: args.studioDomainId,
                userProfileName: this.userProfileName,
                userSettings: {
                    executionRole: identities.studioRoleArn,
                    securityGroups: [network.studioGroupId],
                    // results of cells may hold data; they stay in the notebook
                    sharingSettings: { notebookOutputOption: "Disabled" },
                },
            },
            parent,
        );

        this.artifactsBucket = storage.artifacts.bucketName;
        this.dataBucket = storage.data.bucketName;
        this.clusterIds = Object.fromEntries(
            Object.entries(clusters).map(([role, { cluster }]) => [role, cluster.clusterId]),
        );
        this.studioRoleArn = identities.studioRoleArn;
        this.dashboardName = eyes.dashboardName;
        this.registerOutputs({ dataBucket: this.dataBucket, clusterIds: this.clusterIds });
    }
}
