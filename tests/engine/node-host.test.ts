import assert from "node:assert/strict";
import { nodeHost } from "../support/node-host";
import { repository, TemporarySandbox } from "../support/sandbox";

/** Plain `pulumi up` runs the program in a process of its own, started by the options in Pulumi.yaml. */
describe("the program in Pulumi's own Node.js runner", () => {
    const sandbox = new TemporarySandbox(repository);
    after(() => sandbox.remove());
    const serve = () => nodeHost(repository);

    it("plans what the sandbox plans", async () => {
        const own = await sandbox.run("preview", "local", [], { serve, policy: false });
        assert.equal(own.code, 0, own.stdout + own.stderr);
        const { stdout } = await sandbox.run("preview", "local", [], { policy: false });
        const summary = /Resources:\n\s+(.*)/;
        assert.match(own.stdout, summary);
        assert.equal(summary.exec(own.stdout)?.[1], summary.exec(stdout)?.[1]);
    });

    it("prints the faults of a config without a stack trace", async () => {
        const configFile = sandbox.stackFile("config:\n  platforms:environment: DEV\n");
        const { code, stdout, stderr } = await sandbox.run("preview", "local", [], {
            serve,
            configFile,
            checkConfig: undefined,
            policy: false,
        });
        assert.notEqual(code, 0);
        assert.match(
            stdout + stderr,
            /the config of stack local has faults:\s+platforms:environment: expected a short lower-case environment name such as dev, got "DEV"/,
        );
        assert.doesNotMatch(stdout + stderr, /\n\s+at /);
        assert.deepEqual(await sandbox.resources("local"), []);
    });
});
