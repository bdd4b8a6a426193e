import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { managedPolicyArn } from "../foundation/arn";
import { encryptedLogGroup } from "../foundation/log-group";
import { serviceTrust } from "../foundation/policy-document";
import type { PipelineKeys } from "./keys";
import { databaseName, databasePort, databaseUser, type PipelinePlace, pipelineName } from "./place";

export interface DatabaseClusterArgs extends PipelinePlace {
    readonly sizes: ImagePipelineConfig["database"];
    readonly subnetIds: pulumi.Input<string[]>;
    readonly securityGroupId: pulumi.Input<string>;
    /** Password at first; rotation changes it later without this program. */
    readonly initialPassword: pulumi.Input<string>;
    readonly keys: Pick<PipelineKeys, "database" | "operations">;
}

/** Aurora PostgreSQL Serverless v2 in private subnets, encrypted, that takes TLS connections only. */
export class DatabaseCluster extends pulumi.ComponentResource {
    readonly cluster: aws.rds.Cluster;
    readonly clusterIdentifier: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    /** Instances by role: `writer`, `reader-1` ... */
    readonly instances: Readonly<Record<string, aws.rds.ClusterInstance>>;

    constructor(name: string, args: DatabaseClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:DatabaseCluster", name, {}, opts);
        const parent = { parent: this };
        const identifier = pipelineName(args, nameRules.rdsIdentifier, "aurora");

        // Aurora would make the group itself, without key and for ever.
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.CloudWatch.html
        const logGroup = encryptedLogGroup(
            `${name}-log`,
            {
                logGroupName: `/aws/rds/cluster/${identifier}/postgresql`,
                retentionDays: args.logRetentionDays,
                keyArn: args.keys.operations.arn,
            },
            parent,
        );
        this.cluster = new aws.rds.Cluster(
            `${name}-cluster`,
            {
                ...clusterSettings(identifier, args),
                dbSubnetGroupName: new aws.rds.SubnetGroup(`${name}-subnets`, { subnetIds: args.subnetIds }, parent)
                    .name,
                dbClusterParameterGroupName: createParameters(name, args.sizes.engineVersion, parent).name,
            },
            {
                ...parent,
                protect: args.protect,
                dependsOn: [logGroup],
                // Rotation owns the password from its first run on: another one here would lock everybody out.
                ignoreChanges: ["masterPassword"],
            },
        );
        this.clusterIdentifier = this.cluster.clusterIdentifier;
        this.endpoint = this.cluster.endpoint;
        this.instances = createInstances(name, identifier, this.cluster, args, parent);
        this.registerOutputs({ clusterIdentifier: this.clusterIdentifier, endpoint: this.endpoint });
    }
}

function clusterSettings(identifier: string, args: DatabaseClusterArgs) {
    return {
        clusterIdentifier: identifier,
        engine: "aurora-postgresql",
        // Serverless v2 is a class of instances in a provisioned cluster, not the engine mode `serverless`.
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.create.html
        engineMode: "provisioned",
        engineVersion: args.sizes.engineVersion,
        serverlessv2ScalingConfiguration: {
            minCapacity: args.sizes.minCapacity,
            maxCapacity: args.sizes.maxCapacity,
        },
        databaseName,
        port: databasePort,
        masterUsername: databaseUser,
        masterPassword: args.initialPassword,
        iamDatabaseAuthenticationEnabled: true,
        storageEncrypted: true,
        kmsKeyId: args.keys.database.arn,
        vpcSecurityGroupIds: [args.securityGroupId],
        backupRetentionPeriod: args.sizes.backupRetentionDays,
        // Night in America, where the users are; UTC.
        preferredBackupWindow: "08:00-09:00",
        preferredMaintenanceWindow: "sun:09:30-sun:10:30",
        copyTagsToSnapshot: true,
        enabledCloudwatchLogsExports: ["postgresql"],
        deletionProtection: args.protect,
        deleteAutomatedBackups: !args.protect,
        skipFinalSnapshot: !args.protect,
        finalSnapshotIdentifier: args.protect ? `${identifier}-final` : undefined,
    } satisfies aws.rds.ClusterArgs;
}

function createParameters(
    name: string,
    engineVersion: string,
    opts: pulumi.CustomResourceOptions,
): aws.rds.ClusterParameterGroup {
    return new aws.rds.ClusterParameterGroup(
        `${name}-parameters`,
        {
            family: `aurora-postgresql${engineVersion.split(".")[0]}`,
            description: "TLS only; slow statements and lock waits are logged",
            parameters: [
                // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
                { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
                { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
                { name: "log_lock_waits", value: "1", applyMethod: "immediate" },
            ],
        },
        opts,
    );
}

function createInstances(
    name: string,
    identifier: string,
    cluster: aws.rds.Cluster,
    args: DatabaseClusterArgs,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<string, aws.rds.ClusterInstance>> {
    const monitoringRole = new aws.iam.Role(
        `${name}-monitoring-role`,
        {
            description: `Enhanced monitoring of ${identifier}`,
            assumeRolePolicy: serviceTrust("monitoring.rds.amazonaws.com", {
                StringEquals: { "aws:SourceAccount": args.accountId },
            }),
        },
        opts,
    );
    const monitoringPolicy = new aws.iam.RolePolicyAttachment(
        `${name}-monitoring-policy`,
        {
            role: monitoringRole.name,
            policyArn: managedPolicyArn(args.region, "service-role/AmazonRDSEnhancedMonitoringRole"),
        },
        opts,
    );
    const roles = ["writer", ...Array.from({ length: args.sizes.readers }, (_, index) => `reader-${index + 1}`)];
    return Object.fromEntries(
        roles.map((role) => [
            role,
            new aws.rds.ClusterInstance(
                `${name}-${role}`,
                {
                    identifier: `${identifier}-${role}`,
                    clusterIdentifier: cluster.id,
                    engine: "aurora-postgresql",
                    engineVersion: cluster.engineVersion,
                    instanceClass: "db.serverless",
                    publiclyAccessible: false,
                    // Readers of tier 0 and 1 keep the writer's capacity, so that a failover finds room.
                    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
                    promotionTier: role === "writer" ? 0 : 1,
                    // An LTS release stays what it is: new minor versions are a change of this program.
                    autoMinorVersionUpgrade: false,
                    monitoringInterval: 60,
                    monitoringRoleArn: monitoringRole.arn,
                    performanceInsightsEnabled: true,
                    performanceInsightsKmsKeyId: args.keys.database.arn,
                    performanceInsightsRetentionPeriod: 7,
                    copyTagsToSnapshot: true,
                },
                { ...opts, protect: args.protect, dependsOn: [monitoringPolicy] },
            ),
        ]),
    );
}
