import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxDirectories } from "../../sandbox/directories";
import { engineEnvironment, isOutward } from "../../sandbox/engine";
import { SandboxError } from "../../sandbox/errors";
import { hold, isHeld } from "../../sandbox/holder";
import { engineArguments } from "../../sandbox/run";

describe("what the engine is started with", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "engine-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("keeps accounts, other backends and stray plugins out of the environment", () => {
        const directories = sandboxDirectories(folder, undefined);
        const environment = engineEnvironment(
            directories,
            { salt: "s", passphrase: "stand-in", placeholders: [] },
            {
                debugProviders: "aws:1",
                outer: {
                    PATH: "/bin",
                    AWS_PROFILE: "prod",
                    AWS_ACCESS_KEY_ID: "AKIA",
                    PULUMI_ACCESS_TOKEN: "pul-x",
                    PULUMI_BACKEND_URL: "s3://state",
                    PULUMI_STACK: "prod",
                    PULUMI_CONFIG_PASSPHRASE_FILE: "/file",
                    PULUMI_PARALLEL: "4",
                },
            },
        );
        assert.deepEqual(environment, {
            PATH: "/bin",
            PULUMI_PARALLEL: "4",
            PULUMI_BACKEND_URL: `file://${folder}/.sandbox/state`,
            PULUMI_HOME: join(folder, ".sandbox", "home"),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
            PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
            PULUMI_DEBUG_PROVIDERS: "aws:1",
            PULUMI_CONFIG_PASSPHRASE: "stand-in",
        });
        assert.ok(isOutward("AWS_REGION") && isOutward("PULUMI_ACCESS_TOKEN") && !isOutward("HOME"));
    });

    it("leaves the person's passphrase where it is used", () => {
        const environment = engineEnvironment(
            sandboxDirectories(folder, join(folder, "own")),
            { salt: "s", placeholders: [] },
            { outer: { PULUMI_CONFIG_PASSPHRASE: "theirs" } },
        );
        assert.equal(environment["PULUMI_CONFIG_PASSPHRASE"], "theirs");
        assert.equal(environment["PULUMI_BACKEND_URL"], `file://${folder}/own/state`);
        assert.ok(!("PULUMI_DEBUG_PROVIDERS" in environment));
    });

    it("has the policy pack, with the stack's settings where there are some, for preview and up only", () => {
        const options = { stack: "dev", projectDir: folder } as const;
        const pack = join(folder, "policy");
        assert.ok(!engineArguments({ ...options, command: "up" }, "c").includes("--policy-pack"));
        mkdirSync(join(pack, "config"), { recursive: true });
        writeFileSync(join(pack, "PulumiPolicy.yaml"), "");
        writeFileSync(join(pack, "config", "dev.json"), "{}");
        const common = ["--stack", "dev", "--config-file", "c", "--non-interactive"];
        const settings = ["--policy-pack", pack, "--policy-pack-config", join(pack, "config", "dev.json")];
        assert.deepEqual(engineArguments({ ...options, command: "preview", flags: ["--diff"] }, "c"), [
            "preview",
            ...common,
            ...settings,
            "--diff",
        ]);
        assert.deepEqual(engineArguments({ ...options, command: "up" }, "c"), [
            "up",
            ...common,
            "--yes",
            "--skip-preview",
            ...settings,
        ]);
        assert.deepEqual(engineArguments({ ...options, command: "up", stack: "qa", policy: false }, "c"), [
            "up",
            "--stack",
            "qa",
            ...common.slice(2),
            "--yes",
            "--skip-preview",
        ]);
        assert.deepEqual(
            engineArguments({ ...options, command: "up", policy: false, flags: ["--preview-only"] }, "c"),
            ["up", ...common, "--preview-only"],
        );
        for (const command of ["refresh", "destroy"] as const) {
            assert.deepEqual(engineArguments({ ...options, command }, "c"), [
                command,
                ...common,
                "--yes",
                "--skip-preview",
            ]);
        }
    });
});

describe("holding a stack", () => {
    let lock: string;
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "hold-"));
        lock = join(folder, "deep", "dev.lock");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("keeps others out until released", () => {
        const release = hold(lock, "stack dev");
        assert.throws(
            () => hold(lock, "stack dev"),
            (error) =>
                error instanceof SandboxError && /^stack dev is being changed by another run/.test(error.message),
        );
        release();
        hold(lock, "stack dev")();
    });

    it("takes over from a process that died, or that left half a file", () => {
        hold(lock, "stack dev");
        // beyond any system's largest process id
        for (const content of [JSON.stringify({ pid: 2 ** 30, hostname: hostname() }), '{"pid":']) {
            writeFileSync(lock, content);
            assert.ok(!isHeld(lock));
            hold(lock, "stack dev")();
            hold(lock, "stack dev");
        }
        assert.equal((JSON.parse(readFileSync(lock, "utf8")) as { pid: number }).pid, process.pid);
    });

    it("respects another machine's", () => {
        hold(lock, "stack dev");
        writeFileSync(lock, JSON.stringify({ pid: 2 ** 30, hostname: "another" }));
        assert.ok(isHeld(lock));
    });
});
