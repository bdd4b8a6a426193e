import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { Recording } from "../../support/mocks";
import { statementOf } from "../../support/policies";
import { recordService } from "../../support/transcription";

describe("eyes on the transcription service", () => {
    let recording: Recording;
    before(async () => {
        recording = await recordService({ storage: { efs: { throughputMode: "bursting" } } });
    });
    const alarm = (role: string) => recording.inputsOf(aws.cloudwatch.MetricAlarm, `thoth-alarm-${role}`);

    it("tells one encrypted topic, which writes to people", () => {
        const topic = recording.inputsOf(aws.sns.Topic);
        assert.match(String(topic.kmsMasterKeyId), /thoth-key-operations-key$/);
        assert.deepEqual(recording.inputsOf(aws.sns.TopicSubscription).endpoint, "ops@example.com");
        for (const { name, inputs } of recording.all(aws.cloudwatch.MetricAlarm)) {
            assert.equal((inputs["alarmActions"] as unknown[])?.length, 1, name);
            assert.deepEqual(inputs["okActions"], inputs["alarmActions"], name);
            assert.ok(String(inputs["alarmDescription"]).length > 20, name);
        }
    });

    it("watches backlog, failures, cost, GPUs, instances, tasks, load balancer, files and database", () => {
        const roles = recording
            .names(aws.cloudwatch.MetricAlarm)
            .filter((name) => name.startsWith("thoth-alarm-"))
            .map((name) => name.slice("thoth-alarm-".length));
        assert.deepEqual(roles, [
            "backlog-extraction",
            "backlog-results",
            "backlog-terms",
            "backlog-transcription",
            "balancer-errors",
            "balancer-rejections",
            "cost-per-transcription",
            "database-connections",
            "database-cpu",
            "database-memory",
            "database-storage",
            "failed-jobs",
            "files-burst-credits",
            "files-io",
            "gpu-instances-health",
            "gpu-metrics-missing",
            "gpu-utilization",
            "password-restart",
            "running-api",
            "running-audio-extraction",
            "running-music-term-recognition",
            "running-transcription",
            "undelivered-events",
        ]);
        assert.deepEqual(
            [alarm("backlog-terms").threshold, alarm("backlog-terms").metricName],
            [100, "ApproximateNumberOfMessagesVisible"],
        );
        assert.deepEqual(alarm("gpu-instances-health").dimensions, { AutoScalingGroupName: "thoth-test-gpu" });
        assert.equal(recording.inputsOf(aws.cloudwatch.MetricAlarm, "thoth-api-latency").extendedStatistic, "p95");
    });

    it("has no alarm on credits where throughput isn't earned by size", async () => {
        const elastic = await recordService();
        const names = elastic.names(aws.cloudwatch.MetricAlarm);
        assert.ok(!names.includes("thoth-alarm-files-burst-credits"));
        assert.ok(names.includes("thoth-alarm-files-throughput"));
    });

    it("computes what isn't measured only from metrics that it names, within CloudWatch's limits", () => {
        const computed = recording
            .all(aws.cloudwatch.MetricAlarm)
            .map(({ name }) => ({
                name,
                queries: recording.inputsOf(aws.cloudwatch.MetricAlarm, name).metricQueries ?? [],
            }))
            .filter(({ queries }) => queries.length > 0);
        assert.equal(computed.length, 8);
        for (const { name, queries } of computed) {
            const [result, ...metrics] = queries;
            const used = new Set(result?.expression?.match(/\b[a-z]\w*\b/g));
            assert.deepEqual([...used].sort(), metrics.map(({ id }) => id).sort(), name);
            // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
            assert.ok((result?.expression?.length ?? 0) <= 2048 && metrics.length <= 10, name);
            assert.deepEqual(queries.filter(({ returnData }) => returnData).length, 1);
        }
        assert.equal(alarm("failed-jobs").threshold, 5);
        assert.equal(alarm("cost-per-transcription").metricQueries?.[0]?.expression?.startsWith("0.526 *"), true);
        assert.equal(alarm("cost-per-transcription").metricQueries?.[1]?.metric?.period, 3600);
    });

    it("shows the same values on one page as the alarms act on", () => {
        const body = JSON.parse(String(recording.inputsOf(aws.cloudwatch.Dashboard).dashboardBody)) as {
            widgets: {
                type: string;
                x: number;
                y: number;
                width: number;
                height: number;
                properties: { title?: string; metrics?: unknown[][] };
            }[];
        };
        const titles = body.widgets.flatMap(({ properties }) => properties.title ?? []);
        assert.ok(
            ["Waiting", "Failed, %", "USD per transcription (GPU, list price)", "Busy, %"].every((t) =>
                titles.includes(t),
            ),
        );
        const cells = new Set<string>();
        for (const { x, y, width, height } of body.widgets) {
            assert.ok(x + width <= 24);
            for (let column = x; column < x + width; column++) {
                for (let line = y; line < y + height; line++) {
                    assert.ok(!cells.has(`${column},${line}`), "widgets overlap");
                    cells.add(`${column},${line}`);
                }
            }
        }
        for (const { properties } of body.widgets) {
            const ids = (properties.metrics ?? []).flatMap((line) => {
                const options = line.at(-1) as { id?: string };
                return options.id ?? [];
            });
            assert.equal(new Set(ids).size, ids.length, properties.title);
        }
    });

    it("warns of the bill before and after it is reached, by the tags of this environment", () => {
        const { limitAmount, filterExpression, notifications } = recording.inputsOf(aws.budgets.Budget);
        assert.equal(limitAmount, "500.00");
        assert.deepEqual(
            filterExpression?.ands?.map(({ tags }) => [tags?.key, tags?.values]),
            [
                ["Project", ["thoth"]],
                ["Environment", ["test"]],
            ],
        );
        assert.deepEqual(
            notifications?.map(({ notificationType, threshold }) => [notificationType, threshold]),
            [
                ["ACTUAL", 80],
                ["ACTUAL", 100],
                ["FORECASTED", 100],
            ],
        );
    });

    it("records who read or changed an object, in files that can't be altered unseen", () => {
        const trail = recording.inputsOf(aws.cloudtrail.Trail);
        assert.equal(trail.enableLogFileValidation, true);
        assert.match(String(trail.kmsKeyId), /thoth-key-operations-key$/);
        const objects = trail.advancedEventSelectors?.find(({ name }) => name === "Objects");
        const arns = objects?.fieldSelectors?.find(({ field }) => field === "resources.ARN")?.startsWiths;
        assert.equal(arns?.length, 2);
        assert.ok(
            arns?.every((arn) => /bucket-(media|archive)-bucket\/$/.test(arn)),
            arns?.join(),
        );
        const { policy } = recording.inputsOf(aws.s3.BucketPolicy, "bucket-audit-policy");
        assert.deepEqual(statementOf(policy, "TrailWrites").Principal, { Service: ["cloudtrail.amazonaws.com"] });
        for (const bucket of ["media", "archive"]) {
            recording.resource(aws.s3.BucketLogging, `bucket-${bucket}-logging`);
        }
    });

    it("starts new tasks of the api when the database's password has changed", () => {
        const rule = recording.inputsOf(aws.cloudwatch.EventRule, "password-changed");
        assert.deepEqual(JSON.parse(String(rule.eventPattern)), {
            source: ["aws.secretsmanager"],
            "detail-type": ["AWS Service Event via CloudTrail"],
            detail: {
                eventName: ["RotationSucceeded"],
                additionalEventData: { SecretId: ["arn:aws:secretsmanager:us-east-1:111111111111:secret:rds-AbCdEf"] },
            },
        });
        const machine = JSON.parse(String(recording.inputsOf(aws.sfn.StateMachine).definition)) as {
            States: { Restart: { Resource: string; Parameters: unknown } };
        };
        assert.equal(machine.States.Restart.Resource, "arn:aws:states:::aws-sdk:ecs:updateService");
        assert.deepEqual(machine.States.Restart.Parameters, {
            Cluster: "arn:aws:ecs:us-east-1:111111111111:thoth-test",
            Service: "api",
            ForceNewDeployment: true,
        });
        const { policy } = recording.inputsOf(aws.iam.RolePolicy, "password-role");
        assert.deepEqual(statementOf(policy, "RestartApi").Resource, [
            "arn:aws:ecs:us-east-1:111111111111:service/thoth-test/api",
        ]);
    });
});
