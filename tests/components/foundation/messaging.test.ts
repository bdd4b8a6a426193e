import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AlarmTopic, type AlarmTopicArgs, alarm } from "../../../components/foundation/alarms";
import { encryptedLogGroup } from "../../../components/foundation/log-group";
import { QueueWithDlq, type QueueWithDlqArgs } from "../../../components/foundation/queue";
import { record, rejection, testPlace } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";

const keyArn = "arn:aws:kms:us-east-1:111111111111:key/jobs";
const topicArn = "arn:aws:sns:us-east-1:111111111111:alarms";

describe("QueueWithDlq", () => {
    const args: QueueWithDlqArgs = { keyArn, visibilityTimeoutSeconds: 1800 };
    const build = (more: Partial<QueueWithDlqArgs> = {}) =>
        record(() => new QueueWithDlq("jobs", { ...args, ...more }));

    it("is two encrypted queues, of which the second takes from the first only", async () => {
        const { recording } = await build({ queueName: "shop-jobs", consumerTimeoutSeconds: 300 });
        const queue = recording.inputsOf(aws.sqs.Queue, "jobs-queue");
        assert.deepEqual(
            { ...queue, redrivePolicy: JSON.parse(String(queue.redrivePolicy)) as unknown },
            {
                name: "shop-jobs",
                kmsMasterKeyId: keyArn,
                visibilityTimeoutSeconds: 1800,
                messageRetentionSeconds: 345600,
                receiveWaitTimeSeconds: 20,
                redrivePolicy: {
                    deadLetterTargetArn: "arn:aws:sqs:us-east-1:111111111111:shop-jobs-dlq",
                    maxReceiveCount: 5,
                },
            },
        );
        assert.deepEqual(recording.inputsOf(aws.sqs.Queue, "jobs-dlq"), {
            name: "shop-jobs-dlq",
            kmsMasterKeyId: keyArn,
            messageRetentionSeconds: 1209600,
        });
        assert.deepEqual(JSON.parse(recording.inputsOf(aws.sqs.RedriveAllowPolicy).redriveAllowPolicy), {
            redrivePermission: "byQueue",
            sourceQueueArns: ["arn:aws:sqs:us-east-1:111111111111:shop-jobs"],
        });
    });

    it("refuses plain text on both queues and takes messages from the senders named", async () => {
        const sourceArn = "arn:aws:events:us-east-1:111111111111:rule/shop";
        const { recording } = await build({ senders: { Rule: { service: "events.amazonaws.com", sourceArn } } });
        const policy = recording.inputsOf(aws.sqs.QueuePolicy, "jobs-queue-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), ["DenyPlainText", "Rule"]);
        assert.deepEqual(statementOf(policy, "Rule"), {
            Sid: "Rule",
            Effect: "Allow",
            Principal: { Service: ["events.amazonaws.com"] },
            Action: ["sqs:SendMessage"],
            Resource: ["arn:aws:sqs:us-east-1:111111111111:jobs-queue"],
            Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
        });
        const deadLetters = recording.inputsOf(aws.sqs.QueuePolicy, "jobs-dlq-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(deadLetters)), ["DenyPlainText"]);
        assert.equal(statementOf(deadLetters, "DenyPlainText").Effect, "Deny");
    });

    it("sounds alarms on age and dead letters where there is a topic, and none where not", async () => {
        const { recording } = await build({ alarmTopicArn: topicArn, maxAgeSeconds: 600 });
        const age = recording.inputsOf(aws.cloudwatch.MetricAlarm, "jobs-age-alarm");
        assert.deepEqual(
            [age.metricName, age.threshold, age.evaluationPeriods, age.dimensions, age.alarmActions],
            ["ApproximateAgeOfOldestMessage", 600, 3, { QueueName: "jobs-queue" }, [topicArn]],
        );
        const dead = recording.inputsOf(aws.cloudwatch.MetricAlarm, "jobs-dlq-alarm");
        assert.deepEqual(
            [dead.metricName, dead.threshold, dead.comparisonOperator, dead.dimensions],
            ["ApproximateNumberOfMessagesVisible", 0, "GreaterThanThreshold", { QueueName: "jobs-dlq" }],
        );
        assert.deepEqual((await build()).recording.names(aws.cloudwatch.MetricAlarm), []);
    });

    it("tells all that is wrong at once", () => {
        assert.equal(
            rejection(
                () =>
                    new QueueWithDlq("jobs", {
                        keyArn,
                        queueName: "x".repeat(77),
                        visibilityTimeoutSeconds: 300,
                        consumerTimeoutSeconds: 300,
                        maxReceiveCount: 0,
                        retentionSeconds: 30,
                        senders: { "my-rule": { service: "events.amazonaws.com", sourceArn: "arn" } },
                    }),
            ),
            "QueueWithDlq jobs can't be built:\n" +
                `  queueName gives no name for SQS: SQS queue name "${"x".repeat(77)}-dlq" has 81 characters, at most 80 are allowed\n` +
                "  visibilityTimeoutSeconds must be at least 1800, six times the consumer's 300 s, got 300: a slow batch would be delivered twice\n" +
                "  maxReceiveCount must be a whole number from 1 to 1000, got 0\n" +
                "  retentionSeconds must be a whole number from 60 to 1209600, got 30\n" +
                "  senders.my-rule must be a name of letters and digits only",
        );
    });
});

describe("AlarmTopic", () => {
    const build = (more: Partial<AlarmTopicArgs> = {}) =>
        record(() => new AlarmTopic("alarms", { ...testPlace, ...more }));

    it("is encrypted with a key that alarms and budgets of the account may use", async () => {
        const { recording } = await build();
        assert.match(String(recording.inputsOf(aws.sns.Topic).kmsMasterKeyId), /alarms-data-key$/);
        const services = statementOf(recording.inputsOf(aws.kms.Key).policy, "Services");
        assert.deepEqual(services.Principal, { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] });
        const policy = recording.inputsOf(aws.sns.TopicPolicy).policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), ["DenyPlainText", "AlarmsAndBudgets"]);
        assert.deepEqual(statementOf(policy, "AlarmsAndBudgets").Condition, {
            StringEquals: { "aws:SourceAccount": "111111111111" },
        });
        assert.deepEqual(recording.names(aws.sns.TopicSubscription), []);
    });

    it("hears EventBridge and writes to people where asked for", async () => {
        const { recording } = await build({ eventBridge: true, emails: ["ops@example.com"], topicName: "shop-alarms" });
        assert.equal(recording.inputsOf(aws.sns.Topic).name, "shop-alarms");
        const key = recording.inputsOf(aws.kms.Key).policy;
        assert.ok("EventBridgeTopics" in statementsOf(key));
        const policy = recording.inputsOf(aws.sns.TopicPolicy).policy;
        assert.deepEqual(statementOf(policy, "EventBridge").Principal, { Service: ["events.amazonaws.com"] });
        const subscription = recording.inputsOf(aws.sns.TopicSubscription);
        assert.deepEqual([subscription.protocol, subscription.endpoint], ["email", "ops@example.com"]);
    });

    it("uses a key that it is given, and refuses what is no address", async () => {
        const { recording } = await build({ keyArn });
        assert.deepEqual(recording.names(aws.kms.Key), []);
        assert.equal(recording.inputsOf(aws.sns.Topic).kmsMasterKeyId, keyArn);
        assert.equal(
            rejection(() => new AlarmTopic("alarms", { ...testPlace, emails: ["ops"] })),
            'AlarmTopic alarms can\'t be built:\n  emails must be e-mail addresses, got "ops"',
        );
    });
});

describe("alarm", () => {
    const args = {
        description: "Slow",
        topicArn,
        namespace: "AWS/ApplicationELB",
        metricName: "TargetResponseTime",
        statistic: "p95",
        threshold: 2,
    } as const;

    it("looks at percentiles over several periods", async () => {
        const { recording } = await record(() =>
            alarm("slow", { ...args, comparison: ">=", periodSeconds: 60, periods: 5, badPeriods: 3 }),
        );
        assert.deepEqual(recording.inputsOf(aws.cloudwatch.MetricAlarm), {
            alarmDescription: "Slow",
            namespace: "AWS/ApplicationELB",
            metricName: "TargetResponseTime",
            extendedStatistic: "p95",
            comparisonOperator: "GreaterThanOrEqualToThreshold",
            threshold: 2,
            period: 60,
            evaluationPeriods: 5,
            datapointsToAlarm: 3,
            treatMissingData: "notBreaching",
            alarmActions: [topicArn],
            okActions: [topicArn],
        });
    });

    it("refuses periods that CloudWatch doesn't have", () => {
        assert.equal(
            rejection(() => alarm("slow", { ...args, description: " ", periodSeconds: 45, periods: 2, badPeriods: 3 })),
            "Alarm slow can't be built:\n" +
                "  description must say what is wrong\n" +
                "  periodSeconds must be 10, 20, 30 or a multiple of 60, got 45\n" +
                "  badPeriods must be a whole number from 1 to 2, got 3",
        );
    });
});

describe("encryptedLogGroup", () => {
    it("has a key and an end, 30 days unless told otherwise", async () => {
        const { recording } = await record(() => encryptedLogGroup("logs", { logGroupName: "/shop/api", keyArn }));
        assert.deepEqual(recording.inputsOf(aws.cloudwatch.LogGroup), {
            name: "/shop/api",
            retentionInDays: 30,
            kmsKeyId: keyArn,
        });
    });

    it("refuses a retention that CloudWatch Logs doesn't offer", () => {
        assert.match(
            rejection(() => encryptedLogGroup("logs", { retentionDays: 0, keyArn })),
            /^Log group logs can't be built:\n {2}retentionDays must be one of 1, 3, 5, .*, 3653 days, got 0$/,
        );
    });
});
