import assert from "node:assert/strict";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { readCases } from "../support/cases";
import { rawConfig } from "../support/stack-file";

describe("a bad stack file is refused with all its faults", () => {
    const cases = readCases<{ name: string; stack: string; faults: string }>("config/bad-stacks.yaml");

    for (const { name, stack, faults } of cases) {
        it(name, () => {
            const parsed = parseConfig(rawConfig(stack));
            assert.equal(parsed.ok ? "no fault" : `${formatFaults(parsed.faults)}\n`, faults);
        });
    }
});
