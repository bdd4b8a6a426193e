import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describeExposures, exemptedEdges } from "../../policy/domain/exposure-report";
import { stackOfExport } from "../../policy/domain/stack-export";

const file = "tests/policy/fixtures/exposed-stack.json";
const stack = stackOfExport(JSON.parse(readFileSync(file, "utf8")));
const edge = "LoadBalancer web (public load balancer, port 443 by group edge)";

const paths = [
    `internet -> ${edge}`,
    "internet -> FunctionUrl hook (function URL)",
    `internet -> ${edge} -> Listener https (listener)`,
    `internet -> ${edge} -> Service api (port 8080 by group api)`,
    "internet -> FunctionUrl hook (function URL) -> Function hook (function URL)",
    `internet -> ${edge} -> Listener https (listener) -> TargetGroup api (listener)`,
    `internet -> ${edge} -> Service api (port 8080 by group api) -> Instance main (port 5432 by group store)`,
];

describe("exposure of a stack", () => {
    it("names each resource that the internet reaches, with its shortest path, and no other", () => {
        assert.deepEqual(
            describeExposures(stack, []),
            paths.map((path) => `${path}: under no exception`),
        );
    });

    it("says under which exception a path begins", () => {
        const reason = "The web application is for everyone";
        const config = {
            "load-balancer-public": {
                exemptions: [{ type: "aws:lb/loadBalancer:LoadBalancer", name: "web", reason, expires: "2026-12-31" }],
            },
            "log-retention": "mandatory",
        };
        const lines = (at: string) => describeExposures(stack, exemptedEdges(config, new Date(at)));
        const under = `under the exception of load-balancer-public until 2026-12-31 (${reason})`;
        assert.equal(lines("2026-06-01")[6], `${paths[6]}: ${under}`);
        assert.equal(lines("2026-06-01")[1], `${paths[1]}: under no exception`);
        assert.equal(lines("2027-06-01")[6], `${paths[6]}: under no exception`);
    });

    it("is empty for a stack that has no door", () => {
        assert.deepEqual(describeExposures(stackOfExport({ deployment: {} }), []), [
            "nothing can be reached from the internet",
        ]);
    });

    it("is printed from an export, read from a file or from standard input", () => {
        const run = (args: readonly string[], input?: string): string =>
            execFileSync(process.execPath, ["--import", "tsx", "policy/exposure.ts", ...args], {
                encoding: "utf8",
                input,
            });
        const expected = `${paths.map((path) => `${path}: under no exception`).join("\n")}\n`;
        assert.equal(run(["prod", "--file", file]), expected);
        assert.equal(run(["prod", "--file", "-"], readFileSync(file, "utf8")), expected);
        assert.throws(() => run([]), /usage: npm run exposure/);
    });
});
