import assert from "node:assert/strict";
import { join } from "node:path";
import { repository, TemporarySandbox } from "../support/sandbox";
import { mandatory, relationFaults, resourceFaults } from "./fixtures/bad-stack/faults";

interface Violation {
    readonly policy: string;
    readonly level: string;
    readonly resource: string;
}

const line = /\[(mandatory|advisory)\](?: \[severity: \w+\])? {2}([\w-]+) {2}\((\S+): ([^)]+)\)/g;

function violations(output: string): readonly Violation[] {
    return [...output.matchAll(line)].map(([, level = "", policy = "", , resource = ""]) => ({
        policy,
        level,
        resource,
    }));
}

describe("a deliberately bad stack, on the real engine", () => {
    const sandbox = new TemporarySandbox(join(repository, "tests/policy/fixtures/bad-stack"));
    const flags = ["--policy-pack", join(repository, "policy")];

    after(() => sandbox.remove());

    it("fails, with each fault of a resource named once, and no other mandatory violation", async () => {
        const { code, stdout, stderr } = await sandbox.run("preview", "prod", flags);
        const found = violations(`${stdout}\n${stderr}`);
        assert.notEqual(code, 0);
        const faults = resourceFaults();
        const times = faults.map(({ rule, name }) => ({
            name,
            named: found.filter(({ policy, resource }) => policy === rule && resource === name).length,
        }));
        assert.deepEqual(
            times.filter(({ named }) => named !== 1),
            [],
        );
        const blocking = found.filter(({ level }) => level === "mandatory");
        const ruleOf = new Map(faults.map(({ name, rule }) => [name, rule]));
        assert.deepEqual(
            blocking.filter(({ policy, resource }) => ruleOf.get(resource) !== policy),
            [],
        );
        const expected = faults.filter(({ rule }) => mandatory.includes(rule)).map(({ name }) => name);
        assert.deepEqual(blocking.map(({ resource }) => resource).sort(), expected.sort());
    });

    it("fails, with each fault among resources named on the resource that has it", async () => {
        const { code, stdout, stderr } = await sandbox.run("preview", "relations", [
            ...flags,
            "--policy-pack-config",
            join(repository, "tests/policy/fixtures/bad-stack/relations-policy.json"),
        ]);
        const found = violations(`${stdout}\n${stderr}`);
        assert.notEqual(code, 0);
        for (const rule of new Set(relationFaults().map((resource) => resource.rule))) {
            const own = found.filter(
                ({ policy, resource }) =>
                    policy === rule && (resource.startsWith(rule) || resource.startsWith("bad-stack")),
            );
            assert.ok(own.length > 0, `${rule} is not named`);
        }
    });
});
