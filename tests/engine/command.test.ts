import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { availableStacks } from "../../sandbox/stack-file";
import { plainEnvironment, Running, repository, TemporarySandbox } from "../support/sandbox";

/** The command as `npm run` starts it, on this project. */
describe("npm run sandbox", () => {
    let sandbox: TemporarySandbox;
    beforeEach(() => {
        sandbox = new TemporarySandbox(repository);
    });
    afterEach(() => sandbox.remove());

    async function command(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
        const running = new Running(
            spawn(process.execPath, ["--import", "tsx", join("sandbox", "main.ts"), ...args], {
                cwd: repository,
                env: plainEnvironment({ PLATFORMS_SANDBOX_DIR: sandbox.folder }),
                stdio: ["ignore", "pipe", "pipe"],
            }),
        );
        const code = await running.ended;
        return { code, stdout: running.stdout, stderr: running.stderr };
    }

    const minimal = () => sandbox.stackFile("config:\n  platforms:environment: dev\n");

    it("prints pulumi's JSON and nothing else on standard output with --json", async () => {
        const { code, stdout, stderr } = await command("preview", "given", "--json", "--config-file", minimal());
        assert.equal(code, 0, stderr);
        const plan = JSON.parse(stdout) as { config: Record<string, string>; steps: unknown[] };
        assert.equal(plan.config["platforms:environment"], "dev");
        assert.ok(plan.steps.length >= 1);
        assert.match(stderr, /^sandbox: real engine/m);
    });

    it("hands pulumi's own complaint and exit code on for a flag that it doesn't know", async () => {
        const { code, stderr } = await command("preview", "given", "--no-such-flag", "--config-file", minimal());
        assert.equal(code, 255);
        assert.match(stderr, /unknown flag: --no-such-flag/);
    });

    it("prints the faults of a stack file and nothing else, and creates nothing", async () => {
        const file = sandbox.stackFile(
            "config:\n  platforms:environment: DEV\n  platforms:unknownPlatform:\n    secret: hidden-value\n",
        );
        const { code, stdout, stderr } = await command("up", "given", "--config-file", file);
        assert.equal(code, 1);
        assert.equal(stdout, "");
        const lines = stderr.trimEnd().split("\n");
        assert.equal(lines.length, 2, stderr);
        assert.match(lines[0] ?? "", /^platforms:environment: expected .*, got "DEV"; /);
        assert.match(lines[1] ?? "", /^platforms:unknownPlatform: expected one of the keys .*; remove it/);
        assert.doesNotMatch(stderr, /hidden-value/);
        assert.deepEqual(
            ["state", "cloud", "config", "home"].filter((name) => existsSync(join(sandbox.folder, name))),
            [],
        );
    });

    it("names file, line and fault of malformed YAML", async () => {
        const file = sandbox.stackFile("config:\n  platforms:environment: [dev\n");
        const { code, stderr } = await command("preview", "given", "--config-file", file);
        assert.equal(code, 1);
        assert.match(stderr, /^sandbox: .*Pulumi\.given\.yaml:3:1: .*\n$/);
    });

    it("lists the stacks there are when the one named isn't", async () => {
        const { code, stdout, stderr } = await command("preview", "nonesuch");
        assert.equal(code, 2);
        assert.equal(stdout, "");
        assert.match(stderr, /^there is no stack nonesuch \(no Pulumi\.nonesuch\.yaml\)/);
        for (const stack of availableStacks(repository)) {
            assert.match(stderr, new RegExp(`^Stacks: .*\\b${stack}\\b`, "m"));
        }
    });

    it("explains itself", async () => {
        const { code, stdout } = await command("--help");
        assert.equal(code, 0);
        assert.match(stdout, /npm run preview -- <stack>/);
        const missing = await command("preview");
        assert.equal(missing.code, 2);
        assert.match(missing.stderr, /^expected a stack after preview/);
    });

    it("leaves the repository's stack files as they are", async () => {
        const file = minimal();
        const before = readFileSync(file, "utf8");
        await command("up", "given", "--no-policy", "--config-file", file);
        assert.equal(readFileSync(file, "utf8"), before);
    });
});
