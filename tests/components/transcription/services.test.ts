import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { Recording } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";
import { containerOf, recordService } from "../../support/transcription";

const services = ["api", "audio-extraction", "transcription", "music-term-recognition"] as const;

describe("services of the transcription service", () => {
    let recording: Recording;
    before(async () => {
        recording = await recordService({
            services: {
                api: {
                    secrets: {
                        APP_KEY: "arn:aws:secretsmanager:us-east-1:111111111111:secret:app-key-AbCdEf",
                        MAIL_TOKEN: "arn:aws:ssm:us-east-1:111111111111:parameter/mail",
                    },
                    environment: { LOG_LEVEL: "info" },
                },
            },
        });
    });
    const definition = (service: string) => recording.inputsOf(aws.ecs.TaskDefinition, `service-${service}-definition`);

    it("are four, each with a task definition that stays, roles, a log group and a number of its own", () => {
        assert.equal(recording.all(aws.ecs.Service).length, 4);
        for (const service of services) {
            const task = definition(service);
            assert.deepEqual(
                [task.family, task.skipDestroy, task.networkMode],
                [`thoth-test-${service}`, true, "awsvpc"],
            );
            assert.match(String(task.taskRoleArn), new RegExp(`thoth-test-${service}-task$`));
            assert.match(String(task.executionRoleArn), new RegExp(`thoth-test-${service}-execution$`));
            const log = recording.inputsOf(aws.cloudwatch.LogGroup, `service-${service}-log`);
            assert.deepEqual([log.name, log.retentionInDays], [`/ecs/thoth-test-${service}`, 30]);
            assert.match(String(log.kmsKeyId), /key-operations-key$/);
            const target = recording.inputsOf(aws.appautoscaling.Target, `service-${service}-scaling-target`);
            assert.equal(target.resourceId, `service/thoth-test/${service}`);
        }
    });

    it("run pinned images of the shared registry with a read-only root and a health check", () => {
        for (const service of services) {
            const container = containerOf(definition(service));
            assert.equal(container.image, `444444444444.dkr.ecr.us-east-1.amazonaws.com/thoth/${service}:1.0.0`);
            assert.equal(container.readonlyRootFilesystem, true);
            assert.ok(container.healthCheck);
            // Session Manager's agent can't write anywhere else
            const paths = container.mountPoints.map(({ containerPath }) => containerPath);
            assert.ok(["/tmp", "/var/lib/amazon", "/var/log/amazon"].every((path) => paths.includes(path)));
        }
    });

    it("undo failed deployments, never have public addresses, and give commands in containers by ECS Exec only", () => {
        for (const service of services) {
            const inputs = recording.inputsOf(aws.ecs.Service, `service-${service}-service`);
            assert.deepEqual(inputs.deploymentCircuitBreaker, { enable: true, rollback: true });
            assert.equal(inputs.networkConfiguration?.assignPublicIp, false);
            assert.equal(inputs.enableExecuteCommand, true);
            assert.equal(inputs.waitForSteadyState, true);
            assert.equal(inputs.deploymentConfiguration?.strategy, service === "api" ? "BLUE_GREEN" : "ROLLING");
        }
        const exec = recording.inputsOf(aws.ecs.Cluster).configuration?.executeCommandConfiguration;
        assert.deepEqual([exec?.logging, exec?.logConfiguration?.cloudWatchEncryptionEnabled], ["OVERRIDE", true]);
        assert.deepEqual(recording.inputsOf(aws.ecs.Cluster).settings, [
            { name: "containerInsights", value: "enhanced" },
        ]);
    });

    it("give Whisper a GPU on EC2, and the rest Fargate: spare capacity for workers, never for the api", () => {
        const whisper = definition("transcription");
        assert.deepEqual(whisper.requiresCompatibilities, ["EC2"]);
        assert.deepEqual(containerOf(whisper).resourceRequirements, [{ type: "GPU", value: "1" }]);
        assert.ok(whisper.volumes?.some(({ hostPath }) => hostPath === "/mnt/model-cache"));
        const providers = (service: string) =>
            recording
                .inputsOf(aws.ecs.Service, `service-${service}-service`)
                .capacityProviderStrategies?.map(({ capacityProvider }) => capacityProvider);
        assert.deepEqual(providers("transcription"), ["thoth-test-gpu"]);
        assert.deepEqual(providers("api"), ["FARGATE"]);
        assert.deepEqual(providers("audio-extraction"), ["FARGATE", "FARGATE_SPOT"]);
        for (const service of ["api", "audio-extraction", "music-term-recognition"]) {
            assert.equal(containerOf(definition(service)).resourceRequirements, undefined);
            assert.deepEqual(definition(service).requiresCompatibilities, ["FARGATE"]);
        }
    });

    it("put term recognition beside Whisper where the config says so", async () => {
        const beside = await recordService({
            services: { musicTermRecognition: { launch: "ec2", cpu: 768, memory: 1500 } },
        });
        const name = "service-music-term-recognition";
        assert.deepEqual(beside.inputsOf(aws.ecs.TaskDefinition, `${name}-definition`).requiresCompatibilities, [
            "EC2",
        ]);
        assert.deepEqual(
            beside
                .inputsOf(aws.ecs.Service, `${name}-service`)
                .capacityProviderStrategies?.map(({ capacityProvider }) => capacityProvider),
            ["thoth-test-gpu"],
        );
    });

    it("hand secrets over by reference, and let the task's starter read just these", () => {
        const { secrets, environment } = containerOf(definition("api"));
        const rds = "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds-AbCdEf";
        assert.deepEqual(secrets, [
            { name: "APP_KEY", valueFrom: "arn:aws:secretsmanager:us-east-1:111111111111:secret:app-key-AbCdEf" },
            { name: "DB_PASSWORD", valueFrom: `${rds}:password::` },
            { name: "DB_USERNAME", valueFrom: `${rds}:username::` },
            { name: "MAIL_TOKEN", valueFrom: "arn:aws:ssm:us-east-1:111111111111:parameter/mail" },
        ]);
        assert.ok(environment.some(({ name, value }) => name === "LOG_LEVEL" && value === "info"));
        const { policy } = recording.inputsOf(aws.iam.RolePolicy, "service-api-execution");
        assert.deepEqual(new Set(statementOf(policy, "ReadSecrets").Resource), new Set([rds, secrets[0]?.valueFrom]));
        assert.deepEqual(statementOf(policy, "ReadParameters").Resource, [secrets[3]?.valueFrom]);
    });

    it("pull from their own repository of the shared account, by the four actions of ECR", () => {
        for (const service of services) {
            const { policy } = recording.inputsOf(aws.iam.RolePolicy, `service-${service}-execution`);
            assert.deepEqual(statementOf(policy, "RegistryToken").Action, ["ecr:GetAuthorizationToken"]);
            const pull = statementOf(policy, "PullImage");
            assert.deepEqual(pull.Action, [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ]);
            assert.deepEqual(pull.Resource, [`arn:aws:ecr:us-east-1:444444444444:repository/thoth/${service}`]);
        }
    });

    it("have no statement with * for a resource but where AWS knows none smaller", () => {
        const allowed = new Set(["RegistryToken", "ExecChannel", "ExecLogGroups", "PublishJobMetrics"]);
        for (const service of services) {
            for (const role of ["task", "execution"]) {
                const { policy } = recording.inputsOf(aws.iam.RolePolicy, `service-${service}-${role}`);
                for (const [sid, statement] of Object.entries(statementsOf(policy))) {
                    assert.ok(!statement.Action.some((action) => /^\*|:\*$/.test(action)), `${service} ${sid}`);
                    assert.equal(
                        statement.Resource?.includes("*") === true,
                        allowed.has(sid),
                        `${service} ${role} ${sid}`,
                    );
                }
            }
        }
    });

    it("follow CPU and requests, backlog and GPUs", () => {
        const tracking = (name: string) =>
            recording.inputsOf(aws.appautoscaling.Policy, name).targetTrackingScalingPolicyConfiguration;
        assert.equal(
            tracking("api-scaling-cpu")?.predefinedMetricSpecification?.predefinedMetricType,
            "ECSServiceAverageCPUUtilization",
        );
        const requests = tracking("api-scaling-requests");
        assert.equal(requests?.targetValue, 600);
        const metrics = requests?.customizedMetricSpecification?.metrics ?? [];
        assert.equal(metrics[0]?.expression, "(FILL(blue, 0) + FILL(green, 0)) / IF(FILL(running, 0) > 0, running, 1)");
        assert.deepEqual(
            metrics.slice(1).map(({ metricStat }) => metricStat?.metric.metricName),
            ["RequestCount", "RequestCount", "RunningTaskCount"],
        );
        for (const [worker, stage] of [
            ["audio-extraction", "extraction"],
            ["transcription", "transcription"],
            ["music-term-recognition", "terms"],
        ]) {
            const backlog = tracking(`service-${worker}-scaling-backlog`)?.customizedMetricSpecification?.metrics ?? [];
            assert.equal(backlog[0]?.expression, `(waiting${stage}) / IF(FILL(running, 0) > 0, running, 1)`);
            assert.deepEqual(backlog[1]?.metricStat?.metric.dimensions, [
                { name: "QueueName", value: `thoth-test-${stage}` },
            ]);
            assert.ok(backlog.filter(({ returnData }) => returnData).length === 1);
        }
    });
});
