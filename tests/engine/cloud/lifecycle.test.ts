import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { changesOf, Engine, resourcesOf } from "./engine";

interface Shape {
    readonly retention?: number;
    readonly cidrBlock?: string;
    readonly withQueue?: boolean;
    readonly key?: string;
}

/** Network, queue, logs, a generated password and an object in a cluster: some of everything the record must follow. */
function program({ retention = 7, cidrBlock = "10.0.0.0/24", withQueue = true, key = "a" }: Shape = {}) {
    return async () => {
        const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
        const subnet = new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock });
        const logs = new aws.cloudwatch.LogGroup("logs", { name: "/app", retentionInDays: retention });
        const queue = withQueue ? new aws.sqs.Queue("jobs") : undefined;
        const password = new random.RandomPassword("password", { length: 24, keepers: { key } });
        const cluster = new k8s.Provider("cluster", {
            kubeconfig: '{"clusters":[{"cluster":{"server":"https://a"}}]}',
        });
        const secret = new k8s.core.v1.Secret(
            "login",
            { stringData: { password: password.result } },
            { provider: cluster },
        );
        return { subnetId: subnet.id, logs: logs.arn, queue: queue?.url, password: password.result, secret: secret.id };
    };
}

const preview = (engine: Engine, shape: Shape) =>
    engine.run(program(shape), async (stack) => changesOf((await stack.preview()).changeSummary));
const up = (engine: Engine, shape: Shape = {}) =>
    engine.run(program(shape), async (stack) => {
        const { summary, outputs } = await stack.up();
        return { changes: changesOf(summary.resourceChanges), outputs };
    });

describe("a stack on the stand-in cloud", function () {
    this.timeout(60_000);
    let engine: Engine;
    beforeEach(() => {
        engine = new Engine();
    });
    afterEach(() => engine.remove());

    it("goes from nothing to up, unchanged, changed, replaced, and back to nothing", async () => {
        const first = await up(engine);
        assert.deepEqual(first.changes, { create: 8 });
        assert.equal(first.outputs["logs"]?.value, "arn:aws:logs:us-east-1:123456789012:log-group:/app");
        assert.match(String(first.outputs["subnetId"]?.value), /^subnet-[0-9a-f]{17}$/);
        assert.match(
            String(first.outputs["queue"]?.value),
            /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/123456789012\/jobs-[0-9a-f]{7}$/,
        );
        assert.equal(engine.held().length, 6, "all but the stack and the provider are in the record");

        assert.deepEqual(await preview(engine, {}), {}, "a second preview changes nothing");
        const refreshed = await engine.run(program(), (stack) => stack.refresh());
        assert.deepEqual(changesOf(refreshed.summary.resourceChanges), {});

        const updated = await up(engine, { retention: 30 });
        assert.deepEqual(updated.changes, { update: 1 });
        assert.equal(updated.outputs["subnetId"]?.value, first.outputs["subnetId"]?.value);

        const replaced = await up(engine, { retention: 30, cidrBlock: "10.0.1.0/24" });
        assert.deepEqual(replaced.changes, { replace: 1 });
        assert.notEqual(replaced.outputs["subnetId"]?.value, first.outputs["subnetId"]?.value);

        const removed = await up(engine, { retention: 30, cidrBlock: "10.0.1.0/24", withQueue: false });
        assert.deepEqual(removed.changes, { delete: 1 });
        assert.deepEqual((await up(engine, { retention: 30, cidrBlock: "10.0.1.0/24" })).changes, { create: 1 });

        await engine.run(program(), async (stack) => {
            await stack.destroy();
            assert.deepEqual(resourcesOf(await stack.exportStack()), []);
        });
        assert.deepEqual(engine.held(), []);
    });

    it("keeps secrets out of the record, the state and the output", async () => {
        const lines: string[] = [];
        const secrets = await engine.run(program(), async (stack) => {
            const { outputs } = await stack.up({ onOutput: (line) => lines.push(line) });
            return String(outputs["password"]?.value);
        });
        assert.equal(secrets.length, 24);
        assert.ok(engine.files().includes("randomPassword"), "the files were read");
        assert.ok(!engine.files().includes(secrets));
        assert.ok(!lines.join("").includes(secrets));
        const again = await up(engine, { key: "b" });
        assert.deepEqual(again.changes, { replace: 2 }, "a new password makes a new Secret");
        assert.notEqual(again.outputs["password"]?.value, secrets);
    });

    it("gives refresh back only what exists", async () => {
        await up(engine);
        const urn = engine.held().find((held) => held.includes("Queue")) ?? "";
        engine.forget(urn); // someone deleted the queue behind Pulumi's back
        const refreshed = await engine.run(program(), (stack) => stack.refresh());
        assert.deepEqual(changesOf(refreshed.summary.resourceChanges), { delete: 1 });
        assert.deepEqual((await up(engine)).changes, { create: 1 });
    });

    it("goes on after a kill tore the record's last line", async () => {
        await up(engine);
        appendFileSync(join(engine.cloudFolder, "resources.jsonl"), '{"put":{"id":"vpc-0');
        assert.deepEqual(await preview(engine, {}), {});
        assert.deepEqual((await up(engine, { retention: 14 })).changes, { update: 1 });
    });
});

describe("outputs of the stand-in cloud", function () {
    this.timeout(60_000);
    let engine: Engine;
    beforeEach(() => {
        engine = new Engine();
    });
    afterEach(() => engine.remove());

    it("carry a change on to what depends on it: a launch template's next version reaches its group", async () => {
        const nodes = (instanceType: string) => async () => {
            const template = new aws.ec2.LaunchTemplate("nodes", { imageId: "ami-1", instanceType });
            const version = template.latestVersion.apply(String);
            const launchTemplate = { id: template.id, version };
            new aws.autoscaling.Group("nodes", {
                minSize: 1,
                maxSize: 1,
                launchTemplate,
                vpcZoneIdentifiers: ["subnet-1"],
            });
            return { version };
        };
        await engine.run(nodes("t3.large"), (stack) => stack.up());
        const change = nodes("m7i.large");
        const planned = await engine.run(change, async (stack) => changesOf((await stack.preview()).changeSummary));
        assert.deepEqual(planned, { update: 2 });
        const { summary, outputs } = await engine.run(change, (stack) => stack.up());
        assert.deepEqual(changesOf(summary.resourceChanges), { update: 2 });
        assert.equal(outputs["version"]?.value, "2");
        assert.deepEqual(
            await engine.run(change, async (stack) => changesOf((await stack.preview()).changeSummary)),
            {},
        );
    });

    it("exist for resources that are only looked up, which the cloud then doesn't hold", async () => {
        const shared = async () => {
            const vpc = aws.ec2.Vpc.get("shared", "vpc-0123456789abcdef0");
            const role = aws.iam.Role.get("admin", "admin");
            return { arn: vpc.arn, id: vpc.id, role: role.arn };
        };
        const outputs = await engine.run(shared, async (stack) => (await stack.up()).outputs);
        assert.equal(outputs["id"]?.value, "vpc-0123456789abcdef0");
        assert.equal(outputs["arn"]?.value, "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0");
        assert.equal(outputs["role"]?.value, "arn:aws:iam::123456789012:role/admin");
        assert.deepEqual(engine.held(), []);
        const refreshed = await engine.run(shared, (stack) => stack.refresh());
        assert.deepEqual(changesOf(refreshed.summary.resourceChanges), {});
        await engine.run(shared, (stack) => stack.destroy());
    });
});

describe("providers on the stand-in cloud", function () {
    this.timeout(60_000);
    let engine: Engine;
    beforeEach(() => {
        engine = new Engine();
    });
    afterEach(() => engine.remove());

    it("keep their own account and region", async () => {
        const regions = async () => {
            const arns = ["us-east-2", "ap-south-1"].map((region, index) => {
                const account = `11111111111${index}`;
                const provider = new aws.Provider(region, {
                    region: region as aws.Region,
                    allowedAccountIds: [account],
                });
                const zone = aws.getAvailabilityZonesOutput({}, { provider }).names[0];
                return pulumi.all([new aws.sqs.Queue(`q-${region}`, {}, { provider }).arn, zone]);
            });
            const role = `arn:aws:iam::222222222222:role/deploy`;
            const assumed = new aws.Provider("assumed", { region: "eu-west-1", assumeRoles: [{ roleArn: role }] });
            return { arns, caller: aws.getCallerIdentityOutput({}, { provider: assumed }).accountId };
        };
        const outputs = await engine.run(regions, async (stack) => (await stack.up()).outputs);
        const [first, second] = (outputs["arns"]?.value ?? []) as [string, string][];
        assert.match(String(first?.[0]), /^arn:aws:sqs:us-east-2:111111111110:q-us-east-2-/);
        assert.match(String(second?.[0]), /^arn:aws:sqs:ap-south-1:111111111111:q-ap-south-1-/);
        assert.deepEqual([first?.[1], second?.[1]], ["us-east-2a", "ap-south-1a"]);
        assert.equal(outputs["caller"]?.value, "222222222222");
    });

    it("add default tags and refuse bad inputs", async () => {
        const tagged = async () => {
            const provider = new aws.Provider("p", {
                region: "us-east-1",
                defaultTags: { tags: { team: "a", env: "x" } },
            });
            return { tags: new aws.sqs.Queue("q", { tags: { env: "dev" } }, { provider }).tagsAll };
        };
        const outputs = await engine.run(tagged, async (stack) => (await stack.up()).outputs);
        assert.deepEqual(outputs["tags"]?.value, { team: "a", env: "dev" });
        const bad = async () => {
            new aws.ec2.Subnet("s", { cidrBlock: "10.0.0.0/24" } as unknown as aws.ec2.SubnetArgs);
        };
        await assert.rejects(
            engine.run(bad, (stack) => stack.preview()),
            /Missing required property 'vpcId'|missing required property/i,
        );
    });
});
