import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { nameRules, physicalName } from "../../config/names";
import { AlarmTopic } from "../foundation/alarms";
import { budget } from "../foundation/budget";
import { Certificate } from "../foundation/certificate";
import { Database } from "../foundation/database";
import { accountProvider, Platform } from "../foundation/platform";
import { Alarms } from "./alarms";
import { edgeRegion, type PartArgs, project, type WebAppArgs } from "./args";
import { Audit } from "./audit";
import { Auth } from "./auth";
import { Backups } from "./backups";
import { Balancer } from "./balancer";
import { Buckets } from "./buckets";
import { Cache } from "./cache";
import { Dashboards } from "./dashboards";
import { deployer } from "./deployer";
import { Edge } from "./edge";
import { EdgeAlarms } from "./edge-alarms";
import { createKeys, type Keys } from "./keys";
import { AppNetwork } from "./network";
import { Recovery } from "./recovery";
import { Repositories } from "./repositories";
import { Services } from "./services";

export type { WebAppArgs } from "./args";

/**
 * Taskava: CloudFront in front of services on ECS Fargate, with PostgreSQL, Redis, files, sign-in, backups in a second
 * region, and eyes on all of it.
 */
export class WebApp extends Platform {
    /** Address of the app. */
    readonly url: pulumi.Output<string>;
    readonly distributionId: pulumi.Output<string>;
    readonly clusterName: pulumi.Output<string>;
    readonly logGroupName: pulumi.Output<string>;
    readonly databaseIdentifier: pulumi.Output<string>;
    /** Secret with the database's user name and password. */
    readonly databaseSecretArn: pulumi.Output<string>;
    readonly filesBucket: pulumi.Output<string>;
    readonly staticBucket: pulumi.Output<string>;
    readonly backupsBucket: pulumi.Output<string>;
    readonly backupVault: pulumi.Output<string>;
    readonly userPoolId: pulumi.Output<string>;
    readonly userPoolClientId: pulumi.Output<string>;
    /** Addresses that images are pushed to, by service. */
    readonly repositoryUrls: pulumi.Output<Record<string, string>>;
    /** Role of the app's own pipeline. */
    readonly deployRoleArn: pulumi.Output<string> | undefined;

    constructor(name: string, args: WebAppArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:WebApp", name, project, args, opts);
        const part: PartArgs = { ...args, prefix: `${project}-${args.environment}` };
        const providerIn = (role: string, region: string) =>
            accountProvider(`${name}-${role}-aws`, { ...args, region, project }, { parent: this });
        const edgeProvider = providerIn("edge", edgeRegion);
        const atEdge = this.inAws({ provider: edgeProvider });

        const keys = createKeys(`${name}-keys`, part, { home: this.inAws(), edge: atEdge });
        const topic = new AlarmTopic(
            `${name}-alarms`,
            { ...part, topicName: `${part.prefix}-alarms`, keyArn: keys.operations.arn, emails: args.alarmEmails },
            this.inAws(),
        );
        const appNetwork = new AppNetwork(`${name}-network`, { ...part, logKeyArn: keys.operations.arn }, this.inAws());
        const { disasterRecovery } = args;
        const recovery = disasterRecovery
            ? new Recovery(
                  `${name}-recovery`,
                  { ...part, disasterRecovery },
                  this.inAws({ provider: providerIn("recovery", disasterRecovery.region) }),
              )
            : undefined;
        const buckets = new Buckets(
            `${name}-buckets`,
            { ...part, keys, recovery },
            // S3 copies only into buckets that keep versions already
            this.inAws({ dependsOn: recovery ? Object.values(recovery.buckets) : [] }),
        );
        const audit = new Audit(
            `${name}-audit`,
            {
                ...part,
                keyArn: keys.operations.arn,
                logBucketName: buckets.logs.bucketName,
                watchedBucketArns: [buckets.files.arn, buckets.backups.arn],
            },
            this.inAws(),
        );

        const appDatabase = this.createDatabase(name, part, keys, appNetwork);
        const appCache = new Cache(
            `${name}-cache`,
            {
                ...part,
                subnetIds: appNetwork.network.isolatedSubnetIds,
                securityGroupId: appNetwork.cache.securityGroupId,
                keyArn: keys.data.arn,
                logKeyArn: keys.operations.arn,
            },
            {
                parent: this,
                providers: [this.awsProvider, new random.Provider(`${name}-random`, {}, { parent: this })],
            },
        );
        const backups = new Backups(
            `${name}-backups`,
            {
                ...part,
                keyArn: keys.data.arn,
                recovery,
                resources: { database: appDatabase.arn, files: buckets.files.arn },
            },
            this.inAws(),
        );
        if (recovery && disasterRecovery) {
            recovery.follow(`${name}-database-copies`, appDatabase.arn, disasterRecovery.retentionDays);
        }

        const certificateArn = this.edgeCertificate(name, args, atEdge);
        const balancer = new Balancer(
            `${name}-balancer`,
            {
                ...part,
                appNetwork,
                logBucket: buckets.logs.bucketName,
                certificateArn: args.region === edgeRegion ? certificateArn : undefined,
                provider: this.awsProvider,
            },
            this.inAws(),
        );
        const appEdge = new Edge(
            `${name}-edge`,
            { ...part, balancer, buckets, certificateArn, logKeyArn: keys.edge.arn },
            atEdge,
        );
        const signIn = new Auth(
            `${name}-auth`,
            { ...part, appHost: appEdge.host, edgeProvider, after: appEdge.records },
            this.inAws(),
        );

        const repositories = new Repositories(
            `${name}-repositories`,
            { ...part, keyArn: keys.operations.arn },
            this.inAws(),
        );
        const appServices = new Services(
            `${name}-services`,
            {
                ...part,
                appNetwork,
                appDatabase,
                appCache,
                signIn,
                balancer,
                buckets,
                keys,
                repositories,
                appHost: appEdge.host,
                topicArn: topic.arn,
            },
            this.inAws(),
        );

        const observed = { ...part, balancer, appDatabase, appCache, appEdge, topicArn: topic.arn };
        new Alarms(`${name}-watch`, { ...observed, vaultName: backups.vaultName }, this.inAws());
        new EdgeAlarms(
            `${name}-edge-watch`,
            { ...observed, keyArn: keys.edge.arn, topicArn: args.region === edgeRegion ? topic.arn : undefined },
            atEdge,
        );
        new Dashboards(`${name}-dashboards`, observed, this.inAws());
        budget(
            `${name}-budget`,
            {
                budgetName: part.prefix,
                monthlyUsd: args.monthlyBudgetUsd,
                tags: { Project: project, Environment: args.environment },
                emails: args.alarmEmails,
            },
            this.inAws(),
        );
        const role = deployer(
            `${name}-deploy`,
            { ...part, repositories, appServices, buckets, appEdge, keys },
            this.inAws(),
        );

        this.url = pulumi.interpolate`https://${appEdge.host}`;
        this.distributionId = appEdge.distribution.id;
        this.clusterName = appServices.cluster.clusterName;
        this.logGroupName = appServices.logGroupName;
        this.databaseIdentifier = appDatabase.identifier;
        this.databaseSecretArn = appDatabase.secretArn;
        this.filesBucket = buckets.files.bucketName;
        this.staticBucket = buckets.statics.bucketName;
        this.backupsBucket = buckets.backups.bucketName;
        this.backupVault = backups.vaultName;
        this.userPoolId = signIn.userPoolId;
        this.userPoolClientId = signIn.clientId;
        this.repositoryUrls = pulumi.output(
            Object.fromEntries(
                Object.entries(repositories.byService).map(([service, { repositoryUrl }]) => [service, repositoryUrl]),
            ),
        );
        this.deployRoleArn = role?.arn;
        this.registerOutputs({ url: this.url, audit: audit.bucket.bucketName });
    }

    private createDatabase(name: string, args: PartArgs, keys: Keys, { network, database }: AppNetwork): Database {
        const { readReplicaClass, ...sizes } = args.database;
        return new Database(
            `${name}-database`,
            {
                ...sizes,
                identifier: physicalName(nameRules.rdsIdentifier, args.prefix),
                engine: "postgres",
                engineVersion: "15",
                databaseName: project,
                subnetIds: network.isolatedSubnetIds,
                securityGroupIds: [database.securityGroupId],
                kmsKeyArn: keys.data.arn,
                logKeyArn: keys.operations.arn,
                deletionProtection: args.deletionProtection,
                logRetentionDays: args.logRetentionDays,
                // statements that take over a second
                parameters: { log_min_duration_statement: "1000" },
                replicas: readReplicaClass === undefined ? {} : { read: { instanceClass: readReplicaClass } },
            },
            this.inAws({ protect: args.deletionProtection }),
        );
    }

    /** CloudFront takes certificates from us-east-1 only. */
    private edgeCertificate(
        name: string,
        { edge: { domain } }: WebAppArgs,
        atEdge: pulumi.ComponentResourceOptions,
    ): pulumi.Input<string> | undefined {
        if (domain === undefined || domain.certificateArn !== undefined || domain.hostedZoneId === undefined) {
            return domain?.certificateArn;
        }
        return new Certificate(
            `${name}-certificate`,
            { domainName: domain.name, hostedZoneId: domain.hostedZoneId },
            atEdge,
        ).arn;
    }
}
