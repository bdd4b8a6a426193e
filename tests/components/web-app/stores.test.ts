import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { nodeIds } from "../../../components/web-app/cache";
import { connectionLimit, memoryGiB } from "../../../config/database-memory";
import { type Recording, resolved } from "../../support/mocks";
import { statementOf } from "../../support/policies";
import { deploy, fullConfig, leastConfig } from "./deploy";

describe("WebApp's stores", () => {
    let least: Recording;
    let full: Recording;
    before(async () => {
        ({ recording: least } = await deploy(leastConfig));
        ({ recording: full } = await deploy(fullConfig));
    });

    it("has a private PostgreSQL 15 that takes TLS only, sized by the config", () => {
        const small = least.inputsOf(aws.rds.Instance, "database-instance");
        const large = full.inputsOf(aws.rds.Instance, "database-instance");
        const levers = ({ instanceClass, multiAz, backupRetentionPeriod, deletionProtection }: typeof small) => ({
            instanceClass,
            multiAz,
            backupRetentionPeriod,
            deletionProtection,
        });
        assert.deepEqual(levers(small), {
            instanceClass: "db.t4g.micro",
            multiAz: false,
            backupRetentionPeriod: 7,
            deletionProtection: false,
        });
        assert.deepEqual(levers(large), {
            instanceClass: "db.m7g.large",
            multiAz: true,
            backupRetentionPeriod: 30,
            deletionProtection: true,
        });
        assert.deepEqual(
            [small.engine, small.engineVersion, small.identifier, small.publiclyAccessible, small.storageEncrypted],
            ["postgres", "15", "taskava-dev", false, true],
        );
        assert.deepEqual(
            [
                small.manageMasterUserPassword,
                small.skipFinalSnapshot,
                small.performanceInsightsEnabled,
                small.monitoringInterval,
            ],
            [true, false, true, 60],
        );
        const forced = least
            .inputsOf(aws.rds.ParameterGroup)
            .parameters?.find((parameter) => parameter.name === "rds.force_ssl");
        assert.equal(forced?.value, "1");
    });

    it("has a read replica where told to", () => {
        assert.equal(least.all(aws.rds.Instance).length, 1);
        const replica = full.inputsOf(aws.rds.Instance, "database-replica-read");
        assert.deepEqual([replica.identifier, replica.instanceClass], ["taskava-prod-read", "db.t4g.medium"]);
    });

    it("encrypts the database's logs with the key that CloudWatch Logs may use", async () => {
        const logs = least.all(aws.cloudwatch.LogGroup).filter(({ name }) => name.includes("database-log"));
        assert.equal(logs.length, 2);
        for (const { inputs } of logs) {
            assert.equal(inputs["kmsKeyId"], "arn:aws:kms:us-east-1:111111111111:web-app-keys-operations-key");
        }
        const { policy } = least.inputsOf(aws.kms.Key, "keys-operations-key");
        assert.deepEqual(statementOf(policy, "CloudWatchLogs").Principal, {
            Service: ["logs.us-east-1.amazonaws.com"],
        });
    });

    it("has one cache node, or a cluster that survives the loss of a zone; encrypted and with users either way", () => {
        const small = least.inputsOf(aws.elasticache.ReplicationGroup);
        const large = full.inputsOf(aws.elasticache.ReplicationGroup);
        assert.deepEqual(
            [small.numCacheClusters, small.automaticFailoverEnabled, small.multiAzEnabled, small.parameterGroupName],
            [1, false, false, "default.redis7"],
        );
        assert.deepEqual(
            [large.numNodeGroups, large.replicasPerNodeGroup, large.automaticFailoverEnabled, large.multiAzEnabled],
            [2, 1, true, true],
        );
        assert.equal(large.parameterGroupName, "default.redis7.cluster.on");
        assert.equal(large.numCacheClusters, undefined);
        for (const group of [small, large]) {
            assert.deepEqual(
                [group.atRestEncryptionEnabled, group.transitEncryptionEnabled, group.transitEncryptionMode],
                [true, true, "required"],
            );
            assert.equal(group.userGroupIds?.length, 1);
        }
        assert.equal(least.inputsOf(aws.elasticache.User, "user-default").accessString, "off ~* -@all");
    });

    it("takes Valkey by config", async () => {
        const { recording } = await deploy({ ...leastConfig, cache: { engine: "valkey" } });
        const group = recording.inputsOf(aws.elasticache.ReplicationGroup);
        assert.deepEqual(
            [group.engine, group.engineVersion, group.parameterGroupName],
            ["valkey", "8.0", "default.valkey8"],
        );
        assert.deepEqual(
            recording.all(aws.elasticache.User).map(({ inputs }) => inputs["engine"]),
            ["valkey", "valkey"],
        );
    });

    it("copies files and backups to the second region where there is one", () => {
        assert.deepEqual(least.names(aws.s3.BucketReplicationConfig), []);
        assert.deepEqual(full.names(aws.s3.BucketReplicationConfig), [
            "web-app-buckets-backups-replication",
            "web-app-buckets-files-replication",
        ]);
        assert.match(full.resource(aws.s3.Bucket, "recovery-files-bucket").provider, /web-app-recovery-aws/);
        assert.match(full.resource(aws.rds.InstanceAutomatedBackupsReplication).provider, /web-app-recovery-aws/);
    });

    it("makes recovery points every hour, with copies in the second region, in vaults that are locked", () => {
        const rules = (recording: Recording) =>
            recording.inputsOf(aws.backup.Plan).rules.map(({ ruleName, schedule, lifecycle, copyActions }) => ({
                ruleName,
                schedule,
                days: lifecycle?.deleteAfter,
                copies: copyActions?.map((copy) => [copy.destinationVaultArn, copy.lifecycle?.deleteAfter]),
            }));
        const copies = (days: number) => [["arn:aws:backup:us-east-1:111111111111:taskava-prod-copies", days]];
        assert.deepEqual(rules(full), [
            { ruleName: "hourly", schedule: "cron(0 * * * ? *)", days: 2, copies: copies(2) },
            { ruleName: "daily", schedule: "cron(0 2 * * ? *)", days: 35, copies: copies(7) },
        ]);
        assert.deepEqual(rules(least), [
            { ruleName: "daily", schedule: "cron(0 2 * * ? *)", days: 7, copies: undefined },
        ]);
        assert.equal(full.all(aws.backup.VaultLockConfiguration).length, 2);
        assert.deepEqual(full.inputsOf(aws.backup.Selection).resources?.length, 2);
    });

    it("keeps the trail in a bucket that is locked for as long as the config says", () => {
        const trail = full.inputsOf(aws.cloudtrail.Trail);
        assert.deepEqual([trail.isMultiRegionTrail, trail.enableLogFileValidation], [true, true]);
        assert.equal(full.inputsOf(aws.s3.Bucket, "audit-files-bucket").objectLockEnabled, true);
        const retention = (recording: Recording) =>
            recording.inputsOf(aws.s3.BucketObjectLockConfiguration).rule?.defaultRetention;
        assert.deepEqual(retention(full), { mode: "COMPLIANCE", days: 365 });
        assert.deepEqual(retention(least), { mode: "GOVERNANCE", days: 90 });
        assert.equal(least.all(aws.cfg.Recorder).length, 0);
        assert.equal(full.inputsOf(aws.cfg.RecorderStatus).isEnabled, true);
    });

    it("signs people in as the config says", async () => {
        const pool = (recording: Recording) => {
            const { mfaConfiguration, userPoolTier, userPoolAddOns, deletionProtection } = recording.inputsOf(
                aws.cognito.UserPool,
            );
            return [mfaConfiguration, userPoolTier, userPoolAddOns?.advancedSecurityMode, deletionProtection];
        };
        assert.deepEqual(pool(least), ["OPTIONAL", "ESSENTIALS", "OFF", "INACTIVE"]);
        assert.deepEqual(pool(full), ["ON", "PLUS", "ENFORCED", "ACTIVE"]);
        assert.deepEqual(least.names(aws.cognito.IdentityProvider), []);
        const provider = full.inputsOf(aws.cognito.IdentityProvider);
        assert.equal(provider.providerName, "Google");
        const client = full.inputsOf(aws.cognito.UserPoolClient);
        assert.deepEqual(client.supportedIdentityProviders, ["COGNITO", "Google"]);
        assert.deepEqual(client.allowedOauthScopes, ["openid", "email", "profile"]);
        assert.deepEqual([client.generateSecret, client.allowedOauthFlows], [false, ["code"]]);
        assert.equal(full.inputsOf(aws.cognito.UserPoolDomain).domain, "auth.example.com");
        assert.equal(least.inputsOf(aws.cognito.UserPoolDomain).domain, "taskava-dev-111111111111");
    });

    it("tells where it is", async () => {
        const { result } = await deploy(fullConfig);
        assert.equal(await resolved(result.url), "https://app.example.com");
        assert.equal(await resolved(result.databaseIdentifier), "taskava-prod");
    });

    it("watches every node of the cache, and the database's connections by its class", () => {
        const alarms = (recording: Recording, part: string) =>
            recording.names(aws.cloudwatch.MetricAlarm).filter((name) => name.includes(part)).length;
        assert.equal(alarms(least, "-watch-cache-"), 3);
        assert.equal(alarms(full, "-watch-cache-"), 12);
        assert.equal(least.inputsOf(aws.cloudwatch.MetricAlarm, "database-connections").threshold, 89);
        assert.equal(alarms(least, "lag"), 0);
        assert.equal(full.inputsOf(aws.cloudwatch.MetricAlarm, "database-read-lag").threshold, 60);
        assert.deepEqual(full.names(aws.cloudwatch.Dashboard), [
            "web-app-dashboards-business",
            "web-app-dashboards-cost",
            "web-app-dashboards-health",
            "web-app-dashboards-trends",
        ]);
        assert.equal(full.inputsOf(aws.budgets.Budget).limitAmount, "200.00");
    });

    it("builds one NAT gateway or one a zone, and stores where there is no way out", () => {
        const vpc = (recording: Recording) => recording.resource("awsx:ec2:Vpc").inputs;
        assert.deepEqual(vpc(least)["natGateways"], { strategy: "Single" });
        assert.deepEqual(vpc(full)["natGateways"], { strategy: "OnePerAz" });
        assert.deepEqual(least.inputsOf(aws.rds.SubnetGroup).subnetIds, ["subnet-isolated-1", "subnet-isolated-2"]);
        assert.deepEqual(least.inputsOf(aws.elasticache.SubnetGroup).subnetIds, [
            "subnet-isolated-1",
            "subnet-isolated-2",
        ]);
    });
});

describe("sizes of the stores", () => {
    it("knows the memory of classes", () => {
        const classes = ["db.t4g.micro", "db.t4g.medium", "db.m7g.large", "db.r7g.2xlarge", "db.x2g.16xlarge"];
        assert.deepEqual(classes.map(memoryGiB), [1, 4, 8, 64, 1024]);
        assert.equal(memoryGiB("db.unknown"), undefined);
    });
    it("knows PostgreSQL's limit of connections", () => {
        // 1 GiB: 1073741824 / 9531392 = 112.65
        assert.equal(connectionLimit("db.t4g.micro"), 112);
        assert.equal(connectionLimit("db.r7g.16xlarge"), 5000);
    });
    it("numbers nodes as ElastiCache does", () => {
        assert.deepEqual(nodeIds("c", { clusterMode: false, shards: 1, replicas: 1 }), ["c-001", "c-002"]);
        assert.deepEqual(nodeIds("c", { clusterMode: true, shards: 2, replicas: 1 }), [
            "c-0001-001",
            "c-0001-002",
            "c-0002-001",
            "c-0002-002",
        ]);
    });
});
