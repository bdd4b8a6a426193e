import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { EcsService } from "../../../components/foundation/ecs-service";
import { EcsTask, type EcsTaskArgs } from "../../../components/foundation/ecs-task";
import { GitHubRole } from "../../../components/foundation/github-role";
import { taskTargetGroup } from "../../../components/foundation/load-balancer";
import { record, rejection } from "../../support/mocks";
import { statementsOf } from "../../support/policies";
import { containerOf } from "../../support/transcription";

const args: EcsTaskArgs = {
    family: "shop-dev-web",
    containerName: "web",
    image: "ghcr.io/example/web:1.2.3",
    cpu: 256,
    memory: 512,
    logKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1",
    logRetentionDays: 30,
    region: "us-east-1",
};
const build = (more: Partial<EcsTaskArgs> = {}) => record(() => new EcsTask("shop-web", { ...args, ...more }));

describe("EcsTask", () => {
    it("gives a program that needs nothing no rights, and its starter only the log", async () => {
        const { recording } = await build();
        assert.deepEqual(recording.names(aws.iam.RolePolicy), ["shop-web-execution"]);
        const { policy } = recording.inputsOf(aws.iam.RolePolicy);
        assert.deepEqual(Object.keys(statementsOf(policy)), ["WriteLog"]);
        const container = containerOf(recording.inputsOf(aws.ecs.TaskDefinition));
        assert.deepEqual(
            container.mountPoints.map(({ containerPath }) => containerPath),
            ["/tmp"],
        );
        assert.equal(container.readonlyRootFilesystem, true);
    });

    it("adds no volumes where the root is writable", async () => {
        const { recording } = await build({ readonlyRootFilesystem: false });
        assert.deepEqual(recording.inputsOf(aws.ecs.TaskDefinition).volumes, []);
        assert.equal(containerOf(recording.inputsOf(aws.ecs.TaskDefinition)).readonlyRootFilesystem, false);
    });

    it("keeps the order of variables by name, so that the same config is the same revision", async () => {
        const one = await build({ environment: { B: "2", A: "1" } });
        const other = await build({ environment: { A: "1", B: "2" } });
        const text = ({ recording }: typeof one) => recording.inputsOf(aws.ecs.TaskDefinition).containerDefinitions;
        assert.equal(text(one), text(other));
    });

    it("mounts directories of EFS read-only where asked, and lets no more be written", async () => {
        const volume = {
            fileSystemId: "fs-1",
            fileSystemArn: "arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/fs-1",
            accessPointId: "fsap-1",
            accessPointArn: "arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/fsap-1",
            containerPath: "/data",
        };
        const { recording } = await build({ volumes: { data: { ...volume, readOnly: true } } });
        const statement = statementsOf(recording.inputsOf(aws.iam.RolePolicy, "shop-web-task").policy)["Mountdata"];
        assert.deepEqual(statement?.Action, ["elasticfilesystem:ClientMount"]);
        assert.deepEqual(statement?.Condition, {
            StringEquals: { "elasticfilesystem:AccessPointArn": volume.accessPointArn },
        });
    });

    it("refuses images that may change, sizes that Fargate lacks and GPUs on Fargate", () => {
        const refused = (more: Partial<EcsTaskArgs>) => rejection(() => new EcsTask("web", { ...args, ...more }));
        for (const image of ["web", "registry:5000/web", "web:latest"]) {
            assert.match(refused({ image }), /image must have a tag other than latest, or a digest, got "/);
        }
        assert.match(
            refused({ memory: 4096 }),
            /memory must be MiB that Fargate offers with 256 CPU units \(512, 1024, 2048\), got 4096/,
        );
        assert.match(refused({ cpu: 100 }), /cpu must be CPU units that Fargate offers \(256, .*\), got 100/);
        assert.match(refused({ gpus: 1 }), /gpus must be absent: Fargate has no GPUs/);
        assert.match(refused({ family: "x".repeat(60) }), /family gives no name for a role/);
    });
});

describe("EcsService", () => {
    it("replaces tasks one after the other behind a plain target group, and moves them between zones", async () => {
        const { recording } = await record(() => {
            const task = new EcsTask("shop-web", { ...args, port: 8000 });
            const group = taskTargetGroup("shop-web", { vpcId: "vpc-1", port: 8000, healthPath: "/up" }, {});
            return new EcsService("shop-web", {
                serviceName: "web",
                clusterArn: "arn:aws:ecs:us-east-1:111111111111:cluster/shop",
                task,
                capacity: [{ provider: "FARGATE", weight: 1, base: 1 }],
                desiredCount: 2,
                subnetIds: ["subnet-1"],
                securityGroupIds: ["sg-1"],
                loadBalancer: { targetGroupArn: group.arn },
            });
        });
        const service = recording.inputsOf(aws.ecs.Service);
        assert.deepEqual(service.deploymentConfiguration, { strategy: "ROLLING" });
        assert.deepEqual([service.deploymentMinimumHealthyPercent, service.deploymentMaximumPercent], [100, 200]);
        assert.equal(service.availabilityZoneRebalancing, "ENABLED");
        assert.equal(service.loadBalancers?.[0]?.advancedConfiguration, undefined);
        assert.equal(service.alarms, undefined);
        assert.equal(service.enableExecuteCommand, false);
        assert.equal(service.networkConfiguration?.assignPublicIp, false);
    });

    it("refuses a load balancer in front of a container without a port", async () => {
        await record(() => {
            const task = new EcsTask("shop-worker", args);
            const message = rejection(
                () =>
                    new EcsService("shop-worker", {
                        serviceName: "worker",
                        clusterArn: "arn",
                        task,
                        capacity: [],
                        desiredCount: 1,
                        subnetIds: [],
                        securityGroupIds: [],
                        loadBalancer: { targetGroupArn: "arn" },
                    }),
            );
            assert.match(message, /task must have a port, for the load balancer to call/);
        });
    });
});

describe("GitHubRole", () => {
    const role = { repository: "example/shop", roleName: "shop-deploy", statements: [] };

    it("is bound to exactly one of an environment and a branch", async () => {
        for (const bound of [{}, { environment: "prod", branch: "main" }]) {
            assert.match(
                rejection(() => new GitHubRole("shop", { ...role, ...bound })),
                /environment or branch must be given, and only one of them/,
            );
        }
        const { recording } = await record(() => new GitHubRole("shop", { ...role, branch: "main" }));
        assert.match(
            String(recording.inputsOf(aws.iam.Role).assumeRolePolicy),
            /"token\.actions\.githubusercontent\.com:sub":"repo:example\/shop:ref:refs\/heads\/main"/,
        );
    });
});
