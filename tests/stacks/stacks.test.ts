import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFile, stackFilePath } from "../../sandbox/stack-file";
import { misplaced } from "../support/accounts";
import { freezeFaults, type Removal, refreeze } from "../support/frozen";
import { goldenOf, type PlanStep } from "../support/golden";
import { plainEnvironment, repository, TemporarySandbox } from "../support/sandbox";
import { stackNames } from "../support/stacks";

/** `npm run golden` sets this: the goldens are written instead of compared. */
const rewrite = process.env["UPDATE_GOLDEN"] === "1";

interface Plan {
    readonly steps: readonly (PlanStep & {
        readonly newState?: { readonly provider?: string; readonly aliases?: readonly string[] };
    })[];
}

/** Stateful resources that may go, with the reason: entries are reviewed like code. */
const removals = JSON.parse(
    readFileSync(join(repository, "tests", "stacks", "removals.json"), "utf8"),
) as readonly Removal[];

const rootType = "pulumi:pulumi:Stack";

function typeChain(urn: string): readonly string[] {
    return (urn.split("::")[2] ?? "").split("$");
}

for (const stack of stackNames) {
    describe(`stack ${stack}`, function () {
        this.timeout(300_000);
        const isProtected = ["prod", "shared"].includes(stack);
        const sandbox = new TemporarySandbox(repository);
        after(() => sandbox.remove());
        let plan: Plan = { steps: [] };

        it("previews with policies, and its JSON is all there is on standard output", async () => {
            const preview = await sandbox.run("preview", stack, ["--json"]);
            assert.equal(preview.code, 0, preview.said + preview.stdout.slice(0, 4000) + preview.stderr);
            plan = JSON.parse(preview.stdout) as Plan;
            assert.ok(plan.steps.length > 10);
        });

        it("consists of what its golden says", () => {
            const file = join(repository, "tests", "stacks", "expected", `${stack}.txt`);
            const golden = goldenOf(plan.steps);
            if (rewrite) {
                writeFileSync(file, golden);
            }
            const expected = existsSync(file) ? readFileSync(file, "utf8") : "";
            assert.equal(golden, expected, "the plan differs from its golden; if that is meant, run: npm run golden");
        });

        it("still has every stateful resource that was ever agreed on, under its name or an alias", () => {
            const file = join(repository, "tests", "stacks", "frozen", `${stack}.txt`);
            const read = () => (existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
            if (rewrite) {
                writeFileSync(file, refreeze(read(), plan.steps, removals).join("\n").concat("\n"));
            }
            const own = removals.filter(({ urn }) => urn.startsWith(`urn:pulumi:${stack}::`));
            assert.deepEqual(freezeFaults(read(), plan.steps, own), []);
        });

        it("makes each resource in the account and region that its platform's config names", () => {
            const { config } = readStackFile(stackFilePath(repository, stack), "platforms");
            const platforms = Object.entries(config).map(([key, value]) => [key.replace(/^platforms:/, ""), value]);
            assert.deepEqual(misplaced(plan.steps, Object.fromEntries(platforms)), []);
        });

        it("has every resource below a platform's component, and none at a default provider", () => {
            const strays = plan.steps
                .filter(({ newState }) => newState !== undefined && newState.type !== rootType)
                // nested remote components make a provider of their own below themselves
                .filter(({ urn }) => !/^platforms:[\w-]+:\w+$/.test(typeChain(urn)[0] ?? ""))
                .filter(({ newState }) => !/^pulumi:providers:(awsx|eks)$/.test(newState?.type ?? ""))
                .map(({ urn }) => urn);
            assert.deepEqual(strays, []);
            const defaults = plan.steps
                .filter(({ newState }) => /::default_/.test(newState?.provider ?? ""))
                .filter(({ newState }) => !/^(awsx|eks):/.test(newState?.type ?? ""))
                .map(({ urn }) => urn);
            assert.deepEqual(defaults, []);
        });

        it("deploys, and a second preview has nothing to do", async () => {
            // one save at the end: a checkpoint after each of a large stack's resources is most of its time
            const environment = plainEnvironment({ PULUMI_SKIP_CHECKPOINTS: "true" });
            const up = await sandbox.run("up", stack, [], { environment });
            assert.equal(up.code, 0, up.said + up.stdout.slice(-4000) + up.stderr);
            const again = await sandbox.run("preview", stack, ["--json"]);
            assert.equal(again.code, 0, again.said + again.stderr);
            const changes = (JSON.parse(again.stdout) as Plan).steps.filter(({ op }) => op !== "same");
            assert.deepEqual(
                changes.map(({ op, urn }) => `${op} ${urn}`),
                [],
            );
        });

        it("keeps no secret in plain text", async () => {
            const { stdout } = await sandbox.run("export", stack);
            const passwords = [...stdout.matchAll(/"(?:result|password|secretString|privateKeyPem)": ?("[^"]*"|\{)/g)];
            assert.deepEqual(
                passwords.map(([text]) => text).filter((text) => !text.endsWith("{")),
                [],
            );
            assert.doesNotMatch(stdout, /"plaintext"/);
        });

        it(isProtected ? "refuses to destroy what it protects" : "is destroyed without remains", async () => {
            const destroy = await sandbox.run("destroy", stack);
            if (isProtected) {
                assert.notEqual(destroy.code, 0);
                assert.match(destroy.stdout + destroy.stderr, /protect/);
            } else {
                assert.equal(destroy.code, 0, destroy.said + destroy.stdout.slice(-4000) + destroy.stderr);
                assert.deepEqual(await sandbox.resources(stack), []);
                assert.deepEqual(sandbox.cloud(stack), []);
            }
        });
    });
}
