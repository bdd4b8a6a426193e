import type { z } from "zod";
import { inputSchema, type JsonSchema } from "./schema-map";

/** How Pulumi writes an encrypted value into a stack file. */
const encrypted = {
    type: "object",
    description: "Encrypted value; set it with `pulumi config set --secret --path`.",
    properties: { secure: { type: "string" } },
    required: ["secure"],
    additionalProperties: false,
} as const;

/**
 * JSON Schema of a whole `Pulumi.<stack>.yaml`, for editors. Beside our config it knows what Pulumi itself takes there: type
 * ProjectStack of github.com/pulumi/pulumi/sdk, go/common/workspace/project.go. Config of other namespaces is theirs.
 */
export function stackFileSchema(stack: z.ZodType, namespace: string): object {
    const { properties = {}, required = [] } = inputSchema(stack);
    return {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: "Stack file",
        description: "Generated from config/schema.ts by `npm run generate`; don't edit.",
        type: "object",
        additionalProperties: false,
        required: ["config"],
        properties: {
            secretsprovider: {
                type: "string",
                description: "What encrypts the stack's secrets, for example awskms://alias/pulumi?region=us-east-2.",
            },
            encryptedkey: {
                type: "string",
                description: "The data key, encrypted by the provider. Written by Pulumi.",
            },
            encryptionsalt: { type: "string", description: "Salt of the passphrase provider. Written by Pulumi." },
            environment: {
                description: "Pulumi ESC environments to import, or a definition of one.",
                anyOf: [{ type: "array", items: { type: "string" } }, { type: "object" }],
            },
            config: {
                type: "object",
                properties: Object.fromEntries(
                    Object.entries(properties).map(([key, schema]) => [`${namespace}:${key}`, withEncrypted(schema)]),
                ),
                required: required.map((key) => `${namespace}:${key}`),
                patternProperties: { [`^(?!${namespace}:)[^:]+:.`]: true },
                additionalProperties: false,
            },
        },
    };
}

/** Secret fields as they stand in the file: never as text, which the program refuses. */
function withEncrypted(schema: JsonSchema): JsonSchema {
    if (schema.writeOnly) {
        const { description } = schema;
        return { ...encrypted, description: [description, encrypted.description].filter(Boolean).join(" ") };
    }
    const list = (schemas: readonly JsonSchema[] | undefined) => schemas?.map(withEncrypted);
    const { properties, additionalProperties, items, anyOf, oneOf, allOf } = schema;
    return withoutUndefined({
        ...schema,
        properties:
            properties &&
            Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, withEncrypted(child)])),
        additionalProperties:
            typeof additionalProperties === "object" ? withEncrypted(additionalProperties) : additionalProperties,
        items: items && withEncrypted(items),
        anyOf: list(anyOf),
        oneOf: list(oneOf),
        allOf: list(allOf),
    });
}

const withoutUndefined = (schema: JsonSchema): JsonSchema =>
    Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
