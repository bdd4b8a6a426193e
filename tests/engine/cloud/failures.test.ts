import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { changesOf, Engine, resourcesOf } from "./engine";

/** A chain, so that a failure in its middle leaves something done and something to do. */
const chain = async () => {
    const key = new aws.kms.Key("key", {});
    const bucket = new aws.s3.Bucket("bucket", { tags: { key: key.arn } });
    const topic = new aws.sns.Topic("topic", { kmsMasterKeyId: bucket.arn });
    const queue = new aws.sqs.Queue("queue", { kmsMasterKeyId: topic.arn });
    new aws.cloudwatch.LogGroup("logs", { kmsKeyId: queue.arn });
};

describe("a failing stand-in cloud", function () {
    this.timeout(60_000);
    let engine: Engine;
    beforeEach(() => {
        engine = new Engine();
    });
    afterEach(() => engine.remove());

    it("fails in the middle, and the next up finishes with nothing created twice", async () => {
        await assert.rejects(
            engine.run(chain, (stack) => stack.up(), { failOn: "sns/topic" }),
            /creating SNS Topic: .*InternalFailure: injected by the sandbox \(failOn "sns\/topic"\)/s,
        );
        const before = engine.held();
        assert.equal(before.length, 2, "key and bucket exist, the topic and what follows don't");
        const changes = await engine.run(chain, async (stack) => changesOf((await stack.up()).summary.resourceChanges));
        assert.deepEqual(changes, { create: 3 });
        assert.equal(engine.held().length, 5);
        assert.deepEqual(
            before.filter((urn) => engine.held().includes(urn)),
            before,
        );
        assert.equal(engine.puts(), 5, "each was created once");
    });

    it("doesn't fail a preview", async () => {
        const { changeSummary } = await engine.run(chain, (stack) => stack.preview(), { failOn: "sns/topic" });
        assert.deepEqual(changeSummary, { create: 6 });
    });

    it("refuses a second resource of the same physical name, as AWS does", async () => {
        const twice = async () => {
            const first = new aws.sqs.Queue("one", { name: "jobs" });
            new aws.sqs.Queue("two", { name: "jobs" }, { dependsOn: first });
        };
        await assert.rejects(
            engine.run(twice, (stack) => stack.up()),
            /creating SQS Queue \(jobs\): QueueAlreadyExists: jobs already exists, made by urn:pulumi:test::cloud::aws:sqs\/queue:Queue::one/,
        );
        assert.equal(engine.held().length, 1);
    });

    it("replaces a resource of fixed name by deleting it first", async () => {
        const group = (protocol: string) => async () => {
            const port = protocol === "HTTP" ? 80 : 443;
            new aws.lb.TargetGroup("web", { name: "web", port, protocol, targetType: "ip", vpcId: "vpc-1" });
        };
        await engine.run(group("HTTP"), (stack) => stack.up());
        const steps: string[] = [];
        await engine.run(group("HTTPS"), (stack) =>
            stack.up({ onEvent: (event) => steps.push(event.resourcePreEvent?.metadata.op ?? "") }),
        );
        const own = steps.filter((step) => /replace|delete/.test(step));
        assert.deepEqual(own, ["delete-replaced", "replace", "create-replacement"]);
        assert.equal(engine.held().length, 1);
    });

    it("leaves a state the next run can use when it is interrupted", async () => {
        const interrupt = new AbortController();
        await assert.rejects(
            engine.run(
                chain,
                (stack) =>
                    stack.up({
                        signal: interrupt.signal,
                        onEvent: ({ resourcePreEvent }) => {
                            if (
                                resourcePreEvent?.metadata.type === "aws:sns/topic:Topic" &&
                                !resourcePreEvent.planning
                            ) {
                                interrupt.abort();
                            }
                        },
                    }),
                { latencyMs: 700 },
            ),
        );
        assert.ok(engine.held().length < 5, "something was left to do");
        const count = await engine.run(chain, async (stack) => {
            await stack.up();
            return resourcesOf(await stack.exportStack()).filter(({ type }) => type.startsWith("aws:")).length;
        });
        assert.equal(count, 5);
        assert.equal(engine.held().length, 5);
        await engine.run(chain, (stack) => stack.destroy());
        assert.deepEqual(engine.held(), []);
    });
});
