import { z } from "zod";
import { acrossPlatforms } from "./cross-platform";
import type { Fault } from "./faults";
import { closest, expectation, issueFaults, type Source } from "./issue-faults";
import { stackSchema } from "./schema";
import { type Path, SchemaMap } from "./schema-map";
import { plaintextSecrets } from "./secrets";

/** A stack's config as the engine hands it out: texts by full key, objects as JSON. */
export interface RawConfig {
    /** `platforms:demoApp` -> `{"kubeContext":"kind-demo"}`. Keys of other namespaces are ignored. */
    readonly values: Readonly<Record<string, string>>;
    /** Full keys that hold at least one encrypted value. */
    readonly secretKeys: ReadonlySet<string>;
}

export type Parsed<Config> =
    | { readonly ok: true; readonly config: Config }
    | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks the whole config of a stack. Pure: no engine, no I/O. */
export const parseConfig = (raw: RawConfig, namespace = "platforms") => parseWith(stackSchema, raw, namespace);

/** Checks a config against any schema of top-level keys. */
export function parseWith<Shape extends z.core.$ZodShape>(
    schema: z.ZodObject<Shape, z.core.$strict>,
    raw: RawConfig,
    namespace: string,
): Parsed<z.output<z.ZodObject<Shape, z.core.$strict>>> {
    const input = decodeAll(raw.values, namespace);
    const source: Source = {
        namespace,
        input,
        schema: SchemaMap.of(schema),
        isEncrypted: (path: Path) => raw.secretKeys.has(`${namespace}:${String(path[0])}`),
    };
    const result = schema.safeParse(input, { error: expectation });
    const faults = [
        ...(result.success ? [] : issueFaults(result.error.issues, source)),
        ...plaintextSecrets(source),
        ...acrossPlatforms(result.success ? result.data : validParts(schema, input), namespace),
        ...strayNamespaces(raw.values, namespace),
    ];
    return faults.length === 0 && result.success ? { ok: true, config: result.data } : { ok: false, faults };
}

function decodeAll(values: RawConfig["values"], namespace: string): Record<string, unknown> {
    const ours = Object.entries(values).filter(([key]) => key.startsWith(`${namespace}:`));
    return Object.fromEntries(ours.map(([key, text]) => [key.slice(namespace.length + 1), decode(text)]));
}

/**
 * Objects and lists reach the program as JSON text, everything else as the text itself. A key without a value is "" today
 * and null in a later Pulumi: `checkForEmptyConfig` of pulumi/sdk, go/common/workspace/loaders.go.
 */
function decode(text: string): unknown {
    if (text === "" || text === "null") {
        return null;
    }
    if (!/^\s*[[{]/.test(text)) {
        return text;
    }
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** What the other platforms come to where one of them is at fault: rules between platforms still see them. */
function validParts(schema: z.ZodObject, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(input).map(([key, value]) => {
            const part = Object.hasOwn(schema.shape, key)
                ? z.safeParse(schema.shape[key] as z.ZodType, value)
                : undefined;
            return [key, part?.success ? part.data : value];
        }),
    );
}

/** Pulumi passes over config of a namespace that nobody asks for: `platform:demoApp` would just be missing. */
function strayNamespaces(values: RawConfig["values"], namespace: string): Fault[] {
    return Object.keys(values).flatMap((key) => {
        const given = key.slice(0, Math.max(key.indexOf(":"), 0));
        return given !== namespace && closest(given, [namespace]) !== undefined
            ? [
                  {
                      path: key,
                      expected: `the namespace ${namespace}`,
                      given: JSON.stringify(given),
                      mend: `rename it to ${namespace}${key.slice(given.length)}`,
                  },
              ]
            : [];
    });
}
