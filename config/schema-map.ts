import { z } from "zod";

/** The part of JSON Schema (draft 2020-12) that zod writes for the schemas here. */
export interface JsonSchema {
    readonly type?: string;
    readonly description?: string;
    readonly default?: unknown;
    readonly const?: unknown;
    readonly enum?: readonly unknown[];
    readonly pattern?: string;
    readonly format?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly exclusiveMaximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly required?: readonly string[];
    readonly writeOnly?: boolean;
    /** Not JSON Schema's own: what the value should be, in words. */
    readonly errorMessage?: string;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly additionalProperties?: JsonSchema | boolean;
    readonly items?: JsonSchema;
    readonly anyOf?: readonly JsonSchema[];
    readonly oneOf?: readonly JsonSchema[];
    readonly allOf?: readonly JsonSchema[];
}

export type Path = readonly PropertyKey[];

/** What a person may write into a stack file, as JSON Schema: before defaults and transforms. */
export function inputSchema(schema: z.ZodType): JsonSchema {
    return z.toJSONSchema(schema, {
        io: "input",
        unrepresentable: "any",
        reused: "inline",
        override: ({ jsonSchema }) => {
            // zod's bounds of whole numbers that JavaScript can count: no bound that a person set
            if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
                delete jsonSchema.maximum;
            }
            if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
                delete jsonSchema.minimum;
            }
        },
    }) as JsonSchema;
}

/** A schema and all that it is put together from. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
    const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
    return [schema, ...parts.flatMap(alternatives)];
}

/** Schemas one step down; `*` stands for any list index or free name. */
export function children(schema: JsonSchema): [string, JsonSchema][] {
    const some: [string, JsonSchema][] = Object.entries(schema.properties ?? {});
    if (typeof schema.additionalProperties === "object") {
        some.push(["*", schema.additionalProperties]);
    }
    if (schema.items) {
        some.push(["*", schema.items]);
    }
    return some;
}

/** Answers questions about a schema's paths. */
export class SchemaMap {
    /** Paths of all secret fields, `*` standing for any list index or name. */
    readonly secretPaths: readonly Path[];

    private constructor(private readonly root: JsonSchema) {
        this.secretPaths = secretPathsOf(root, []);
    }

    private static readonly known = new WeakMap<z.ZodType, SchemaMap>();

    /** Made once a schema: it costs some milliseconds. */
    static of(schema: z.ZodType): SchemaMap {
        let map = SchemaMap.known.get(schema);
        if (map === undefined) {
            map = new SchemaMap(inputSchema(schema));
            SchemaMap.known.set(schema, map);
        }
        return map;
    }

    /** What may stand at a path; nothing for a path that the schema doesn't know. */
    at(path: Path): readonly JsonSchema[] {
        let schemas = alternatives(this.root);
        for (const segment of path) {
            schemas = schemas
                .flatMap(children)
                .filter(([key]) => key === "*" || key === segment)
                .flatMap(([, child]) => alternatives(child));
        }
        return schemas;
    }

    /** Keys that the object at a path may have. */
    keysAt(path: Path): string[] {
        return [...new Set(this.at(path).flatMap((schema) => Object.keys(schema.properties ?? {})))];
    }

    isSecret(path: Path): boolean {
        return this.secretPaths.some((pattern) => pattern.length === path.length && matches(pattern, path));
    }

    /** Whether a path is a secret field or should be an object that holds one. */
    mayHoldSecret(path: Path): boolean {
        return this.secretPaths.some((pattern) => pattern.length >= path.length && matches(pattern, path));
    }
}

function secretPathsOf(schema: JsonSchema, path: Path): Path[] {
    return alternatives(schema).flatMap((option) => [
        ...(option.writeOnly ? [path] : []),
        ...children(option).flatMap(([key, child]) => secretPathsOf(child, [...path, key])),
    ]);
}

const matches = (pattern: Path, path: Path) =>
    path.every((segment, index) => pattern[index] === "*" || pattern[index] === segment);
