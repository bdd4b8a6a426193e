import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { approvalsIn, judge, report } from "../../ci/guard";
import { readPlan } from "../../ci/plan";
import { readPolicyEvents, toSarif } from "../../ci/sarif";
import { lossOf, statefulTypes } from "../../ci/stateful-types";
import { rules } from "../../policy/rules";
import { plainEnvironment, repository, TemporarySandbox } from "../support/sandbox";

/** Plans of the real engine: a bucket and a topic, and what becomes of them. */
describe("the guard of stateful resources", function () {
    this.timeout(180_000);
    const sandbox = new TemporarySandbox();
    after(() => sandbox.remove());
    const bucketUrn = "urn:pulumi:dev::fixture::aws:s3/bucket:Bucket::images";
    const topicUrn = "urn:pulumi:dev::fixture::aws:sns/topic:Topic::news";

    const program =
        ({ bucket, topic, logical = "images", aliases }: Made) =>
        async (): Promise<Record<string, unknown>> => {
            if (bucket !== undefined) {
                new aws.s3.Bucket(logical, { bucket }, { aliases });
            }
            new aws.sns.Topic("news", { name: topic });
            return {};
        };

    interface Made {
        readonly bucket?: string;
        readonly topic: string;
        readonly logical?: string;
        readonly aliases?: { readonly name: string }[];
    }

    async function planOf(made: Made, file = join(sandbox.folder, "plan.json")): Promise<string> {
        const preview = await sandbox.run("preview", "dev", ["--json"], { program: program(made), policy: false });
        assert.equal(preview.code, 0, preview.stderr + preview.said);
        writeFileSync(file, preview.stdout);
        return file;
    }

    before(async () => {
        const up = await sandbox.run("up", "dev", [], {
            program: program({ bucket: "images-one", topic: "one" }),
            policy: false,
        });
        assert.equal(up.code, 0, up.stdout + up.stderr + up.said);
    });

    it("lets a plan without losses pass, even one that replaces what is stateless", async () => {
        const plan = readPlan(await planOf({ bucket: "images-one", topic: "two" }));
        assert.ok(plan.steps.some(({ op, urn }) => op === "replace" && urn === topicUrn));
        assert.deepEqual(judge(plan, []), { refused: [], approved: [], idle: [] });
    });

    it("refuses the replacement of a bucket and says what forces it", async () => {
        const { refused } = judge(readPlan(await planOf({ bucket: "images-two", topic: "one" })), []);
        assert.deepEqual(refused, [
            { urn: bucketUrn, type: "aws:s3/bucket:Bucket", how: "replace", loses: "objects", because: ["bucket"] },
        ]);
    });

    it("refuses a deletion, and a rename without alias, which is one", async () => {
        for (const made of [{ topic: "one" }, { topic: "one", bucket: "images-one", logical: "pictures" }]) {
            const { refused } = judge(readPlan(await planOf(made)), []);
            assert.deepEqual(
                refused.map(({ urn, how }) => [urn, how]),
                [[bucketUrn, "delete"]],
            );
        }
    });

    it("lets a rename with an alias pass", async () => {
        const made = { topic: "one", bucket: "images-one", logical: "pictures", aliases: [{ name: "images" }] };
        assert.deepEqual(judge(readPlan(await planOf(made)), []).refused, []);
    });

    it("lets pass what is approved by its URN, and tells approvals that have no purpose", async () => {
        const plan = readPlan(await planOf({ topic: "one" }));
        const verdict = judge(plan, [bucketUrn, "urn:pulumi:dev::fixture::a:b:C::gone"]);
        assert.deepEqual([verdict.refused.length, verdict.approved.length], [0, 1]);
        assert.deepEqual(verdict.idle, ["urn:pulumi:dev::fixture::a:b:C::gone"]);
        assert.match(report(verdict), /approved but not in the plan: urn:pulumi:dev::fixture::a:b:C::gone/);
    });

    it("is a command whose exit code says so", async () => {
        const plan = await planOf({ topic: "one" });
        const approvals = join(sandbox.folder, "pull-request.md");
        const run = (...args: string[]) =>
            spawnSync(process.execPath, ["--import", "tsx", "ci/main.ts", "guard", plan, ...args], {
                cwd: repository,
                encoding: "utf8",
            });
        const refused = run();
        assert.equal(refused.status, 1, refused.stderr);
        assert.match(refused.stdout, /--approve 'urn:pulumi:dev::fixture::aws:s3\/bucket:Bucket::images'/);
        assert.equal(run("--approve", bucketUrn).status, 0);
        writeFileSync(approvals, `We move to another account.\n\napprove-loss: ${bucketUrn}\n`);
        assert.equal(run("--approvals", approvals).status, 0);
        writeFileSync(plan, "not a plan");
        const wrong = run();
        assert.equal(wrong.status, 2);
        assert.match(wrong.stderr, /is not JSON: write it with/);
    });

    it("finds approvals only on lines of their own", () => {
        const urn = "urn:pulumi:dev::p::a:b:C::d";
        assert.deepEqual(approvalsIn(`approve-loss: ${urn}\ntext approve-loss: ${urn}x\n  approve-loss: \`${urn}2\``), [
            urn,
            `${urn}2`,
        ]);
        assert.deepEqual(approvalsIn("approve-loss: *"), []);
    });

    it("knows types by tokens that the SDK has", () => {
        assert.equal(lossOf("aws:iam/role:Role"), undefined);
        const unknown = Object.keys(statefulTypes).filter((token) => {
            const [, module = "", file = ""] = /^aws:([\w]+)\/(\w+):/.exec(token) ?? [];
            return module !== "" && !existsSync(join(repository, "node_modules/@pulumi/aws", module, `${file}.js`));
        });
        assert.deepEqual(unknown, []);
    });

    it("turns the pack's findings into SARIF", async () => {
        const events = join(sandbox.folder, "events.json");
        const bad = new TemporarySandbox(join(repository, "tests/policy/fixtures/bad-stack"));
        const stack = "prod";
        try {
            await bad.run("preview", stack, ["--policy-pack", join(repository, "policy"), "--event-log", events], {
                environment: plainEnvironment({ PULUMI_DEBUG_COMMANDS: "true" }),
            });
        } finally {
            bad.remove();
        }
        const found = readPolicyEvents(events);
        assert.ok(found.some(({ enforcementLevel }) => enforcementLevel === "mandatory"));
        const sarif = toSarif(found, "Pulumi.dev.yaml", rules) as {
            runs: {
                tool: { driver: { rules: { id: string; helpUri?: string }[] } };
                results: { ruleId: string; ruleIndex: number; level: string; partialFingerprints: object }[];
            }[];
        };
        const [run] = sarif.runs;
        assert.equal(run?.results.length, found.length);
        for (const result of run?.results ?? []) {
            const rule: { id: string; helpUri?: string } | undefined = run?.tool.driver.rules[result.ruleIndex];
            assert.equal(rule?.id, result.ruleId);
            assert.match(rule?.helpUri ?? "", /^https:/, result.ruleId);
        }
        assert.ok(run?.results.some(({ level }) => level === "error"));
        assert.ok(run?.results.some(({ level }) => level === "warning"));
    });
});
