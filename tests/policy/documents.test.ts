import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { catalogue } from "../../policy/engine/catalogue";
import { rules } from "../../policy/rules";
import { matrix, matrixDocument } from "./support/matrix";

const controls = new Set(
    readFileSync("tests/policy/fixtures/fsbp-controls.txt", "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#")),
);

describe("documents of the policy pack", () => {
    it("RULES.md says what the rules say", () => {
        assert.equal(readFileSync("policy/RULES.md", "utf8"), catalogue(rules), "run npm run generate");
    });

    it("docs/policy-matrix.md says what the matrix says", () => {
        assert.equal(readFileSync("docs/policy-matrix.md", "utf8"), matrixDocument(), "run npm run generate");
    });

    it("the matrix names every rule, and only rules that have cases", () => {
        const named = new Set(matrix.flatMap((row) => row.rules));
        assert.deepEqual([...named].sort(), rules.map(({ id }) => id).sort());
        for (const id of named) {
            assert.ok(existsSync(`tests/policy/cases/${id}.ts`), id);
        }
    });

    it("ids are unique, in kebab-case, and every rule says why, what to do and where to read on", () => {
        assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
        for (const rule of rules) {
            assert.match(rule.id, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/);
            assert.ok(rule.why.length > 20 && rule.remediation.length > 10, rule.id);
            assert.match(rule.url, /^https:\/\//);
        }
    });

    it("a rule lies in the folder of its category", () => {
        for (const rule of rules) {
            const folder = `policy/rules/${rule.category}`;
            assert.ok(existsSync(folder), folder);
            assert.ok(existsSync(`${folder}/${rule.id}.ts`), `${folder}/${rule.id}.ts`);
        }
    });

    it("controls of AWS's best practices are ones that AWS lists", () => {
        const named = rules.flatMap((rule) =>
            rule.frameworks.filter(({ name }) => name === "AWS FSBP").map(({ control }) => control),
        );
        assert.deepEqual(
            named.filter((control) => !controls.has(control)),
            [],
        );
    });
});
