import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { modelNames, modelTypes, processorNames, processorTypes } from "../../../components/image-pipeline/model-types";
import { statementOf, statementsOf } from "../../support/policies";
import { recordingOf } from "./deploy";

const slugs = [
    ...processorNames.map((name) => processorTypes[name].slug),
    ...modelNames.map((name) => modelTypes[name].slug),
];

describe("image pipeline: bucket", () => {
    it("is encrypted with the platform's key, tells EventBridge, and is copied to the second region", async () => {
        const recording = await recordingOf("dev");
        assert.equal(
            recording.inputsOf(aws.s3.Bucket, "bucket-images-bucket").bucket,
            "mediaviz-dev-images-111111111111",
        );
        assert.equal(recording.inputsOf(aws.s3.BucketNotification).eventbridge, true);
        const [rule] = recording.inputsOf(aws.s3.BucketReplicationConfig).rules;
        assert.equal(rule?.status, "Enabled");
        assert.match(String(rule?.destination.encryptionConfiguration?.replicaKmsKeyId), /replica-key/);
        assert.equal(rule?.destination.metrics?.status, "Enabled");
        const replica = recording.resource(aws.s3.Bucket, "bucket-replica-bucket");
        const images = recording.resource(aws.s3.Bucket, "bucket-images-bucket");
        assert.match(replica.provider, /image-pipeline-replica-aws/);
        assert.doesNotMatch(images.provider, /replica/);
        assert.match(recording.resource(aws.kms.Key, "replica-key-key").provider, /image-pipeline-replica-aws/);
        const region = recording.all("pulumi:providers:aws").find(({ name }) => name.endsWith("replica-aws"));
        assert.equal(region?.inputs["region"], "us-west-2");
    });
});

describe("image pipeline: events", () => {
    it("go from the default bus, where S3 tells, to the pipeline's own", async () => {
        const recording = await recordingOf("dev");
        const rule = recording.inputsOf(aws.cloudwatch.EventRule, "events-uploaded-rule");
        assert.equal(rule.eventBusName, undefined);
        assert.deepEqual(JSON.parse(String(rule.eventPattern)), {
            source: ["aws.s3"],
            "detail-type": ["Object Created"],
            detail: {
                bucket: { name: ["mediaviz-dev-images-111111111111"] },
                object: { key: [{ prefix: "uploads/" }] },
            },
        });
        const policy = recording.inputsOf(aws.iam.RolePolicy, "events-forward-policy").policy;
        assert.deepEqual(statementOf(policy, "PutEvents").Action, ["events:PutEvents"]);
    });

    it("are kept in an encrypted archive of an encrypted bus", async () => {
        const recording = await recordingOf("prod");
        const bus = recording.inputsOf(aws.cloudwatch.EventBus);
        assert.equal(bus.name, "mediaviz-prod-images");
        assert.match(String(bus.kmsKeyIdentifier), /image-pipeline-images-key/);
        assert.match(String(bus.deadLetterConfig?.arn), /undelivered-events/);
        const archive = recording.inputsOf(aws.cloudwatch.EventArchive);
        assert.equal(archive.retentionDays, 365);
        assert.match(String(archive.kmsKeyIdentifier), /image-pipeline-images-key/);
    });

    for (const slug of slugs) {
        it(`reach ${slug} by a rule, with a day of tries and a place for what fails`, async () => {
            const recording = await recordingOf("dev");
            const rule = recording.inputsOf(aws.cloudwatch.EventRule, `events-${slug}-rule`);
            assert.equal(rule.eventBusName, "mediaviz-dev-images");
            const pattern = JSON.parse(String(rule.eventPattern)) as { $or: { detail: { modelType?: string[] } }[] };
            assert.deepEqual(pattern.$or[1]?.detail.modelType, [slug]);
            const target = recording.inputsOf(aws.cloudwatch.EventTarget, `events-${slug}-target`);
            assert.match(target.arn, new RegExp(`mediaviz-dev-${slug}$`));
            assert.match(String(target.deadLetterConfig?.arn), /undelivered-events/);
            assert.deepEqual(target.retryPolicy, { maximumEventAgeInSeconds: 86400, maximumRetryAttempts: 100 });
        });

        it(`wait for ${slug} in an encrypted queue that only its rule sends to`, async () => {
            const recording = await recordingOf("dev");
            const queue = recording.inputsOf(aws.sqs.Queue, `events-${slug}-queue`);
            assert.equal(queue.name, `mediaviz-dev-${slug}`);
            assert.match(String(queue.kmsMasterKeyId), /image-pipeline-images-key/);
            const timeout = processorNames.some((name) => processorTypes[name].slug === slug) ? 300 : 600;
            assert.equal(queue.visibilityTimeoutSeconds, 6 * timeout);
            const policy = recording.inputsOf(aws.sqs.QueuePolicy, `events-${slug}-queue-policy`).policy;
            assert.deepEqual(statementOf(policy, "EventBridgeRule").Principal, { Service: ["events.amazonaws.com"] });
            assert.deepEqual(statementOf(policy, "EventBridgeRule").Condition, {
                ArnEquals: { "aws:SourceArn": `arn:aws:cloudwatch:us-east-1:111111111111:${slug}` },
            });
            assert.equal(recording.inputsOf(aws.sqs.Queue, `events-${slug}-dlq`).name, `mediaviz-dev-${slug}-dlq`);
            assert.ok(recording.resource(aws.sqs.RedriveAllowPolicy, `events-${slug}-redrive-allow`));
            assert.ok(recording.resource(aws.cloudwatch.MetricAlarm, `events-${slug}-age-alarm`));
            assert.equal(recording.inputsOf(aws.cloudwatch.MetricAlarm, `events-${slug}-dlq-alarm`).threshold, 0);
        });
    }

    it("that could not be delivered lie where only this account's rules put them", async () => {
        const recording = await recordingOf("dev");
        const policy = recording.inputsOf(aws.sqs.QueuePolicy, "events-undelivered-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), ["DenyPlainText", "EventBridgeRules"]);
        const condition = statementOf(policy, "EventBridgeRules").Condition;
        assert.deepEqual(condition?.["StringEquals"], { "aws:SourceAccount": "111111111111" });
        // the bus itself, the rule that forwards and one for each model type
        assert.equal((condition?.["ArnEquals"]?.["aws:SourceArn"] as string[] | undefined)?.length, 8);
    });

    it("are encrypted for this bus only", async () => {
        const policy = (await recordingOf("dev")).inputsOf(aws.kms.Key, "image-pipeline-images-key").policy;
        assert.deepEqual(statementOf(policy, "EventBusEncrypts").Condition, {
            StringEquals: {
                "kms:EncryptionContext:aws:events:event-bus:arn":
                    "arn:aws:events:us-east-2:111111111111:event-bus/mediaviz-dev-images",
            },
        });
    });
});
