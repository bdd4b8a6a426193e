import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { capacityOf } from "../../../components/web-app/services";
import type { Recording } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";
import { deploy, fullConfig, leastConfig } from "./deploy";

interface Container {
    readonly image: string;
    readonly environment: readonly { readonly name: string; readonly value: string }[];
    readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
    readonly logConfiguration: { readonly options: Record<string, string> };
}

describe("WebApp's services", () => {
    let recording: Recording;
    before(async () => {
        ({ recording } = await deploy(leastConfig));
    });

    const container = (service: string): Container => {
        const { containerDefinitions } = recording.inputsOf(aws.ecs.TaskDefinition, `services-${service}-definition`);
        const [only] = JSON.parse(String(containerDefinitions)) as Container[];
        assert.ok(only);
        return only;
    };
    const taskPolicy = (service: string) => recording.inputsOf(aws.iam.RolePolicy, `services-${service}-task`).policy;

    it("carry the names that people type", () => {
        assert.equal(recording.inputsOf(aws.ecs.Cluster).name, "taskava-dev");
        assert.equal(recording.inputsOf(aws.ecs.Service, "services-api-service").name, "taskava-api");
        assert.equal(container("api").logConfiguration.options["awslogs-group"], "/aws/ecs/taskava-dev");
        assert.equal(container("worker").logConfiguration.options["awslogs-group"], "/aws/ecs/taskava-dev");
    });

    it("run pinned images of their own repositories, whose tags can't be moved", () => {
        assert.equal(container("api").image, "111111111111.dkr.ecr.us-east-1.amazonaws.com/taskava-dev-api:1.4.2");
        for (const { inputs } of recording.all(aws.ecr.Repository)) {
            assert.equal(inputs["imageTagMutability"], "IMMUTABLE");
            assert.deepEqual(inputs["imageScanningConfiguration"], { scanOnPush: true });
        }
        assert.equal(recording.all(aws.ecr.Repository).length, 3);
    });

    it("roll without a gap, and back by themselves", () => {
        const service = recording.inputsOf(aws.ecs.Service, "services-api-service");
        assert.deepEqual(service.deploymentCircuitBreaker, { enable: true, rollback: true });
        assert.deepEqual([service.deploymentMinimumHealthyPercent, service.deploymentMaximumPercent], [100, 200]);
        assert.deepEqual(service.alarms, { enable: true, rollback: true, alarmNames: ["taskava-dev-api-errors"] });
        assert.equal(service.networkConfiguration?.assignPublicIp, false);
    });

    it("put the worker on spare capacity, and only the worker", () => {
        const strategy = (name: string) =>
            recording.inputsOf(aws.ecs.Service, `services-${name}-service`).capacityProviderStrategies;
        assert.deepEqual(strategy("worker"), [{ capacityProvider: "FARGATE_SPOT", weight: 100 }]);
        assert.deepEqual(strategy("api"), [{ capacityProvider: "FARGATE", weight: 100 }]);
        assert.deepEqual(capacityOf({ spotPercent: 75 }), [
            { provider: "FARGATE", weight: 25 },
            { provider: "FARGATE_SPOT", weight: 75 },
        ]);
        assert.deepEqual(recording.inputsOf(aws.ecs.ClusterCapacityProviders).capacityProviders, [
            "FARGATE",
            "FARGATE_SPOT",
        ]);
    });

    it("scale by CPU, memory, and requests where these are given", () => {
        assert.deepEqual(
            recording.names(aws.appautoscaling.Policy),
            [
                "api-scaling-cpu",
                "api-scaling-memory",
                "api-scaling-requests",
                "web-scaling-cpu",
                "web-scaling-memory",
                "worker-scaling-cpu",
                "worker-scaling-memory",
            ].map((role) => `web-app-services-${role}`),
        );
    });

    it("get what they use, and nothing else", () => {
        assert.deepEqual(Object.keys(statementsOf(taskPolicy("web"))), ["PublishBusinessMetrics"]);
        assert.deepEqual(Object.keys(statementsOf(taskPolicy("api"))), [
            "ReadDatabaseSecret",
            "DecryptDatabaseSecret",
            "Files",
            "ListFiles",
            "UseFilesKey",
            "PublishBusinessMetrics",
        ]);
        assert.deepEqual(statementOf(taskPolicy("api"), "Files").Resource, [
            "arn:aws:s3:::web-app-buckets-files-bucket/*",
        ]);
        assert.deepEqual(
            container("web")
                .environment.map(({ name }) => name)
                .filter((name) => /^(DB|CACHE|FILES)_/.test(name)),
            [],
        );
        assert.deepEqual(container("web").secrets, []);
    });

    it("read passwords by ARN, never as text", () => {
        assert.deepEqual(container("api").secrets, [
            {
                name: "CACHE_PASSWORD",
                valueFrom: "arn:aws:secretsmanager:us-east-1:111111111111:taskava-dev/cache:password::",
            },
        ]);
        const values = Object.fromEntries(container("api").environment.map(({ name, value }) => [name, value]));
        assert.equal(values["DB_SECRET_ARN"], "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds-master");
        assert.equal(values["CACHE_HOST"], "primary.cache.example");
        assert.doesNotMatch(JSON.stringify(values), /generated-/);
    });

    it("take secrets of the config from Secrets Manager and from Parameter Store", async () => {
        const api = {
            tag: "1.4.2",
            port: 8080,
            paths: ["/*"],
            uses: [],
            secrets: {
                MAIL_KEY: "arn:aws:ssm:us-east-1:111111111111:parameter/taskava/mail",
                STRIPE_KEY: "arn:aws:secretsmanager:us-east-1:111111111111:secret:stripe",
            },
        };
        const { recording: given } = await deploy({ ...leastConfig, services: { api } });
        const { policy } = given.inputsOf(aws.iam.RolePolicy, "services-api-execution");
        assert.deepEqual(statementOf(policy, "ReadSecrets").Resource, [api.secrets.STRIPE_KEY]);
        assert.deepEqual(statementOf(policy, "ReadParameters").Resource, [api.secrets.MAIL_KEY]);
    });

    it("let the pipeline push and roll them, and pass on no role but theirs", async () => {
        assert.deepEqual(
            recording.names(aws.iam.Role).filter((name) => name.includes("deploy")),
            [],
        );
        const { recording: full } = await deploy(fullConfig);
        const { policy } = full.inputsOf(aws.iam.RolePolicy, "web-app-deploy-policy");
        assert.deepEqual(statementOf(policy, "RollServices").Resource, [
            "arn:aws:ecs:us-east-1:333333333333:service/taskava-prod/taskava-api",
            "arn:aws:ecs:us-east-1:333333333333:service/taskava-prod/taskava-web",
            "arn:aws:ecs:us-east-1:333333333333:service/taskava-prod/taskava-worker",
        ]);
        assert.deepEqual(statementOf(policy, "PassTaskRoles").Condition, {
            StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
        });
    });
});
