import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { settingsOf } from "../../policy/engine/settings";
import { rules } from "../../policy/rules";

const folder = "policy/config";
const levels = z.enum(["advisory", "mandatory", "remediate", "disabled"]);
const settings = z.looseObject({ enforcementLevel: levels.optional() });

describe("the stacks' policy config", () => {
    it("is there for every stack", () => {
        const stacks = readdirSync(".").flatMap((name) => /^Pulumi\.(\w+)\.yaml$/.exec(name)?.[1] ?? []);
        for (const stack of stacks) {
            assert.ok(readdirSync(folder).includes(`${stack}.json`), stack);
        }
    });

    for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
        it(`${file} names rules that there are, with settings that they have`, () => {
            const config = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Readonly<Record<string, unknown>>;
            for (const [id, value] of Object.entries(config)) {
                const rule = rules.find((candidate) => candidate.id === id);
                // The engine takes "all" for a level of every rule: exceptions are made one by one.
                assert.ok(rule, `there is no rule ${id}`);
                if (typeof value === "string") {
                    levels.parse(value);
                } else {
                    const { enforcementLevel: _, ...own } = settings.parse(value);
                    settingsOf(rule, own);
                }
            }
        });

        it(`${file} lets no exemption run for more than a year`, () => {
            const text = readFileSync(`${folder}/${file}`, "utf8");
            const limit = new Date(Date.now() + 366 * 24 * 3600 * 1000).toISOString().slice(0, 10);
            for (const [, date = ""] of text.matchAll(/"expires": "([^"]*)"/g)) {
                assert.ok(date <= limit, date);
            }
        });
    }
});
