import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import {
    CloudWatchLogsClient,
    CreateLogGroupCommand,
    CreateLogStreamCommand,
    PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
    CreateClusterCommand,
    CreateServiceCommand,
    DescribeServicesCommand,
    ECSClient,
    RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { CreateDBInstanceCommand, DescribeDBSnapshotsCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { opsProgram } from "../../ops/operate/program";
import { waiting } from "../../ops/operate/redrive";
import { targetOf } from "../../ops/operate/target";
import { installMoto, Moto } from "../support/moto";
import { repository } from "../support/sandbox";

/** moto's account; the stack files of this test name it in place of the placeholder. */
const motoAccount = "123456789012";

describe("npm run ops, against moto", function () {
    this.timeout(420_000);
    let moto: Moto | undefined;
    let before_: NodeJS.ProcessEnv;
    const projectDir = mkdtempSync(join(tmpdir(), "ops-"));

    before(async function () {
        const installed = installMoto();
        if ("unreachable" in installed) {
            console.log(`    skipped: moto isn't to be had from PyPI (${installed.unreachable})`);
            this.skip();
        }
        moto = await Moto.start(installed.server);
        before_ = { ...process.env };
        Object.assign(process.env, moto.environment());
        cpSync(join(repository, "Pulumi.yaml"), join(projectDir, "Pulumi.yaml"));
        const dev = readFileSync(join(repository, "Pulumi.dev.yaml"), "utf8").replaceAll("111111111111", motoAccount);
        writeFileSync(join(projectDir, "Pulumi.dev.yaml"), dev);
        const prod = readFileSync(join(repository, "Pulumi.prod.yaml"), "utf8").replaceAll("087439708020", motoAccount);
        writeFileSync(join(projectDir, "Pulumi.prod.yaml"), prod);
        const elsewhere = dev.replaceAll(motoAccount, "999999999999");
        writeFileSync(join(projectDir, "Pulumi.elsewhere.yaml"), elsewhere);
        await createServices("thoth-dev", "us-east-1", [
            "api",
            "audio-extraction",
            "transcription",
            "music-term-recognition",
        ]);
    });

    after(() => {
        moto?.stop();
        rmSync(projectDir, { recursive: true, force: true });
        if (before_ !== undefined) {
            for (const name of Object.keys(process.env).filter((key) => key.startsWith("AWS_"))) {
                delete process.env[name];
            }
            Object.assign(process.env, before_);
        }
    });

    async function createServices(cluster: string, region: string, services: readonly string[]): Promise<void> {
        const client = new ECSClient({ region });
        await client.send(new CreateClusterCommand({ clusterName: cluster }));
        await client.send(
            new RegisterTaskDefinitionCommand({
                family: cluster,
                containerDefinitions: [{ name: "main", image: "example/app:1.0.0", memory: 128 }],
            }),
        );
        for (const serviceName of services) {
            await client.send(
                new CreateServiceCommand({ cluster, serviceName, taskDefinition: cluster, desiredCount: 1 }),
            );
        }
    }

    /** A command as a person types it. */
    async function ops(args: readonly string[], typed?: string): Promise<{ printed: string[]; told: string[] }> {
        const printed: string[] = [];
        const told: string[] = [];
        const program = opsProgram({
            projectDir,
            print: (line) => printed.push(line),
            tell: (line) => told.push(line),
            ask: async () => typed,
        });
        await program.parseAsync(args, { from: "user" });
        return { printed, told };
    }

    async function desired(cluster: string, service: string, region: string): Promise<number | undefined> {
        const { services } = await new ECSClient({ region }).send(
            new DescribeServicesCommand({ cluster, services: [service] }),
        );
        return services?.[0]?.desiredCount;
    }

    async function bounds(id: string, region: string): Promise<(number | undefined)[]> {
        const { ScalableTargets } = await new ApplicationAutoScalingClient({ region }).send(
            new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", ResourceIds: [id] }),
        );
        return [ScalableTargets?.[0]?.MinCapacity, ScalableTargets?.[0]?.MaxCapacity];
    }

    it("transcription stop takes a service down, and start brings it back to the stack file's numbers", async () => {
        const id = "service/thoth-dev/api";
        await ops(["transcription", "stop", "api"]);
        assert.equal(await desired("thoth-dev", "api", "us-east-1"), 0);
        assert.deepEqual(await bounds(id, "us-east-1"), [0, 0]);
        assert.equal(await desired("thoth-dev", "transcription", "us-east-1"), 1);
        await ops(["transcription", "start", "api"]);
        assert.equal(await desired("thoth-dev", "api", "us-east-1"), 1);
        assert.deepEqual(await bounds(id, "us-east-1"), [1, 2]);
    });

    it("does nothing in a dry run but say what it would do", async () => {
        const { told, printed } = await ops(["transcription", "stop", "api", "--dry-run", "--json"]);
        assert.deepEqual(told, ["would set thoth-dev/api to 0 tasks (0 to 0)"]);
        assert.equal(await desired("thoth-dev", "api", "us-east-1"), 1);
        assert.deepEqual(JSON.parse(printed.join("\n")), {
            stack: "dev",
            account: motoAccount,
            steps: [{ does: "set thoth-dev/api to 0 tasks (0 to 0)", done: false }],
        });
    });

    it("transcription status tells the tasks of all services, as JSON too", async () => {
        const rows = JSON.parse((await ops(["transcription", "status", "--json"])).printed.join("\n")) as {
            service: string;
            desired: number;
        }[];
        assert.deepEqual(rows.map(({ service, desired }) => [service, desired]).sort(), [
            ["api", 1],
            ["audio-extraction", 1],
            ["music-term-recognition", 1],
            ["transcription", 1],
        ]);
        assert.match((await ops(["transcription", "status"])).printed[0] ?? "", /^service +status +desired/);
    });

    it("transcription restart keeps the number of tasks", async () => {
        const { told } = await ops(["transcription", "restart", "transcription"]);
        assert.deepEqual(told, ["restart thoth-dev/transcription"]);
        assert.equal(await desired("thoth-dev", "transcription", "us-east-1"), 1);
    });

    it("transcription logs prints what the service said, filtered", async () => {
        const client = new CloudWatchLogsClient({ region: "us-east-1" });
        const group = { logGroupName: "/ecs/thoth-dev-api" };
        await client.send(new CreateLogGroupCommand(group));
        await client.send(new CreateLogStreamCommand({ ...group, logStreamName: "api/1" }));
        const timestamp = Date.now() - 60_000;
        await client.send(
            new PutLogEventsCommand({
                ...group,
                logStreamName: "api/1",
                logEvents: ["ready", "failed: no model"].map((message) => ({ timestamp, message })),
            }),
        );
        assert.equal((await ops(["transcription", "logs", "api"])).printed.length, 2);
        const { printed } = await ops(["transcription", "logs", "api", "--filter", "failed", "--json"]);
        assert.deepEqual(
            printed.map((line) => (JSON.parse(line) as { message: string }).message),
            ["failed: no model"],
        );
        await assert.rejects(ops(["transcription", "logs", "transcription"]), /log group .* can't be read/);
    });

    it("image-pipeline redrive moves messages back with their attributes, at most so many", async () => {
        const region = "us-east-2";
        const client = new SQSClient({ region });
        const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "mediaviz-dev-blur-dlq" }));
        await client.send(new CreateQueueCommand({ QueueName: "mediaviz-dev-blur" }));
        for (let index = 0; index < 13; index += 1) {
            await client.send(new SendMessageCommand({ QueueUrl, MessageBody: `image-${index}` }));
        }
        await ops(["image-pipeline", "redrive", "blur", "--limit", "12"]);
        assert.deepEqual(
            [await waiting(region, "mediaviz-dev-blur-dlq"), await waiting(region, "mediaviz-dev-blur")],
            [1, 12],
        );
        await assert.rejects(ops(["image-pipeline", "redrive", "blurr"]), /there is no queue mediaviz-dev-blurr-dlq/);
    });

    it("image-pipeline scale-override and tunnel say in a dry run what they start", async () => {
        const { told } = await ops(["image-pipeline", "scale-override", "evidence", "3", "--dry-run"]);
        assert.deepEqual(told, ["would set eks-evidence-model in cluster mediaviz-dev-cluster to 3 replicas"]);
        await assert.rejects(
            ops(["image-pipeline", "scale-override", "evidense", "3", "--dry-run"]),
            /choose of evidence/,
        );
        await assert.rejects(ops(["image-pipeline", "tunnel"]), /no bastion of mediaviz-dev runs/);
    });

    it("web-app scale raises the fewest tasks, and backup takes a snapshot", async () => {
        const file = readFileSync(join(projectDir, "Pulumi.dev.yaml"), "utf8");
        const { region, prefix, config } = targetOf(projectDir, "dev", "webApp");
        const [name = ""] = Object.keys(config.services);
        assert.ok(file.includes(region));
        await createServices(prefix, region, [`taskava-${name}`]);
        await ops(["web-app", "scale", name, "4"]);
        assert.equal(await desired(prefix, `taskava-${name}`, region), 4);
        assert.equal((await bounds(`service/${prefix}/taskava-${name}`, region))[0], 4);
        const client = new RDSClient({ region });
        await client.send(
            new CreateDBInstanceCommand({
                DBInstanceIdentifier: prefix,
                DBInstanceClass: "db.t4g.micro",
                Engine: "postgres",
                AllocatedStorage: 20,
            }),
        );
        await ops(["web-app", "backup"]);
        const { DBSnapshots } = await client.send(
            new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: prefix, SnapshotType: "manual" }),
        );
        const taken = (DBSnapshots ?? []).map(({ DBSnapshotIdentifier = "" }) => DBSnapshotIdentifier);
        assert.equal(taken.filter((snapshot) => snapshot.startsWith(`${prefix}-manual-20`)).length, 1);
    });

    it("refuses credentials of another account, before anything is done", async () => {
        await assert.rejects(
            ops(["transcription", "stop", "--stack", "elsewhere"]),
            /credentials are for account 123456789012, but stack elsewhere is in 999999999999; set AWS_PROFILE/,
        );
    });

    it("changes production only when its name is typed, or with --yes", async () => {
        await createServices("thoth-prod", "us-east-1", ["api"]);
        const stop = ["transcription", "stop", "api", "--stack", "prod"];
        for (const typed of [undefined, "", "yes", "dev"]) {
            await assert.rejects(ops(stop, typed), /not confirmed, nothing was changed/);
        }
        assert.equal(await desired("thoth-prod", "api", "us-east-1"), 1);
        await ops(stop, "prod");
        assert.equal(await desired("thoth-prod", "api", "us-east-1"), 0);
        await ops(["transcription", "start", "api", "--stack", "prod", "--yes"]);
        const { minTasks } = targetOf(projectDir, "prod", "transcription").config.services.api;
        assert.ok(minTasks > 1);
        assert.equal(await desired("thoth-prod", "api", "us-east-1"), minTasks);
    });

    it("tells which services and stacks there are when one is misspelt", async () => {
        await assert.rejects(ops(["transcription", "stop", "apo"]), /there is no service apo; choose of api, /);
        await assert.rejects(
            ops(["transcription", "status", "--stack", "prd"]),
            /there is no stack prd; choose one of /,
        );
    });

    it("doctor tells what is missing, and fails where the account doesn't match the stack", async () => {
        await assert.rejects(ops(["doctor", "--stack", "elsewhere", "--json"]), /something is wrong/);
    });
});
