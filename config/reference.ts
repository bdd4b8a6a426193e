import type { z } from "zod";
import { alternatives, inputSchema, type JsonSchema } from "./schema-map";

interface Row {
    readonly path: string;
    readonly type: string;
    /** As it is written in YAML; `required` where there is none. */
    readonly fallback: string;
    readonly allowed: string;
    readonly description: string;
}

/** The table of all config keys, in Markdown: one section for each platform. */
export function configReference(stack: z.ZodType, namespace: string): string {
    const schema = inputSchema(stack);
    const keys = Object.entries(schema.properties ?? {});
    const isSection = ([, key]: [string, JsonSchema]) => key.properties !== undefined;
    const rowsOf = ([key, child]: [string, JsonSchema]) =>
        rows(child, `${namespace}:${key}`, schema.required?.includes(key) ?? false);
    const sections = keys.filter(isSection).map(([key, child]) => {
        const [, ...inner] = rowsOf([key, child]);
        return [`## ${namespace}:${key}`, child.description ?? "", table(inner, `${namespace}:${key}.`)];
    });
    return `${[
        "# Config reference",
        "Generated from config/schema.ts by `npm run generate`; a test keeps it up to date. How to set these keys: [config.md](config.md).",
        "## Whole stack",
        table(
            keys.filter((key) => !isSection(key)).flatMap((key) => rowsOf(key)),
            "",
        ),
        ...sections.flat(),
    ]
        .filter((part) => part !== "")
        .join("\n\n")}\n`;
}

function table(all: readonly Row[], prefix: string): string {
    const lines = all.map((row) =>
        [code(row.path.slice(prefix.length)), row.type, row.fallback, row.allowed, row.description].map(cell),
    );
    return [["Key", "Type", "Default", "Allowed", "Meaning"], ["---", "---", "---", "---", "---"], ...lines]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n");
}

const code = (text: string) => `\`${text}\``;

const cell = (text: string) => text.replaceAll("\n", " ").replaceAll("|", "\\|");

function rows(schema: JsonSchema, path: string, required: boolean): Row[] {
    const row = {
        path,
        type: typeName(schema),
        fallback: required ? "required" : schema.default === undefined ? "none" : code(JSON.stringify(schema.default)),
        allowed: allowed(schema),
        description: schema.description ?? "",
    };
    return [row, ...alternatives(schema).flatMap((option) => inside(option, path))];
}

function inside(schema: JsonSchema, path: string): Row[] {
    const named = Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
        rows(child, `${path}.${key}`, schema.required?.includes(key) ?? false),
    );
    // a list or map of plain values is told in its own row
    const repeated = [
        ...(schema.items ? [{ child: schema.items, suffix: "[]" }] : []),
        ...(typeof schema.additionalProperties === "object"
            ? [{ child: schema.additionalProperties, suffix: ".<name>" }]
            : []),
    ].flatMap(({ child, suffix }) => inside(child, `${path}${suffix}`));
    return [...named, ...repeated];
}

function typeName(schema: JsonSchema): string {
    if (schema.writeOnly) {
        return "secret";
    }
    const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
    if (schema.type === undefined && values === undefined) {
        return [...new Set(alternatives(schema).slice(1).map(typeName))].join(" or ") || "any";
    }
    const names: Record<string, string> = {
        string: "text",
        integer: "whole number",
        array: "list",
        boolean: "true or false",
    };
    const type = schema.type ?? typeof values?.[0];
    if (schema.items) {
        return `list of ${typeName(schema.items)}`;
    }
    return typeof schema.additionalProperties === "object"
        ? `map of ${typeName(schema.additionalProperties)}`
        : (names[type] ?? type);
}

function allowed(schema: JsonSchema): string {
    const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
    const element = schema.items ?? schema.additionalProperties;
    const each = typeof element === "object" ? allowed(element) : "";
    return [
        values.map((value) => code(String(value))).join(", "),
        range(schema.minimum, schema.maximum, ""),
        range(schema.minLength, schema.maxLength, "character"),
        range(schema.minItems, schema.maxItems, "item"),
        schema.errorMessage?.replace(/^expected /, "") ?? (schema.pattern === undefined ? "" : code(schema.pattern)),
        each === "" ? "" : `each ${each}`,
    ]
        .filter((part) => part !== "")
        .join("; ");
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
    if (min === undefined && max === undefined) {
        return "";
    }
    const text = max === undefined ? `at least ${min}` : min === undefined ? `at most ${max}` : `${min} to ${max}`;
    return unit === "" ? text : `${text} ${unit}${(max ?? min) === 1 ? "" : "s"}`;
}
