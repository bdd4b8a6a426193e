import { z } from "zod";
import { overlappingNetworks } from "./cross-platform";
import { configPath, describeGiven, type Fault } from "./faults";
import { type StackConfig, stackSchema } from "./schema";

/** A stack's config as the engine hands it out: texts by full key, objects as JSON. */
export interface RawConfig {
    /** `platforms:demoApp` -> `{"kubeContext":"kind-demo"}`. Keys of other namespaces are ignored. */
    readonly values: Readonly<Record<string, string>>;
    /** Full keys that hold at least one encrypted value. */
    readonly secretKeys: ReadonlySet<string>;
}

export type ParsedConfig =
    | { readonly ok: true; readonly config: StackConfig }
    | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks the whole config of a stack. Pure: no engine, no I/O. */
export function parseConfig(raw: RawConfig, namespace = "platforms"): ParsedConfig {
    const input: Record<string, unknown> = {};
    for (const [key, text] of Object.entries(raw.values)) {
        if (key.startsWith(`${namespace}:`)) {
            input[key.slice(namespace.length + 1)] = decode(text);
        }
    }
    const isSecretKey = (path: readonly PropertyKey[]) => raw.secretKeys.has(`${namespace}:${String(path[0])}`);
    const result = stackSchema.safeParse(input);
    const faults = [
        ...(result.success
            ? []
            : result.error.issues.flatMap((issue) => faultsOf(issue, input, namespace, isSecretKey))),
        ...plaintextSecrets(input, namespace, isSecretKey),
        ...overlappingNetworks(result.success ? result.data : input, namespace),
    ];
    return faults.length === 0 && result.success ? { ok: true, config: result.data } : { ok: false, faults };
}

/** Objects and lists reach the program as JSON text; everything else is the text itself. */
function decode(text: string): unknown {
    if (!/^\s*[[{]/.test(text)) {
        return text;
    }
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
        (value, key) =>
            value !== null && typeof value === "object" ? (value as Record<PropertyKey, unknown>)[key] : undefined,
        input,
    );
}

type Issue = z.core.$ZodIssue;

function faultsOf(
    issue: Issue,
    input: unknown,
    namespace: string,
    isSecretKey: (path: readonly PropertyKey[]) => boolean,
): Fault[] {
    const fullPath = (path: readonly PropertyKey[]) =>
        path.length === 0 ? namespace : configPath([`${namespace}:${String(path[0])}`, ...path.slice(1)]);
    if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => {
            const path = [...issue.path, key];
            return {
                path: fullPath(path),
                expected: `one of the keys ${knownKeys(issue.path).join(", ")}`,
                given: describeGiven(at(input, path), isSecretKey(path)),
                mend: `remove it with \`pulumi config rm --path '${fullPath(path)}'\` or correct its name`,
            };
        });
    }
    const path = issue.code === "invalid_key" ? issue.path.slice(0, -1) : issue.path;
    const params =
        issue.code === "custom" ? (issue.params as { given?: string; mend?: string } | undefined) : undefined;
    const value = at(input, issue.path);
    const secretField = secretPaths().some((pattern) => matches(pattern, issue.path));
    return [
        {
            path: fullPath(path),
            expected: issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : expectation(issue),
            given:
                params?.given ??
                (issue.code === "invalid_key"
                    ? JSON.stringify(issue.path.at(-1))
                    : describeGiven(value, isSecretKey(issue.path) || secretField)),
            mend:
                params?.mend ??
                `set it with \`pulumi config set ${secretField ? "--secret " : ""}--path '${fullPath(path)}'\``,
        },
    ];
}

/** Our own schemas say what they expect; this covers what zod says by itself about absent or mistyped values. */
function expectation(issue: Issue): string {
    if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
        return issue.expected === "object" || issue.expected === "record"
            ? "an object"
            : issue.expected === "array"
              ? "a list"
              : `a ${issue.expected}`;
    }
    return issue.message;
}

interface JsonSchema {
    readonly writeOnly?: boolean;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly additionalProperties?: JsonSchema | boolean;
    readonly items?: JsonSchema;
    readonly anyOf?: readonly JsonSchema[];
    readonly oneOf?: readonly JsonSchema[];
}

let cachedSchema: JsonSchema | undefined;

function jsonSchema(): JsonSchema {
    cachedSchema ??= z.toJSONSchema(stackSchema, {
        io: "input",
        unrepresentable: "any",
        reused: "inline",
    }) as JsonSchema;
    return cachedSchema;
}

function childSchemas(schema: JsonSchema): [PropertyKey, JsonSchema][] {
    return [
        ...Object.entries(schema.properties ?? {}),
        ...(typeof schema.additionalProperties === "object"
            ? [["*", schema.additionalProperties] as [PropertyKey, JsonSchema]]
            : []),
        ...(schema.items ? [["*", schema.items] as [PropertyKey, JsonSchema]] : []),
    ];
}

const alternatives = (schema: JsonSchema): readonly JsonSchema[] => [
    schema,
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
];

/** Keys that the object at a path may have, for "unknown key" faults. */
function knownKeys(path: readonly PropertyKey[]): string[] {
    let schemas: readonly JsonSchema[] = [jsonSchema()];
    for (const segment of path) {
        schemas = schemas
            .flatMap(alternatives)
            .flatMap(childSchemas)
            .filter(([key]) => key === "*" || key === segment)
            .map(([, child]) => child);
    }
    return [...new Set(schemas.flatMap(alternatives).flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

let cachedSecretPaths: readonly (readonly PropertyKey[])[] | undefined;

/** Paths of all secret fields, `*` standing for any list index or name. */
function secretPaths(): readonly (readonly PropertyKey[])[] {
    const walk = (schema: JsonSchema, path: readonly PropertyKey[]): (readonly PropertyKey[])[] =>
        alternatives(schema).flatMap((option) => [
            ...(option.writeOnly ? [path] : []),
            ...childSchemas(option).flatMap(([key, child]) => walk(child, [...path, key])),
        ]);
    cachedSecretPaths ??= walk(jsonSchema(), []);
    return cachedSecretPaths;
}

function matches(pattern: readonly PropertyKey[], path: readonly PropertyKey[]): boolean {
    return pattern.length === path.length && pattern.every((key, index) => key === "*" || key === path[index]);
}

/** A secret written as plain text would be in the repository for good: refuse it, and never repeat it. */
function plaintextSecrets(
    input: unknown,
    namespace: string,
    isSecretKey: (path: readonly PropertyKey[]) => boolean,
): Fault[] {
    const found = (pattern: readonly PropertyKey[], value: unknown, path: readonly PropertyKey[]): PropertyKey[][] => {
        const [head, ...rest] = pattern;
        if (head === undefined) {
            return typeof value === "string" ? [[...path]] : [];
        }
        if (value === null || typeof value !== "object") {
            return [];
        }
        const keys = head === "*" ? Object.keys(value) : [head];
        return keys.flatMap((key) =>
            found(rest, (value as Record<PropertyKey, unknown>)[key], [
                ...path,
                Array.isArray(value) ? Number(key) : key,
            ]),
        );
    };
    return secretPaths()
        .flatMap((pattern) => found(pattern, input, []))
        .filter((path) => !isSecretKey(path))
        .map((path) => {
            const full = configPath([`${namespace}:${String(path[0])}`, ...path.slice(1)]);
            return {
                path: full,
                expected: "an encrypted value",
                given: "plain text (not repeated here)",
                mend: `replace it with \`pulumi config set --secret --path '${full}'\` and treat the old value as leaked`,
            };
        });
}
