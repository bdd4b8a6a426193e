import assert from "node:assert/strict";
import { TemporarySandbox } from "../support/sandbox";

describe("a stack's life in the sandbox", () => {
    const sandbox = new TemporarySandbox();
    after(() => sandbox.remove());

    const bucket = (index: number) =>
        `urn:pulumi:dev::fixture::fixture:index:Chain$aws:s3/bucket:Bucket::bucket-${index}`;
    const bucketsInCloud = () =>
        sandbox
            .cloud("dev")
            .map((resource) => resource.id)
            .sort();
    const allBuckets = [0, 1, 2, 3, 4, 5].map((index) => `dev-bucket-${index}`);

    it("previews without creating anything", async () => {
        const preview = await sandbox.run("preview", "dev");
        assert.equal(preview.code, 0, preview.stdout + preview.stderr);
        assert.match(preview.stdout, /\+ 8 to create/);
        assert.deepEqual(bucketsInCloud(), []);
        assert.deepEqual(await sandbox.resources("dev"), []);
    });

    it("says once that it is a sandbox and what it does not prove", async () => {
        const { said, stdout } = await sandbox.run("preview", "dev");
        assert.equal(
            said,
            "sandbox: real engine, program and policies; stand-in cloud. Permissions, quotas and checks of the real services are not proven.",
        );
        assert.doesNotMatch(stdout, /sandbox/);
    });

    it("creates every resource once", async () => {
        const up = await sandbox.run("up", "dev");
        assert.equal(up.code, 0, up.stdout + up.stderr);
        assert.match(up.stdout, /\+ 8 created/);
        assert.deepEqual(bucketsInCloud(), allBuckets);
        const made = (await sandbox.resources("dev")).filter((resource) => resource.type === "aws:s3/bucket:Bucket");
        assert.deepEqual(made.map((resource) => resource.id).sort(), allBuckets);
    });

    it("finds nothing to do in a second preview", async () => {
        const preview = await sandbox.run("preview", "dev", ["--expect-no-changes"]);
        assert.equal(preview.code, 0, preview.stdout + preview.stderr);
        assert.match(preview.stdout, /8 unchanged/);
    });

    it("exits as pulumi does when changes were not expected", async () => {
        const preview = await sandbox.run("preview", "dev", ["--expect-no-changes"], {
            configFile: sandbox.stackFile("config:\n  fixture:buckets: 7\n"),
        });
        assert.notEqual(preview.code, 0);
        assert.match(preview.stderr, /no changes were expected/);
    });

    it("changes only the target", async () => {
        const up = await sandbox.run("up", "dev", ["--target", bucket(5)], {
            configFile: sandbox.stackFile("config:\n  fixture:buckets: 6\n  fixture:tag: new\n"),
        });
        assert.equal(up.code, 0, up.stdout + up.stderr);
        assert.match(up.stdout, /~ 1 updated/);
        const tags = (await sandbox.resources("dev"))
            .filter((resource) => resource.type === "aws:s3/bucket:Bucket")
            .map((resource) => (resource.inputs?.["tags"] as { tag: string } | undefined)?.tag);
        assert.deepEqual(tags.sort(), ["new", "none", "none", "none", "none", "none"]);
    });

    it("refreshes what is there without finding drift", async () => {
        const refresh = await sandbox.run("refresh", "dev", ["--expect-no-changes"]);
        assert.equal(refresh.code, 0, refresh.stdout + refresh.stderr);
        assert.deepEqual(bucketsInCloud(), allBuckets);
    });

    it("destroys to zero", async () => {
        const destroy = await sandbox.run("destroy", "dev");
        assert.equal(destroy.code, 0, destroy.stdout + destroy.stderr);
        assert.match(destroy.stdout, /- 8 deleted/);
        assert.deepEqual(bucketsInCloud(), []);
        assert.deepEqual(await sandbox.resources("dev"), []);
    });

    it("forgets a stack on reset", async () => {
        const { said, code } = await sandbox.run("reset", "dev");
        assert.equal(code, 0);
        assert.equal(said, "sandbox: stack dev forgotten");
        assert.deepEqual(
            sandbox.filesWith("dev-bucket-0").filter((path) => !path.includes("/home/")),
            [],
        );
    });
});
