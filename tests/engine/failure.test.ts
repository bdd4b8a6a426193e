import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "../../sandbox/errors";
import { TemporarySandbox } from "../support/sandbox";

describe("a deployment that goes wrong", () => {
    let sandbox: TemporarySandbox;
    beforeEach(() => {
        sandbox = new TemporarySandbox();
    });
    afterEach(() => sandbox.remove());

    /** Everything is there, and nothing of it was made more than once. */
    async function assertComplete(): Promise<void> {
        const made = sandbox.cloud("dev");
        assert.deepEqual(
            made.map((resource) => `${resource.id} ${resource.generation}`).sort(),
            [0, 1, 2, 3, 4, 5].map((index) => `dev-bucket-${index} 1`),
        );
        const preview = await sandbox.run("preview", "dev", ["--expect-no-changes"]);
        assert.equal(preview.code, 0, preview.stdout + preview.stderr);
        assert.doesNotMatch(preview.stdout, /pending operations/);
    }

    it("goes on where a failing provider stopped it", async () => {
        const failed = await sandbox.run("up", "dev", [], { failOn: "bucket-3" });
        assert.notEqual(failed.code, 0);
        assert.match(failed.stdout, /injected by the sandbox/);
        assert.equal(sandbox.cloud("dev").length, 3);
        const second = await sandbox.run("up", "dev");
        assert.equal(second.code, 0, second.stdout + second.stderr);
        assert.match(second.stdout, /\+ 3 created/);
        await assertComplete();
    });

    it("leaves a usable state after Ctrl-C", async () => {
        const first = sandbox.spawn(["up", "dev"], 400);
        await first.until(/bucket-1 created/);
        first.child.kill("SIGINT");
        assert.notEqual(await first.ended, 0);
        assert.match(first.stdout, /cancel/i);
        const made = sandbox.cloud("dev").length;
        assert.ok(made >= 2 && made < 6, `${made} buckets made`);
        assert.equal(sandbox.cliProcess("fixture", "dev"), undefined, "the lock is gone");
        const second = await sandbox.run("up", "dev");
        assert.equal(second.code, 0, second.stdout + second.stderr);
        assert.match(second.stdout, new RegExp(`\\+ ${6 - made} created`));
        await assertComplete();
    });

    it("goes on after the CLI was killed in the middle of a creation", async () => {
        const first = sandbox.spawn(["up", "dev"], 600);
        await first.until(/bucket-2 creating/);
        const cli = sandbox.cliProcess("fixture", "dev");
        assert.ok(cli !== undefined, "Pulumi's lock names the CLI's process");
        await sleep(200);
        process.kill(cli, "SIGKILL");
        assert.equal(await first.ended, 137);
        assert.ok(sandbox.cliProcess("fixture", "dev") !== undefined, "the killed CLI left its lock");
        const second = await sandbox.run("up", "dev");
        assert.equal(second.code, 0, second.stdout + second.stderr);
        assert.match(second.said, /killed while creating .*bucket-2; that is taken back first/);
        await assertComplete();
    });

    it("deploys two stacks side by side", async () => {
        const other = sandbox.stackFile("config:\n  fixture:buckets: 4\n", "Pulumi.other.yaml");
        const runs = [sandbox.spawn(["up", "dev"], 150), sandbox.spawn(["up", "other", "--config-file", other], 150)];
        assert.deepEqual(await Promise.all(runs.map((run) => run.ended)), [0, 0], runs.map((run) => run.stderr).join());
        assert.deepEqual([sandbox.cloud("dev").length, sandbox.cloud("other").length], [6, 4]);
        const destroyed = await sandbox.run("destroy", "other", [], { configFile: other });
        assert.equal(destroyed.code, 0);
        assert.deepEqual([sandbox.cloud("dev").length, sandbox.cloud("other").length], [6, 0]);
    });

    it("refuses a second change of the same stack at once, but previews beside it", async () => {
        const first = sandbox.spawn(["up", "dev"], 700);
        await first.until(/bucket-0 creating/);
        await assert.rejects(
            sandbox.run("up", "dev"),
            (error) => error instanceof SandboxError && /stack dev is being changed by another run/.test(error.message),
        );
        const preview = await sandbox.run("preview", "dev");
        assert.equal(preview.code, 0, preview.stdout + preview.stderr);
        assert.equal(await first.ended, 0, first.stdout);
        await assertComplete();
    });
});
