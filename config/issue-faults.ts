import { distance } from "fastest-levenshtein";
import type { z } from "zod";
import { crossFieldParams } from "./cross-field";
import { configCommand, configPath, describeGiven, type Fault } from "./faults";
import type { JsonSchema, Path, SchemaMap } from "./schema-map";

type Issue = z.core.$ZodIssue;

/** Where the values of a parse came from. */
export interface Source {
    readonly namespace: string;
    readonly input: unknown;
    readonly schema: SchemaMap;
    /** Whether the top-level key of a path holds an encrypted value. */
    readonly isEncrypted: (path: Path) => boolean;
}

/** The faults of a failed parse. A field says one thing at a time, however many of its checks failed. */
export function issueFaults(issues: readonly Issue[], source: Source): Fault[] {
    const seen = new Set<string>();
    return issues.flatMap((issue) => {
        if (issue.code === "unrecognized_keys") {
            return issue.keys.map((key) => unknownKey(issue.path, key, source));
        }
        if (issue.code === "invalid_key") {
            return [badName(issue, source)];
        }
        const fault = badValue(issue, source);
        const repeated = crossFieldParams(issue) === undefined && seen.has(fault.path);
        seen.add(fault.path);
        return repeated ? [] : [fault];
    });
}

const typeWords: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
};

const sizeWords: Readonly<Record<string, (bound: string) => string>> = {
    string: (bound) => `a text of ${bound} characters`,
    array: (bound) => `a list of ${bound} items`,
    record: (bound) => `an object of ${bound} keys`,
};

const sized = (origin: string, bound: string) => sizeWords[origin]?.(bound) ?? `a number of ${bound}`;

/** What zod should say about a value where the schema doesn't say it itself: a noun phrase after "expected". */
export const expectation: z.core.$ZodErrorMap = (issue) => {
    switch (issue.code) {
        case "invalid_type":
            return typeWords[issue.expected as string] ?? `a ${issue.expected}`;
        case "invalid_value":
            return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
        case "too_small":
            return sized(issue.origin, `at least ${issue.minimum}`);
        case "too_big":
            return sized(issue.origin, `at most ${issue.maximum}`);
        case "invalid_format":
            return `a text of the form ${issue.format === "regex" ? issue.pattern : issue.format}`;
        case "not_multiple_of":
            return `a multiple of ${issue.divisor}`;
        default:
            return "a value that the schema allows (docs/config-reference.md)";
    }
};

function unknownKey(parent: Path, key: string, { namespace, schema }: Source): Fault {
    const path = [...parent, key];
    const known = schema.keysAt(parent);
    const meant = closest(key, known);
    const remove = `remove it with \`${configCommand("rm", [], namespace, path)}\``;
    return {
        path: configPath(namespace, path),
        expected: known.length === 0 ? "no key here" : `one of the keys ${known.join(", ")}`,
        // never the value: a misspelt key may hold a secret
        given: JSON.stringify(key),
        mend: meant === undefined ? remove : `rename it to ${meant} or ${remove}`,
    };
}

/** The known word that was probably meant, if any is near enough. */
export function closest(word: string, known: readonly string[]): string | undefined {
    const near = known
        .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
        .filter(({ candidate, steps }) => steps <= Math.ceil(candidate.length / 4))
        .sort((a, b) => a.steps - b.steps);
    return near[0]?.candidate;
}

function badName(issue: Issue & { code: "invalid_key" }, { namespace }: Source): Fault {
    return {
        path: configPath(namespace, issue.path.slice(0, -1)),
        expected: issue.issues[0]?.message ?? issue.message,
        given: JSON.stringify(issue.path.at(-1)),
        mend: "rename it in the stack file",
    };
}

function badValue(issue: Issue, source: Source): Fault {
    const { namespace, input, schema, isEncrypted } = source;
    const params = crossFieldParams(issue);
    const value = at(input, issue.path);
    const hidden = schema.mayHoldSecret(issue.path) || (isEncrypted(issue.path) && typeof value === "string");
    return {
        path: configPath(namespace, issue.path),
        expected: issue.message,
        given:
            params?.given ??
            (issue.path.length === 1 && isBrokenJson(value) ? "a text that isn't JSON" : describeGiven(value, hidden)),
        mend:
            params?.mend ??
            (schema.isSecret(issue.path)
                ? `set it with \`${configCommand("set", ["--secret"], namespace, issue.path)}\``
                : mendValue(value, issue.path, source)),
    };
}

const isBrokenJson = (value: unknown) => typeof value === "string" && /^\s*[[{]/.test(value);

function mendValue(value: unknown, path: Path, { namespace, schema }: Source): string {
    const schemas = schema.at(path);
    const types = new Set(schemas.map(({ type }) => type));
    if (types.has("object") || types.has("array")) {
        return value === null && types.has("object")
            ? "write {} to take its defaults, or remove the key"
            : "write it in the stack file as docs/config-reference.md has it";
    }
    const set = `set it with \`${configCommand("set", typeFlag(schemas), namespace, path)} <value>\``;
    // what YAML took for a number: the digits of an account id, 1.30 of a version
    if (typeof value === "number" && (schemas.some(takesDigits) || !Number.isInteger(value)) && types.has("string")) {
        return `put it in quotes in the stack file or ${set}`;
    }
    const bare = types.has("boolean") ? /^(true|false)$/ : /^-?\d+(\.\d+)?$/;
    if (!types.has("string") && typeof value === "string" && bare.test(value)) {
        return `write it without quotes in the stack file or ${set}`;
    }
    return set;
}

/**
 * `pulumi config set --path` stores digits as a number and everything else but true and false as text; where that isn't
 * what the key takes, the type has to be said: `coerce` of pulumi/sdk, go/common/resource/config/object.go.
 */
function typeFlag(schemas: readonly JsonSchema[]): string[] {
    if (schemas.some((schema) => schema.type === "number" && !schema.enum?.every(Number.isInteger))) {
        return ["--type float"];
    }
    return schemas.some(takesDigits) ? ["--type string"] : [];
}

/** Whether a text may consist of digits. */
function takesDigits({ type, const: value, enum: values, format, pattern = "" }: JsonSchema): boolean {
    const form = new RegExp(pattern);
    return (
        type === "string" &&
        value === undefined &&
        values === undefined &&
        format === undefined &&
        ["1", "11", "111111111111"].some((digits) => form.test(digits))
    );
}

/** The value at a path, own keys only. */
function at(input: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (value, key) =>
            value !== null && typeof value === "object" && Object.hasOwn(value, key)
                ? (value as Record<PropertyKey, unknown>)[key]
                : undefined,
        input,
    );
}
