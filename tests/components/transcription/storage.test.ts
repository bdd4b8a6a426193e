import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { Recording } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";
import { recordService } from "../../support/transcription";

describe("storage of the transcription service", () => {
    let recording: Recording;
    before(async () => {
        recording = await recordService({
            storage: {
                audioRetentionDays: 10,
                transcriptRetentionDays: 20,
                archiveRetentionDays: 300,
                noncurrentRetentionDays: 5,
                archiveTierAfterDays: 40,
            },
        });
    });

    it("ends the life of uploads, audio, transcripts, archive and of their old versions", () => {
        const rules = (bucket: string) =>
            recording
                .inputsOf(aws.s3.BucketLifecycleConfiguration, `bucket-${bucket}-lifecycle`)
                .rules?.map((rule) => [rule.id, rule.filter?.prefix, rule.expiration?.days]);
        assert.deepEqual(rules("media"), [
            ["housekeeping", "", undefined],
            ["uploads", "uploads/", 10],
            ["audio", "audio/", 10],
            ["transcripts", "transcripts/", 20],
        ]);
        assert.deepEqual(rules("archive"), [
            ["housekeeping", "", undefined],
            ["archive", "", 300],
        ]);
        for (const bucket of ["media", "archive"]) {
            const [housekeeping] =
                recording.inputsOf(aws.s3.BucketLifecycleConfiguration, `bucket-${bucket}-lifecycle`).rules ?? [];
            assert.equal(housekeeping?.noncurrentVersionExpiration?.noncurrentDays, 5);
            assert.equal(
                recording.inputsOf(aws.s3.BucketVersioning, `bucket-${bucket}-versioning`).versioningConfiguration
                    ?.status,
                "Enabled",
            );
            const [encryption] =
                recording.inputsOf(aws.s3.BucketServerSideEncryptionConfiguration, `bucket-${bucket}-encryption`)
                    .rules ?? [];
            assert.match(String(encryption?.applyServerSideEncryptionByDefault?.kmsMasterKeyId), /thoth-key-data-key$/);
        }
    });

    it("keeps the files of jobs encrypted, backed up, for TLS and known roles only, a directory a purpose", () => {
        const system = recording.inputsOf(aws.efs.FileSystem);
        assert.deepEqual([system.encrypted, system.throughputMode], [true, "elastic"]);
        assert.match(String(system.kmsKeyId), /thoth-key-data-key$/);
        assert.deepEqual(
            system.lifecyclePolicies?.flatMap((policy) => Object.entries(policy)),
            [
                ["transitionToIa", "AFTER_30_DAYS"],
                ["transitionToPrimaryStorageClass", "AFTER_1_ACCESS"],
            ],
        );
        assert.deepEqual(recording.inputsOf(aws.efs.BackupPolicy).backupPolicy, { status: "ENABLED" });
        const { policy } = recording.inputsOf(aws.efs.FileSystemPolicy);
        assert.deepEqual(statementOf(policy, "TlsOnly"), {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: ["*"],
            Resource: [`arn:aws:efs:us-east-1:111111111111:thoth-files-system`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        });
        // no statement allows: only roles whose own policies do get in
        assert.ok(Object.values(statementsOf(policy)).every(({ Effect }) => Effect === "Deny"));
        assert.deepEqual(recording.names(aws.efs.MountTarget), ["thoth-files-us-east-1a", "thoth-files-us-east-1b"]);
        for (const purpose of ["jobs", "models"]) {
            const point = recording.inputsOf(aws.efs.AccessPoint, `files-${purpose}`);
            assert.deepEqual([point.rootDirectory?.path, point.posixUser?.uid], [`/${purpose}`, 1000]);
        }
        const { volumes } = recording.inputsOf(aws.ecs.TaskDefinition, "service-transcription-definition");
        const jobs = volumes?.find(({ name }) => name === "jobs")?.efsVolumeConfiguration;
        assert.deepEqual([jobs?.transitEncryption, jobs?.authorizationConfig?.iam], ["ENABLED", "ENABLED"]);
        assert.equal(jobs?.rootDirectory, undefined);
    });

    it("keeps the database private, encrypted, backed up, for TLS only, with a password that nobody sees", () => {
        const database = recording.inputsOf(aws.rds.Instance);
        assert.deepEqual(
            {
                engine: database.engine,
                public: database.publiclyAccessible,
                encrypted: database.storageEncrypted,
                managed: database.manageMasterUserPassword,
                password: database.password,
                backups: database.backupRetentionPeriod,
                insights: database.performanceInsightsEnabled,
                protection: database.deletionProtection,
                final: database.skipFinalSnapshot,
                monitoring: database.monitoringInterval,
            },
            {
                engine: "mysql",
                public: false,
                encrypted: true,
                managed: true,
                password: undefined,
                backups: 7,
                insights: true,
                protection: true,
                final: false,
                monitoring: 60,
            },
        );
        for (const key of [
            database.kmsKeyId,
            database.masterUserSecretKmsKeyId,
            database.performanceInsightsKmsKeyId,
        ]) {
            assert.match(String(key), /thoth-key-database-key$/);
        }
        const parameters = recording.inputsOf(aws.rds.ParameterGroup);
        assert.equal(parameters.family, "mysql8.4");
        assert.deepEqual(parameters.parameters, [
            { name: "require_secure_transport", value: "1", applyMethod: "immediate" },
        ]);
        assert.deepEqual(recording.inputsOf(aws.rds.SubnetGroup).subnetIds, ["subnet-isolated-1", "subnet-isolated-2"]);
    });

    it("takes PostgreSQL too, with its own port and way to force TLS", async () => {
        const postgres = await recordService({
            database: { engine: "postgres", engineVersion: "17", multiAz: true, backupRetentionDays: 35 },
        });
        const { engine, multiAz, backupRetentionPeriod } = postgres.inputsOf(aws.rds.Instance);
        assert.deepEqual([engine, multiAz, backupRetentionPeriod], ["postgres", true, 35]);
        assert.deepEqual(postgres.inputsOf(aws.rds.ParameterGroup).parameters, [
            { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
        ]);
        assert.equal(postgres.inputsOf(aws.vpc.SecurityGroupIngressRule, "group-database-from-api").fromPort, 5432);
    });

    it("hides a job as long as it may take, tries it thrice, and keeps what failed", () => {
        const seconds = { extraction: 900, transcription: 7200, terms: 900, results: 120 };
        for (const [stage, visibility] of Object.entries(seconds)) {
            const queue = recording.inputsOf(aws.sqs.Queue, `queue-${stage}-queue`);
            assert.equal(queue.name, `thoth-test-${stage}`);
            assert.equal(queue.visibilityTimeoutSeconds, visibility);
            assert.match(String(queue.kmsMasterKeyId), /thoth-key-data-key$/);
            const redrive = JSON.parse(String(queue.redrivePolicy)) as {
                deadLetterTargetArn: string;
                maxReceiveCount: number;
            };
            assert.match(redrive.deadLetterTargetArn, new RegExp(`thoth-test-${stage}-dlq$`));
            assert.equal(redrive.maxReceiveCount, stage === "results" ? 5 : 3);
        }
        const { policy } = recording.inputsOf(aws.sqs.QueuePolicy, "queue-extraction-queue-policy");
        assert.deepEqual(statementOf(policy, "Uploads").Condition, {
            ArnEquals: { "aws:SourceArn": "arn:aws:events:us-east-1:111111111111:rule/thoth-test-uploads" },
        });
        assert.equal(recording.inputsOf(aws.cloudwatch.EventRule, "queue-uploads").name, "thoth-test-uploads");
        const target = recording.inputsOf(aws.cloudwatch.EventTarget, "queue-uploads");
        assert.match(String(target.deadLetterConfig?.arn), /thoth-test-undelivered$/);
    });
});
