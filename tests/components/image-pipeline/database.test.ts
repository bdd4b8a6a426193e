import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { maxConnections } from "../../../components/image-pipeline/sizing";
import { statementOf, statementsOf } from "../../support/policies";
import { recordingOf } from "./deploy";

describe("image pipeline: database", () => {
    it("is Aurora Serverless v2, encrypted, with IAM, that can be lost in dev", async () => {
        const recording = await recordingOf("dev");
        const cluster = recording.inputsOf(aws.rds.Cluster);
        assert.equal(cluster.clusterIdentifier, "mediaviz-dev-aurora");
        assert.equal(cluster.databaseName, "imaige");
        assert.equal(cluster.masterUsername, "postgres");
        assert.equal(cluster.engine, "aurora-postgresql");
        assert.equal(cluster.engineMode, "provisioned");
        assert.equal(cluster.engineVersion, "16.8");
        assert.deepEqual(cluster.serverlessv2ScalingConfiguration, { minCapacity: 0.5, maxCapacity: 4 });
        assert.equal(cluster.storageEncrypted, true);
        assert.match(String(cluster.kmsKeyId), /image-pipeline-database-key/);
        assert.equal(cluster.iamDatabaseAuthenticationEnabled, true);
        assert.equal(cluster.manageMasterUserPassword, undefined);
        assert.equal(cluster.deletionProtection, false);
        assert.equal(cluster.skipFinalSnapshot, true);
        assert.deepEqual(recording.names(aws.rds.ClusterInstance), ["image-pipeline-data-aurora-writer"]);
    });

    it("has a reader, a final snapshot and deletion protection in prod", async () => {
        const recording = await recordingOf("prod");
        const cluster = recording.inputsOf(aws.rds.Cluster);
        assert.deepEqual(cluster.serverlessv2ScalingConfiguration, { minCapacity: 2, maxCapacity: 32 });
        assert.equal(cluster.deletionProtection, true);
        assert.equal(cluster.skipFinalSnapshot, false);
        assert.equal(cluster.finalSnapshotIdentifier, "mediaviz-prod-aurora-final");
        assert.equal(cluster.deleteAutomatedBackups, false);
        assert.equal(cluster.backupRetentionPeriod, 35);
        assert.deepEqual(recording.names(aws.rds.ClusterInstance), [
            "image-pipeline-data-aurora-reader-1",
            "image-pipeline-data-aurora-writer",
        ]);
        assert.equal(recording.inputsOf(aws.rds.ClusterInstance, "writer").promotionTier, 0);
        assert.equal(recording.inputsOf(aws.rds.ClusterInstance, "reader-1").promotionTier, 1);
    });

    it("never gives an instance a public address, and watches each", async () => {
        const recording = await recordingOf("prod");
        for (const { inputs } of recording.all(aws.rds.ClusterInstance)) {
            assert.equal(inputs["publiclyAccessible"], false);
            assert.equal(inputs["instanceClass"], "db.serverless");
            assert.equal(inputs["performanceInsightsEnabled"], true);
            assert.equal(inputs["monitoringInterval"], 60);
        }
    });

    it("refuses connections without TLS", async () => {
        const parameters = (await recordingOf("dev")).inputsOf(aws.rds.ClusterParameterGroup);
        assert.equal(parameters.family, "aurora-postgresql16");
        assert.deepEqual(
            parameters.parameters?.find(({ name }) => name === "rds.force_ssl"),
            { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
        );
    });

    it("keeps its credentials under the name that people know, and the first version for good", async () => {
        const recording = await recordingOf("qa");
        const secret = recording.inputsOf(aws.secretsmanager.Secret, "credentials-secret");
        assert.equal(secret.name, "mediaviz-qa-aurora-credentials-pg");
        assert.match(String(secret.kmsKeyId), /image-pipeline-database-key/);
        const version = recording.inputsOf(aws.secretsmanager.SecretVersion, "credentials-first-version");
        assert.deepEqual(version.versionStages, ["AWSCURRENT", "initial"]);
        assert.equal(typeof version.secretString, "object", "a text that isn't marked as secret would be in the state");
    });

    it("rotates the password by AWS's own function, in the network", async () => {
        const recording = await recordingOf("qa");
        const stack = recording.inputsOf(aws.serverlessrepository.CloudFormationStack);
        assert.equal(
            stack.applicationId,
            "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser",
        );
        assert.equal(stack.semanticVersion, "1.1.671");
        assert.deepEqual(stack.capabilities, ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]);
        assert.equal(stack.parameters?.["functionName"], "mediaviz-qa-aurora-rotation");
        assert.equal(stack.parameters?.["endpoint"], "https://secretsmanager.us-east-2.amazonaws.com");
        assert.match(String(stack.parameters?.["vpcSubnetIds"]), /^[\w-]+,[\w-]+/);
        const rotation = recording.inputsOf(aws.secretsmanager.SecretRotation);
        assert.equal(
            rotation.rotationLambdaArn,
            "arn:aws:lambda:us-east-2:222222222222:function:mediaviz-qa-aurora-rotation",
        );
        assert.deepEqual(rotation.rotationRules, { automaticallyAfterDays: 30 });
    });

    it("is reached through a proxy that takes TLS and IAM only", async () => {
        const recording = await recordingOf("dev");
        const proxy = recording.inputsOf(aws.rds.Proxy);
        assert.equal(proxy.requireTls, true);
        assert.equal(proxy.auths?.[0]?.iamAuth, "REQUIRED");
        assert.equal(proxy.auths?.[0]?.authScheme, "SECRETS");
        const policy = recording.inputsOf(aws.iam.RolePolicy, "data-proxy-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), ["ReadCredentials", "DecryptCredentials"]);
        assert.deepEqual(statementOf(policy, "ReadCredentials").Action, ["secretsmanager:GetSecretValue"]);
        assert.deepEqual(statementOf(policy, "DecryptCredentials").Condition, {
            StringEquals: { "kms:ViaService": "secretsmanager.us-east-2.amazonaws.com" },
        });
    });

    it("knows how many connections a capacity allows", () => {
        // 4 units are 8 GiB: 8589934592 / 9531392
        assert.equal(maxConnections(0.5, 4), 901);
        assert.equal(maxConnections(0.5, 256), 2000);
        assert.equal(maxConnections(1, 256), 5000);
    });
});

describe("image pipeline: who may talk to whom", () => {
    it("is exactly this", async () => {
        const recording = await recordingOf("dev");
        const mine = (name: string) => !/-network-/.test(name);
        const ingress = recording.names(aws.vpc.SecurityGroupIngressRule).filter(mine);
        const egress = recording.names(aws.vpc.SecurityGroupEgressRule).filter(mine);
        assert.deepEqual(ingress, [
            "image-pipeline-database-from-bastion",
            "image-pipeline-database-from-proxy",
            "image-pipeline-database-from-rotation",
            "image-pipeline-proxy-from-functions",
            "image-pipeline-proxy-from-nodes",
        ]);
        assert.deepEqual(egress, [
            "image-pipeline-bastion-to-database",
            "image-pipeline-bastion-to-endpoints",
            "image-pipeline-functions-to-endpoints",
            "image-pipeline-functions-to-proxy",
            "image-pipeline-functions-to-s3",
            "image-pipeline-proxy-to-database",
            "image-pipeline-rotation-to-database",
            "image-pipeline-rotation-to-endpoints",
        ]);
        for (const { inputs, name } of [
            ...recording.all(aws.vpc.SecurityGroupIngressRule),
            ...recording.all(aws.vpc.SecurityGroupEgressRule),
        ].filter((rule) => mine(rule.name))) {
            assert.ok([5432, 443].includes(Number(inputs["fromPort"])), name);
            assert.ok(String(inputs["description"]).length > 10, name);
            assert.equal(inputs["cidrIpv4"], undefined, name);
        }
    });
});
