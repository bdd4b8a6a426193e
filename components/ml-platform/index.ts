import type * as pulumi from "@pulumi/pulumi";
import { ArgChecks } from "../foundation/checks";
import { Cluster } from "../foundation/cluster";
import { EncryptionKey } from "../foundation/key";
import { logsMayUseKey, servicesMayUseKey } from "../foundation/key-statements";
import { Network } from "../foundation/network";
import { Platform } from "../foundation/platform";
import { PlatformApps } from "./apps/index";
import { type MlPlatformArgs, sharedResource } from "./args";
import { PlatformDns } from "./dns";
import { EmrSecurity } from "./emr-security";
import { SharedLake } from "./lake";
import { MetadataDatabase } from "./metadata-database";
import { Studio } from "./studio";
import { MlTenant } from "./tenant/index";
import { emrManagedTag } from "./tenant/tags";

export type { MlPlatformArgs } from "./args";
export { MlTenant, type MlTenantArgs } from "./tenant/index";

/** A platform for machine learning: what its tenants share, and the tenants, which share nothing with each other. */
export class MlPlatform extends Platform {
    public readonly vpcId: pulumi.Output<string>;
    /** Name of the EKS cluster. */
    public readonly clusterName: pulumi.Output<string>;
    /** What the parent domain has to name in its NS record. */
    public readonly nameServers: pulumi.Output<string[]>;
    public readonly argoCdUrl: string;
    public readonly supersetUrl: string;
    public readonly studioDomainId: pulumi.Output<string>;
    public readonly lakeBucket: pulumi.Output<string>;
    /** Tenants by name. */
    public readonly tenants: Readonly<Record<string, MlTenant>>;

    constructor(name: string, args: MlPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        new ArgChecks(`MlPlatform ${name}`)
            .expect(args.alarmEmails.length > 0, "alarmEmails", "must name someone who hears of alarms")
            .done();
        super("platforms:ml-platform:MlPlatform", name, args.product, args, opts);
        const { protect, region, accountId, environment, product } = args;
        const place = { accountId, region };
        const shared = { ...place, product, environment, protect };
        const clusterName = `${product}-${environment}`;

        const keyArn = new EncryptionKey(
            `${name}-data`,
            {
                ...place,
                description: `Shared data of ${product} ${environment}`,
                alias: sharedResource(args, "shared"),
                statements: [logsMayUseKey(args), servicesMayUseKey(accountId, ["s3"])],
                protect,
            },
            this.inAws(),
        ).arn;
        const network = new Network(
            `${name}-network`,
            {
                ...place,
                cidr: args.vpcCidr,
                availabilityZones: args.availabilityZones,
                natGateways: args.natGateways,
                logRetentionDays: args.logRetentionDays,
                logsKeyArn: keyArn,
                isolatedSubnets: true,
                clusterNames: [clusterName],
                privateSubnetTags: emrManagedTag,
                // what clusters and notebooks call all the time
                endpoints: [
                    "s3",
                    "ecr",
                    "logs",
                    "sts",
                    "secretsmanager",
                    "ssm",
                    "kms",
                    "glue",
                    "elasticmapreduce",
                    "sagemaker",
                    "monitoring",
                ],
            },
            this.inAws(),
        );
        const cluster = new Cluster(
            `${name}-eks`,
            {
                ...place,
                clusterName,
                version: args.kubernetesVersion,
                vpcId: network.vpcId,
                privateSubnetIds: network.privateSubnetIds,
                nodeGroups: { platform: args.nodes },
                deployerRoleArn: args.assumeRoleArn,
                administratorRoleArns: args.administratorRoleArns,
                logRetentionDays: args.logRetentionDays,
                tags: args.tags,
                protect,
            },
            this.inAws(),
        );
        const { database } = new MetadataDatabase(
            `${name}-superset`,
            {
                ...shared,
                database: args.database,
                logRetentionDays: args.logRetentionDays,
                vpcId: network.vpcId,
                subnetIds: network.isolatedSubnetIds,
                keyArn,
                clientGroupId: cluster.securityGroupId,
            },
            this.inAws(),
        );
        const lake = new SharedLake(`${name}-lake`, { ...shared, keyArn }, this.inAws());
        const certificate = new EmrSecurity(
            `${name}-emr`,
            { ...shared, keyArn, logBucketName: lake.logBucketName },
            this.inAws(),
        );
        const studio = new Studio(
            `${name}-studio`,
            { ...shared, vpcId: network.vpcId, subnetIds: network.privateSubnetIds, keyArn },
            this.inAws(),
        );
        const dns = new PlatformDns(`${name}-dns`, { ...args.dns, vpcId: network.vpcId }, this.inAws());
        const apps = new PlatformApps(
            `${name}-apps`,
            {
                ...place,
                cluster,
                database,
                vpcId: network.vpcId,
                vpcCidr: args.vpcCidr,
                domainName: args.dns.domainName,
                privateZoneId: dns.privateZoneId,
                certificateArn: dns.certificateArn,
                keyArn,
                supersetSecretName: `${product}/${environment}/superset`,
                logRetentionDays: args.logRetentionDays,
            },
            { parent: this, providers: [this.awsProvider, cluster.provider] },
        );

        this.tenants = Object.fromEntries(
            Object.entries(args.tenants).map(([tenant, config]) => [
                tenant,
                new MlTenant(
                    `${name}-${tenant}`,
                    {
                        ...place,
                        ...config,
                        product,
                        tenant,
                        environment,
                        alarmEmails: config.alarmEmails ?? args.alarmEmails,
                        vpcId: network.vpcId,
                        vpcCidr: args.vpcCidr,
                        privateSubnetIds: network.privateSubnetIds,
                        lake,
                        certificate,
                        logBucketName: lake.logBucketName,
                        studioDomainId: studio.domainId,
                        emrRelease: args.emrRelease,
                    },
                    this.inAws(),
                ),
            ]),
        );

        this.vpcId = network.vpcId;
        this.clusterName = cluster.clusterName;
        this.nameServers = dns.nameServers;
        this.argoCdUrl = apps.argoCdUrl;
        this.supersetUrl = apps.supersetUrl;
        this.studioDomainId = studio.domainId;
        this.lakeBucket = lake.bucketName;
        this.registerOutputs({ vpcId: this.vpcId, clusterName: this.clusterName, lakeBucket: this.lakeBucket });
    }

    /** What people look up after a deployment. */
    public get outputs(): Record<string, unknown> {
        const { clusterName, nameServers, argoCdUrl, supersetUrl, studioDomainId, lakeBucket } = this;
        const tenants = Object.fromEntries(
            Object.entries(this.tenants).map(([name, { dataBucket, clusterIds, userProfileName, dashboardName }]) => [
                name,
                { dataBucket, clusterIds, userProfileName, dashboardName },
            ]),
        );
        return { clusterName, nameServers, argoCdUrl, supersetUrl, studioDomainId, lakeBucket, tenants };
    }
}
