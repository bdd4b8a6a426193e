import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { availableStacks } from "../../sandbox/stack-file";
import { repository } from "../support/sandbox";

const folder = join(repository, ".github", "workflows");
const workflows = readdirSync(folder).sort();

/** https://github.com/rhysd/actionlint/releases */
const actionlintVersion = "v1.7.12";

/** actionlint from Go's module registry, built once a machine. */
function actionlint(): string {
    const bin = join(homedir(), ".cache", "platforms-tools", `actionlint-${actionlintVersion}`);
    const tool = join(bin, "actionlint");
    if (!existsSync(tool)) {
        mkdirSync(bin, { recursive: true });
        const built = spawnSync("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@${actionlintVersion}`], {
            env: { ...process.env, GOBIN: bin },
            encoding: "utf8",
        });
        assert.equal(built.status, 0, `actionlint can't be built: ${built.error?.message ?? built.stderr}`);
    }
    return tool;
}

interface Workflow {
    readonly permissions?: unknown;
    readonly concurrency?: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
    readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

describe("workflows", function () {
    this.timeout(300_000);

    it("are clean by actionlint, which finds a fault where there is one", () => {
        const lint = (args: readonly string[], input?: string) =>
            spawnSync(actionlint(), ["-no-color", ...args], { cwd: repository, encoding: "utf8", input });
        const clean = lint(workflows.map((file) => join(".github", "workflows", file)));
        assert.equal(clean.status, 0, clean.stdout + clean.stderr);
        const broken = readFileSync(join(folder, "main.yml"), "utf8").replace("runs-on: ubuntu-24.04", "runs-on: vax");
        assert.equal(lint(["-"], broken).status, 1);
    });

    for (const file of workflows) {
        const text = readFileSync(join(folder, file), "utf8");
        const workflow = parse(text) as Workflow;
        const jobs = Object.entries(workflow.jobs);

        it(`${file} pins every action by its commit and says which version that is`, () => {
            const uses = text.split("\n").filter((line) => /\buses:/.test(line));
            assert.deepEqual(
                uses.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
                [],
            );
        });

        it(`${file} starts with the right to read and adds only what a job names`, () => {
            assert.deepEqual(workflow.permissions, { contents: "read" });
            const more = jobs.flatMap(([, { permissions }]) =>
                Object.entries(permissions ?? {}).flatMap(([scope, level]) => (level === "write" ? [scope] : [])),
            );
            const known = ["security-events", "id-token", "pull-requests"];
            assert.deepEqual(
                more.filter((scope) => !known.includes(scope)),
                [],
            );
            assert.ok(workflow.concurrency);
            assert.deepEqual(
                jobs.filter(([, job]) => job["timeout-minutes"] === undefined).map(([name]) => name),
                [],
            );
        });

        it(`${file} hands nothing that others write to a shell but through the environment`, () => {
            const scripts = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
            assert.deepEqual(
                scripts.filter((script) => script.includes("${{")),
                [],
            );
        });
    }

    it("preview every stack there is", () => {
        const scripts = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const previewed = (scripts.scripts["preview:all"] ?? "").split(" ").slice(3).sort();
        assert.deepEqual(previewed, availableStacks(repository));
    });
});
