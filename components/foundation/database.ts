import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatabaseEngine, databaseEngines, hasPerformanceInsights } from "../../config/database-engines";
import { ArgChecks } from "./checks";
import { encryptedLogGroup } from "./log-group";
import { serviceTrust } from "./policy-document";

export interface DatabaseArgs {
    /** Physical name: lower-case letters, digits and hyphens. */
    readonly identifier: string;
    readonly engine: DatabaseEngine;
    /** Major version, for example `17`; minor versions follow by themselves in the maintenance window. */
    readonly engineVersion: string;
    /** For example `db.t4g.medium`. */
    readonly instanceClass: string;
    /** GiB at first. */
    readonly storageGiB: number;
    /** GiB that the storage grows to by itself. */
    readonly maxStorageGiB: number;
    /** Name of the first database in it. */
    readonly databaseName: string;
    /** A standby in another availability zone. */
    readonly multiAz: boolean;
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly securityGroupIds: pulumi.Input<string>[];
    /** Encrypts storage, snapshots, Performance Insights and the master secret. */
    readonly kmsKeyArn: pulumi.Input<string>;
    /** Encrypts the engine's logs; its policy has to let CloudWatch Logs use it. */
    readonly logKeyArn: pulumi.Input<string>;
    /** Days of automated backups, with recovery to any second of them; 1 to 35. */
    readonly backupRetentionDays: number;
    /** Refuses deletion; and a final snapshot is taken when it is deleted after all. */
    readonly deletionProtection: boolean;
    /** Days that the engine's logs are kept. */
    readonly logRetentionDays: number;
    /** Days of Performance Insights: 7, a multiple of 31 up to 713, or 731. @default 7 */
    readonly insightsRetentionDays?: number;
    /** More engine parameters. @default none */
    readonly parameters?: Readonly<Record<string, string>>;
    /** UTC. @default "04:00-05:00" */
    readonly backupWindow?: string;
    /** UTC. @default "sun:05:30-sun:06:30" */
    readonly maintenanceWindow?: string;
    /** Read replicas by role, for example `reporting`, each with its class. @default none */
    readonly replicas?: Readonly<Record<string, { readonly instanceClass: string }>>;
}

/** An RDS database in private subnets that takes TLS connections only; RDS itself makes and rotates its password. */
export class Database extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    readonly identifier: pulumi.Output<string>;
    readonly address: pulumi.Output<string>;
    readonly port: number;
    readonly databaseName: string;
    /** Secret with `username` and `password`; RDS changes the password every seven days. */
    readonly secretArn: pulumi.Output<string>;
    readonly instance: aws.rds.Instance;
    /** Read replicas by role. */
    readonly replicas: Readonly<Record<string, aws.rds.Instance>>;

    constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
        const engine = databaseEngines[args.engine];
        new ArgChecks(`Database ${name}`)
            .expect(
                engine.versions.includes(args.engineVersion),
                "engineVersion",
                `must be a major version of ${args.engine} in standard support (${engine.versions.join(", ")}), got "${args.engineVersion}"`,
            )
            .expectWhole(args.backupRetentionDays, 1, 35, "backupRetentionDays")
            .expect(
                args.maxStorageGiB > args.storageGiB,
                "maxStorageGiB",
                `must be more than storageGiB (${args.storageGiB})`,
            )
            .done();
        super("platforms:foundation:Database", name, {}, opts);
        const parent = { parent: this };
        const insights = hasPerformanceInsights(args.engine, args.instanceClass);

        const subnetGroup = new aws.rds.SubnetGroup(`${name}-subnets`, { subnetIds: args.subnetIds }, parent);
        const parameters = new aws.rds.ParameterGroup(
            `${name}-parameters`,
            {
                family: engine.family(args.engineVersion),
                description: `${args.identifier}: TLS only`,
                parameters: [
                    { ...engine.forceTls, applyMethod: "immediate" },
                    ...Object.entries(args.parameters ?? {}).map(([key, value]) => ({
                        name: key,
                        value,
                        applyMethod: "pending-reboot",
                    })),
                ],
            },
            parent,
        );
        const monitoring = new aws.iam.Role(
            `${name}-monitoring`,
            { assumeRolePolicy: serviceTrust("monitoring.rds.amazonaws.com") },
            parent,
        );
        const monitoringPolicy = new aws.iam.RolePolicyAttachment(
            `${name}-monitoring`,
            {
                role: monitoring.name,
                policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
            },
            parent,
        );
        // RDS would make these groups itself, without key and for ever
        const logs = engine.logExports.map((log) =>
            encryptedLogGroup(
                `${name}-log-${log}`,
                {
                    logGroupName: `/aws/rds/instance/${args.identifier}/${log}`,
                    retentionDays: args.logRetentionDays,
                    keyArn: args.logKeyArn,
                },
                parent,
            ),
        );
        const shared = {
            storageEncrypted: true,
            storageType: "gp3",
            publiclyAccessible: false,
            vpcSecurityGroupIds: args.securityGroupIds,
            parameterGroupName: parameters.name,
            maxAllocatedStorage: args.maxStorageGiB,
            copyTagsToSnapshot: true,
            autoMinorVersionUpgrade: true,
            deletionProtection: args.deletionProtection,
            monitoringInterval: 60,
            monitoringRoleArn: monitoring.arn,
            maintenanceWindow: args.maintenanceWindow ?? "sun:05:30-sun:06:30",
            databaseInsightsMode: "standard",
            performanceInsightsEnabled: insights,
            performanceInsightsKmsKeyId: insights ? args.kmsKeyArn : undefined,
            performanceInsightsRetentionPeriod: insights ? (args.insightsRetentionDays ?? 7) : undefined,
        } satisfies Partial<aws.rds.InstanceArgs>;

        this.instance = new aws.rds.Instance(
            `${name}-instance`,
            {
                ...shared,
                identifier: args.identifier,
                engine: args.engine,
                engineVersion: args.engineVersion,
                instanceClass: args.instanceClass,
                allocatedStorage: args.storageGiB,
                dbName: args.databaseName,
                username: "dbadmin",
                manageMasterUserPassword: true,
                masterUserSecretKmsKeyId: args.kmsKeyArn,
                kmsKeyId: args.kmsKeyArn,
                dbSubnetGroupName: subnetGroup.name,
                multiAz: args.multiAz,
                iamDatabaseAuthenticationEnabled: true,
                backupRetentionPeriod: args.backupRetentionDays,
                backupWindow: args.backupWindow ?? "04:00-05:00",
                deleteAutomatedBackups: false,
                skipFinalSnapshot: false,
                finalSnapshotIdentifier: `${args.identifier}-final`,
                enabledCloudwatchLogsExports: [...engine.logExports],
            },
            { ...parent, dependsOn: [monitoringPolicy, ...logs] },
        );
        this.replicas = Object.fromEntries(
            Object.entries(args.replicas ?? {}).map(([role, replica]) => [
                role,
                new aws.rds.Instance(
                    `${name}-replica-${role}`,
                    {
                        ...shared,
                        identifier: `${args.identifier}-${role}`,
                        replicateSourceDb: this.instance.identifier,
                        instanceClass: replica.instanceClass,
                        // a replica is made again from its source
                        skipFinalSnapshot: true,
                    },
                    parent,
                ),
            ]),
        );

        this.arn = this.instance.arn;
        this.identifier = this.instance.identifier;
        this.address = this.instance.address;
        this.port = engine.port;
        this.databaseName = args.databaseName;
        this.secretArn = this.instance.masterUserSecrets.apply(
            // empty for a moment in a preview of the first deployment
            (secrets) => secrets?.[0]?.secretArn ?? "",
        );
        this.registerOutputs({ arn: this.arn, address: this.address, secretArn: this.secretArn });
    }
}
