import assert from "node:assert/strict";
import { stringify } from "yaml";
import { repository, TemporarySandbox } from "../support/sandbox";
import { configWith } from "../support/transcription";

interface Step {
    readonly op: string;
    readonly urn: string;
    readonly diffReasons?: readonly string[];
    readonly replaceReasons?: readonly string[];
}

const stack = "dev";

describe("a new version of a transcription service", function () {
    this.timeout(240_000);
    const sandbox = new TemporarySandbox(repository);
    after(() => sandbox.remove());

    const stackFile = (more: Record<string, unknown>) =>
        sandbox.stackFile(
            stringify({
                config: {
                    "pulumi:disable-default-providers": ["aws", "kubernetes"],
                    "platforms:environment": "test",
                    "platforms:transcription": configWith({ deletionProtection: false, ...more }),
                },
            }),
        );
    const whisper = (tag: string) => ({ services: { transcription: { image: `thoth/transcription:${tag}` } } });
    /** Policies have a test of their own with all stacks. */
    const run = (command: "up" | "preview", more: Record<string, unknown>, flags: readonly string[] = []) =>
        sandbox.run(command, stack, flags, { configFile: stackFile(more), policy: false });

    async function changes(more: Record<string, unknown>): Promise<readonly Step[]> {
        const preview = await run("preview", more, ["--json"]);
        assert.equal(preview.code, 0, preview.stderr);
        return (JSON.parse(preview.stdout) as { steps: Step[] }).steps.filter(({ op }) => op !== "same");
    }
    const summary = (steps: readonly Step[]) =>
        [...new Set(steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`))].sort();

    before(async () => {
        const up = await run("up", whisper("1.0.0"));
        assert.equal(up.code, 0, up.stdout.slice(-3000) + up.stderr);
    });

    it("replaces the task definition of this service and updates this service, nothing else", async () => {
        const steps = await changes(whisper("1.1.0"));
        assert.deepEqual(summary(steps), [
            "replace transcription-service-transcription-definition",
            "update transcription-service-transcription-service",
        ]);
    });

    it("has nothing left to do afterwards", async () => {
        const up = await run("up", whisper("1.1.0"));
        assert.equal(up.code, 0, up.stdout.slice(-3000) + up.stderr);
        assert.deepEqual(await changes(whisper("1.1.0")), []);
    });

    it("adds a zone without touching the others", async () => {
        const ids = async () => {
            const kept = /^aws:(efs\/mountTarget|ec2\/route:|ec2\/subnet|rds\/instance|ecs\/service)/;
            const all = (await sandbox.resources(stack)).filter(({ type }) => kept.test(type));
            return new Map(all.map(({ urn, id }) => [urn, id]));
        };
        const earlier = await ids();
        const zones = { network: { availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"] } };
        const up = await run("up", { ...whisper("1.1.0"), ...zones });
        assert.equal(up.code, 0, up.stdout.slice(-3000) + up.stderr);
        const later = await ids();
        assert.ok(earlier.size > 15);
        assert.deepEqual(
            [...earlier].filter(([urn, id]) => later.get(urn) !== id),
            [],
        );
        const added = [...later.keys()].filter((urn) => !earlier.has(urn)).map((urn) => urn.split("::").at(-1) ?? "");
        assert.ok(
            ["transcription-files-us-east-1c", "transcription-peering-to-shared-us-east-1c"].every((name) =>
                added.includes(name),
            ),
            added.join(),
        );
    });
});
