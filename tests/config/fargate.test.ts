import assert from "node:assert/strict";
import fc from "fast-check";
import { fargateSizeProblem } from "../../config/fargate";

/** The rows of AWS's table, in GiB, written down apart from the code: [CPU units, first, last, step]. */
const rows = [
    [512, 1, 4, 1],
    [1024, 2, 8, 1],
    [2048, 4, 16, 1],
    [4096, 8, 30, 1],
    [8192, 16, 60, 4],
    [16384, 32, 120, 8],
] as const;

const offered = (cpu: number, memory: number): boolean =>
    cpu === 256
        ? [512, 1024, 2048].includes(memory)
        : rows.some(
              ([units, first, last, step]) =>
                  units === cpu &&
                  memory % 1024 === 0 &&
                  memory / 1024 >= first &&
                  memory / 1024 <= last &&
                  (memory / 1024 - first) % step === 0,
          );

describe("Fargate's task sizes", () => {
    it("takes exactly the pairs of AWS's table", () => {
        let count = 0;
        for (const cpu of [256, 512, 1024, 2048, 4096, 8192, 16384]) {
            for (let memory = 256; memory <= 131_072; memory += 256) {
                assert.equal(fargateSizeProblem(cpu, memory) === undefined, offered(cpu, memory), `${cpu}/${memory}`);
                count += offered(cpu, memory) ? 1 : 0;
            }
        }
        assert.equal(count, 74);
    });

    it("refuses everything else, and names the number that is wrong", () => {
        fc.assert(
            fc.property(fc.integer({ min: -1, max: 200_000 }), fc.integer({ min: -1, max: 200_000 }), (cpu, memory) => {
                const problem = fargateSizeProblem(cpu, memory);
                assert.equal(problem === undefined, offered(cpu, memory));
                if (problem !== undefined) {
                    assert.equal(
                        problem.key,
                        [256, ...rows.map(([units]) => units)].some((u) => u === cpu) ? "memory" : "cpu",
                    );
                }
            }),
        );
        assert.deepEqual(fargateSizeProblem(300, 512), {
            key: "cpu",
            expected: "CPU units that Fargate offers (256, 512, 1024, 2048, 4096, 8192, 16384)",
        });
        assert.deepEqual(fargateSizeProblem(256, 4096), {
            key: "memory",
            expected: "MiB that Fargate offers with 256 CPU units (512, 1024, 2048)",
        });
        assert.deepEqual(fargateSizeProblem(8192, 17408), {
            key: "memory",
            expected: "MiB that Fargate offers with 8192 CPU units (16384 to 61440 in steps of 4096)",
        });
    });
});
