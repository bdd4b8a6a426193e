import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A list of cases kept beside the tests as YAML, for texts that read badly inside TypeScript. */
export function readCases<Case extends { readonly name: string }>(path: string): readonly Case[] {
    return parse(readFileSync(join(__dirname, "..", path), "utf8")) as readonly Case[];
}
