import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { z } from "zod";
import { secret } from "../../config/fields";
import { generatedFiles } from "../../config/generated";
import { configReference } from "../../config/reference";
import { stackSchema } from "../../config/schema";
import { inputSchema, type JsonSchema } from "../../config/schema-map";
import { stackFileSchema } from "../../config/stack-file-schema";
import { readCases } from "../support/cases";

const root = join(__dirname, "..", "..");
const stackFiles = readdirSync(root).filter((file) => /^Pulumi\.[\w-]+\.yaml$/.test(file));

/** What an editor says about a stack file; `errorMessage` is yaml-language-server's own keyword. */
function validator(schema: object): (stackFile: string) => string[] {
    const validate = new Ajv2020({
        allErrors: true,
        strict: true,
        allowUnionTypes: true,
        formats: { cidrv4: true, email: true },
    })
        .addKeyword("errorMessage")
        .compile(schema);
    return (stackFile) => {
        validate(parse(stackFile));
        return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
    };
}

describe("files generated from the schema", () => {
    for (const [path, content] of Object.entries(generatedFiles())) {
        it(`${path} is up to date (npm run generate)`, () => {
            assert.equal(readFileSync(join(root, path), "utf8"), content);
        });
    }
});

describe("the JSON Schema of stack files", () => {
    const faultsOf = validator(stackFileSchema(stackSchema, "platforms"));

    it("is what the stack files of this repository are checked against", () => {
        assert.ok(stackFiles.length > 0);
    });

    for (const file of stackFiles) {
        it(`accepts ${file}, which refers to it`, () => {
            const text = readFileSync(join(root, file), "utf8");
            assert.deepEqual(faultsOf(text), []);
            assert.equal(text.split("\n")[0], "# yaml-language-server: $schema=./config/stack.schema.json");
        });
    }

    it("refuses keys that the program doesn't know and values that it doesn't take", () => {
        assert.deepEqual(
            faultsOf(`
                colour: red
                config:
                    platforms:demoapp: {}
                    platforms:demoApp:
                        eks: {accountId: 111122223333, region: us-east-2, natGateways: two}
                        backend: {replicas: 99, replica: 3}
            `).sort(),
            [
                " must NOT have additional properties",
                "/config must NOT have additional properties",
                "/config must have required property 'platforms:environment'",
                "/config/platforms:demoApp/backend must NOT have additional properties",
                "/config/platforms:demoApp/backend/replicas must be <= 50",
                "/config/platforms:demoApp/eks/accountId must be string",
                "/config/platforms:demoApp/eks/natGateways must be equal to one of the allowed values",
            ],
        );
    });

    it("knows what Pulumi itself keeps in the file", () => {
        assert.deepEqual(
            faultsOf(`
                secretsprovider: awskms://alias/pulumi?region=us-east-2
                encryptedkey: AQ==
                encryptionsalt: v1:AA==
                environment: [base, aws/dev]
                config: {platforms:environment: dev, "pulumi:tags": {a: b}, aws:region: us-east-1}
            `),
            [],
        );
    });

    it("takes secrets only as Pulumi encrypts them", () => {
        const schema = z.strictObject({
            app: z.strictObject({ tokens: z.record(z.string(), secret("a token").describe("Of the API.")) }),
        });
        const secretFaults = validator(stackFileSchema(schema, "test"));
        assert.deepEqual(secretFaults("config: {test:app: {tokens: {github: {secure: AQ==}}}}"), []);
        assert.deepEqual(secretFaults("config: {test:app: {tokens: {github: hunter2}}}"), [
            "/config/test:app/tokens/github must be object",
        ]);
    });

    it("accepts what the program accepts", () => {
        // an editor sees neither encrypted values that need not be, nor JSON in a text, nor keys that Pulumi has yet to complete
        const beyond = /encrypted|JSON text|without the project's namespace|looks like a boolean/;
        const cases = readCases<{ name: string; stack: string }>("config/good-stacks.yaml");
        const common = cases.filter(({ name }) => !beyond.test(name));
        assert.ok(common.length > 10);
        for (const { name, stack } of common) {
            assert.deepEqual(faultsOf(stack), [], name);
        }
    });
});

describe("the config schema", () => {
    it("describes every key, for editors and for the reference", () => {
        const silent = (schema: JsonSchema, path: string): string[] =>
            Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [
                ...(child.description ? [] : [`${path}${key}`]),
                ...silent(child, `${path}${key}.`),
            ]);
        assert.deepEqual(silent(inputSchema(stackSchema), ""), []);
    });
});

describe("the config reference", () => {
    it("lists every key with type, default and what is allowed", () => {
        const schema = z.strictObject({
            app: z
                .strictObject({
                    token: secret("a token").describe("Of the API."),
                    sizes: z
                        .array(z.strictObject({ gib: z.number().min(1).describe("Size | each.") }))
                        .max(1)
                        .default([]),
                    either: z.union([z.literal("none"), z.strictObject({ days: z.int().min(2) })]).optional(),
                })
                .describe("An app."),
        });
        assert.deepEqual(configReference(schema, "test").split("## test:app")[1]?.trim().split("\n"), [
            "An app.",
            "",
            "| Key | Type | Default | Allowed | Meaning |",
            "| --- | --- | --- | --- | --- |",
            "| `token` | secret | required | at least 1 character | Of the API. |",
            "| `sizes` | list of object | `[]` | at most 1 item |  |",
            "| `sizes[].gib` | number | required | at least 1 | Size \\| each. |",
            "| `either` | text or object | none |  |  |",
            "| `either.days` | whole number | required | at least 2 |  |",
        ]);
    });
});
