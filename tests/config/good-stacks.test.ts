import assert from "node:assert/strict";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { readCases } from "../support/cases";
import { rawConfig } from "../support/stack-file";

describe("a good stack file passes", () => {
    for (const { name, stack } of readCases<{ name: string; stack: string }>("config/good-stacks.yaml")) {
        it(name, () => {
            const parsed = parseConfig(rawConfig(stack));
            assert.equal(parsed.ok ? "" : formatFaults(parsed.faults), "");
        });
    }

    it("with every default filled in", () => {
        const parsed = parseConfig(
            rawConfig(`
                config:
                    platforms:environment: dev
                    platforms:demoApp:
                        eks: {accountId: "111111111111", region: us-east-2}
            `),
        );
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.config.tags, {});
        assert.equal(parsed.config.demoApp?.backend.replicas, 2);
        assert.deepEqual(parsed.config.demoApp?.eks?.nodes, {
            instanceTypes: ["t3.large"],
            minSize: 2,
            maxSize: 4,
            spot: false,
        });
    });
});
