import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { canonicalType } from "../../policy/engine/resource";
import { isStackRule } from "../../policy/engine/rule";
import { rules } from "../../policy/rules";
import { allCases } from "./cases";

/** Names are read from the provider's own declarations: a rule that misspells one would be silent for ever. */
const folder = dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));

/** Declaration file by type token. */
function declarations(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const module of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
        for (const file of readdirSync(join(folder, module.name)).filter((name) => name.endsWith(".js"))) {
            const path = join(folder, module.name, file);
            const token = /__pulumiType = '([^']+)'/.exec(readFileSync(path, "utf8"))?.[1];
            if (token !== undefined) {
                found.set(token, path.replace(/\.js$/, ".d.ts"));
            }
        }
    }
    return found;
}

/** The argument names of a resource. */
function argumentsOf(path: string): ReadonlySet<string> {
    const text = readFileSync(path, "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
    const body = /export interface \w+Args \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? "";
    return new Set([...body.matchAll(/^ {4}(\w+)\??:/gm)].flatMap(([, name]) => name ?? []));
}

/** Properties of cases that a program cannot set, but a stack's state holds. */
const outputs = new Set(["id", "tagsAll"]);

describe("names in policy rules", () => {
    let files: ReadonlyMap<string, string>;

    before(() => {
        files = declarations();
    });

    it("every AWS type a rule names is one of the provider's", () => {
        const named = rules.flatMap((rule) =>
            isStackRule(rule) || typeof rule.types === "function" ? [] : rule.types,
        );
        const unknown = named.filter((type) => type.startsWith("aws:") && !files.has(type));
        assert.deepEqual(unknown, []);
    });

    it("every case sets arguments that the resource has", () => {
        const faults = new Set<string>();
        for (const list of allCases) {
            const resources =
                "cases" in list
                    ? list.cases.map(({ type, props }) => ({ type: type ?? list.type, props }))
                    : list.stackCases.flatMap((test) => test.resources);
            for (const { type, props } of resources.filter((resource) => resource.type.startsWith("aws:"))) {
                const path = files.get(type) ?? files.get(canonicalType(type));
                const known = path === undefined ? new Set<string>() : argumentsOf(path);
                for (const name of Object.keys(props).filter((key) => !known.has(key) && !outputs.has(key))) {
                    faults.add(`${list.rule}: ${type} has no ${name}`);
                }
            }
        }
        assert.deepEqual([...faults], []);
    });
});
