import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxError } from "../../sandbox/errors";
import { locateCli } from "../../sandbox/pulumi-cli/locate";
import { STAND_IN_KEY } from "../../sandbox/stack-config";
import { plainEnvironment, TemporarySandbox } from "../support/sandbox";

const PLAINTEXT = "correct-horse-battery-staple";
const PASSPHRASE = "a passphrase of the team's";

describe("secrets of a stack file", () => {
    let sandbox: TemporarySandbox;
    let encrypted: string;
    const withPassphrase = plainEnvironment({ PULUMI_CONFIG_PASSPHRASE: PASSPHRASE });

    /** A stack file made as people make one: with the CLI and `--secret`. */
    before(async function () {
        this.timeout(400_000); // the first run on a machine may have to build the CLI
        sandbox = new TemporarySandbox();
        const cli = await locateCli();
        const elsewhere = join(sandbox.folder, "elsewhere");
        mkdirSync(join(elsewhere, "state"), { recursive: true });
        writeFileSync(join(elsewhere, "Pulumi.yaml"), "name: fixture\nruntime: nodejs\n");
        const env = {
            ...withPassphrase,
            PULUMI_HOME: join(elsewhere, "home"),
            PULUMI_BACKEND_URL: `file://${join(elsewhere, "state")}`,
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        for (const args of [
            ["stack", "init", "dev"],
            ["config", "set", "fixture:buckets", "1"],
            ["config", "set", "--secret", "fixture:password", PLAINTEXT],
            ["config", "set", "--secret", "--path", "fixture:nested.list[0].token", PLAINTEXT],
        ]) {
            execFileSync(cli, [...args, "--non-interactive"], { cwd: elsewhere, env, stdio: "pipe" });
        }
        encrypted = readFileSync(join(elsewhere, "Pulumi.dev.yaml"), "utf8");
        assert.ok(!encrypted.includes(PLAINTEXT));
    });
    after(() => sandbox.remove());

    it("are used with the team's passphrase, and never written in plain text", async () => {
        const configFile = sandbox.stackFile(encrypted, "Pulumi.encrypted.yaml");
        const up = await sandbox.run("up", "real", [], { configFile, environment: withPassphrase });
        assert.equal(up.code, 0, up.stdout + up.stderr);
        assert.match(up.stdout, /password: \[secret\]/);
        assert.doesNotMatch(up.said, /placeholder/);
        const shown = await sandbox.run("export", "real", ["--show-secrets"], {
            configFile,
            environment: withPassphrase,
        });
        assert.match(shown.stdout, new RegExp(PLAINTEXT), "the program got the real value");
        for (const output of [up.stdout, up.stderr, up.said]) {
            assert.ok(!output.includes(PLAINTEXT));
        }
        assert.deepEqual(sandbox.filesWith(PLAINTEXT), []);
        assert.equal(readFileSync(configFile, "utf8"), encrypted, "the person's file is as it was");
    });

    it("refuse a state that was made with another key, saying what to do", async () => {
        const configFile = sandbox.stackFile(encrypted, "Pulumi.encrypted.yaml");
        await assert.rejects(
            sandbox.run("preview", "real", [], { configFile }),
            (error) =>
                error instanceof SandboxError &&
                /made with PULUMI_CONFIG_PASSPHRASE set; .*npm run sandbox -- reset real/.test(error.message),
        );
    });

    const providers: readonly [string, string, RegExp][] = [
        ["a passphrase that isn't given", "", /set PULUMI_CONFIG_PASSPHRASE to use the values$/],
        ["Pulumi Cloud", "none", /the sandbox doesn't reach Pulumi Cloud$/],
        [
            "a KMS key",
            "secretsprovider: awskms://alias/platforms?region=us-east-2\nencryptedkey: AQICAHh=\n",
            /the sandbox doesn't reach awskms:\/\/alias\/platforms$/,
        ],
    ];
    for (const [provider, head, reason] of providers) {
        it(`become placeholders that stay secret where they are encrypted by ${provider}`, async () => {
            const content =
                head === "" ? encrypted : encrypted.replace(/^encryptionsalt: .*\n/, head === "none" ? "" : head);
            const configFile = sandbox.stackFile(content, "Pulumi.unreachable.yaml");
            const stack = `unreachable-${providers.findIndex(([name]) => name === provider)}`;
            const up = await sandbox.run("up", stack, [], { configFile });
            assert.equal(up.code, 0, up.stdout + up.stderr);
            const [notice = ""] = up.said.split("\n");
            assert.match(
                notice,
                /^sandbox: placeholders stand for fixture:password, fixture:nested\.list\[0\]\.token: /,
            );
            assert.match(notice, reason);
            assert.match(up.stdout, /password: \[secret\]/);
            assert.ok(!up.stdout.includes(STAND_IN_KEY.placeholder));
            assert.deepEqual(sandbox.filesWith(STAND_IN_KEY.placeholder), []);
            const shown = await sandbox.run("export", stack, ["--show-secrets"], { configFile });
            assert.match(shown.stdout, new RegExp(STAND_IN_KEY.placeholder), "it is what the program got");
            assert.equal(readFileSync(configFile, "utf8"), content, "the person's file is as it was");
        });
    }

    it("stay out of an error that the program dies with", async () => {
        const configFile = sandbox.stackFile(encrypted, "Pulumi.encrypted.yaml");
        const up = await sandbox.run("up", "failing", [], {
            configFile,
            environment: withPassphrase,
            failOn: "bucket-0",
        });
        assert.notEqual(up.code, 0);
        assert.ok(!(up.stdout + up.stderr + up.said).includes(PLAINTEXT));
        assert.deepEqual(sandbox.filesWith(PLAINTEXT), []);
    });
});
