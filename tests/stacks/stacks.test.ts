import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFile, stackFilePath } from "../../sandbox/stack-file";
import { misplaced } from "../support/accounts";
import { freezeFaults, type Removal, refreeze } from "../support/frozen";
import { goldenOf, type PlanStep } from "../support/golden";
import { plainEnvironment, repository, type StateResource, TemporarySandbox } from "../support/sandbox";
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

/** One save at the end: a checkpoint after each of a large stack's resources would be most of its time. */
const environment = plainEnvironment({ PULUMI_SKIP_CHECKPOINTS: "true" });

const rootType = "pulumi:pulumi:Stack";

function typeChain(urn: string): readonly string[] {
    return (urn.split("::")[2] ?? "").split("$");
}

/** How the state marks a secret: `resource.SigKey` and `resource.SecretSig` of the SDK. */
const signature = { key: "4dabf18193072939515e22adb298388d", secret: "1b47061264138c4ac30d75fd1eb44270" };

/** Passwords and private keys that a state with shown secrets holds, as they would stand in a JSON text. */
function generatedSecrets(exported: unknown): { readonly urn: string; readonly value: string }[] {
    const { resources = [] } = (exported as { deployment: { resources?: readonly StateResource[] } }).deployment;
    return resources
        .filter(({ type }) => /^(random:index\/randomPassword:|tls:index\/privateKey:)/.test(type))
        .flatMap(({ urn, outputs }) =>
            Object.values(outputs ?? {})
                .map((value) => value as { readonly [signature: string]: string } & { readonly plaintext?: string })
                .filter((value) => value?.[signature.key] === signature.secret && value.plaintext !== undefined)
                .map((value) => JSON.parse(value.plaintext ?? "null") as unknown)
                .filter((value) => typeof value === "string" && value.length >= 12)
                .map((value) => ({ urn, value: JSON.stringify(value).slice(1, -1) })),
        );
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
            const shown = await sandbox.run("export", stack, ["--show-secrets"]);
            const secrets = generatedSecrets(JSON.parse(shown.stdout));
            const { stdout } = await sandbox.run("export", stack);
            assert.deepEqual(
                secrets.filter(({ value }) => stdout.includes(value)).map(({ urn }) => urn),
                [],
            );
            assert.equal(secrets.length > 0, stack !== "shared", "only the shared stack makes no password or key");
            assert.doesNotMatch(stdout, /"plaintext"/);
        });

        it(isProtected ? "refuses to destroy what it protects" : "is destroyed without remains", async () => {
            const destroy = await sandbox.run("destroy", stack, [], { environment });
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
