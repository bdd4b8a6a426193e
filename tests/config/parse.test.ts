import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { crossField } from "../../config/cross-field";
import { formatFaults } from "../../config/faults";
import { flag, narrowCidr, vpcCidr, wholeNumber } from "../../config/fields";
import { parseConfig, parseWith } from "../../config/parse";
import { stackSchema } from "../../config/schema";
import { SchemaMap } from "../../config/schema-map";
import { rawConfig } from "../support/stack-file";

function faults(schema: z.ZodObject<z.core.$ZodShape, z.core.$strict>, yaml: string): string[] {
    const parsed = parseWith(schema, rawConfig(yaml, "test"), "test");
    return parsed.ok ? [] : formatFaults(parsed.faults).split("\n");
}

describe("networks of a stack", () => {
    const network = z.strictObject({ vpcCidr: vpcCidr().default("10.40.0.0/16"), nodes: wholeNumber(1, 9).default(1) });
    const schema = z.strictObject({
        one: network.optional(),
        two: z.strictObject({ eks: network }).optional(),
        three: z.strictObject({ regions: z.record(z.string(), network) }).optional(),
    });

    it("must not overlap, wherever a platform keeps them and even by default", () => {
        assert.deepEqual(
            faults(
                schema,
                `config: {test:one: {vpcCidr: 10.40.8.0/24}, test:two: {eks: {}}, test:three: {regions: {eu: {vpcCidr: 10.41.0.0/16}}}}`,
            ),
            [
                'test:two.eks.vpcCidr: expected a network apart from test:one.vpcCidr (10.40.8.0/24), got "10.40.0.0/16"; give each platform of the stack a range of its own',
            ],
        );
    });

    it("are compared while another platform is at fault", () => {
        assert.deepEqual(
            faults(
                schema,
                `config: {test:one: {}, test:two: {eks: {}}, test:three: {regions: {eu: {nodes: 0, vpcCidr: x}}}}`,
            ),
            [
                "test:three.regions.eu.nodes: expected a whole number from 1 to 9, got 0; set it with `pulumi config set --path 'test:three.regions.eu.nodes' <value>`",
                "test:three.regions.eu.vpcCidr: expected a private IPv4 network from /16 to /24, got \"x\"; set it with `pulumi config set --path 'test:three.regions.eu.vpcCidr' <value>`",
                'test:two.eks.vpcCidr: expected a network apart from test:one.vpcCidr (10.40.0.0/16), got "10.40.0.0/16"; give each platform of the stack a range of its own',
            ],
        );
    });

    it("may lie next to each other", () => {
        assert.deepEqual(
            faults(schema, `config: {test:one: {vpcCidr: 10.40.0.0/24}, test:two: {eks: {vpcCidr: 10.40.1.0/24}}}`),
            [],
        );
    });

    it("may be as wide as the field says where they name a site", () => {
        const site = z.strictObject({ app: z.strictObject({ from: z.array(narrowCidr(28)) }) });
        assert.deepEqual(faults(site, "config: {test:app: {from: [203.0.113.0/28]}}"), []);
        assert.equal(faults(site, "config: {test:app: {from: [203.0.113.0/27]}}").length, 1);
    });
});

describe("a rule over several keys", () => {
    const range = (name: string) =>
        crossField(
            z.strictObject({ min: wholeNumber(0, 9).default(3), max: wholeNumber(0, 9), other: flag().optional() }),
            ["min", "max"],
            ({ min, max }) =>
                min > max
                    ? [{ path: [], expected: `${name} in order`, given: `${min} to ${max}`, mend: "swap them" }]
                    : [],
        );
    const schema = z.strictObject({ app: range("bounds").optional() });

    it("sees defaults", () => {
        assert.deepEqual(faults(schema, "config: {test:app: {max: 2}}"), [
            "test:app: expected bounds in order, got 3 to 2; swap them",
        ]);
    });

    it("speaks beside faults of other keys and unknown keys", () => {
        assert.equal(faults(schema, "config: {test:app: {max: 2, other: 1, odd: 1}}").length, 3);
    });

    it("is silent where one of its keys is bad in itself", () => {
        assert.equal(faults(schema, "config: {test:app: {max: 10, min: 9}}").length, 1);
        assert.equal(faults(schema, "config: {test:app: {}}").length, 1);
        assert.equal(faults(schema, "config: {test:app: [1]}").length, 1);
    });

    it("speaks beside another rule on the same key", () => {
        const odd = crossField(range("bounds"), ["max"], ({ max }) =>
            max % 2 === 0 ? [{ path: ["max"], expected: "an odd number", mend: "add one" }] : [],
        );
        const both = crossField(odd, ["max"], ({ max }) =>
            max < 4 ? [{ path: ["max"], expected: "4 or more", mend: "add some" }] : [],
        );
        assert.deepEqual(faults(z.strictObject({ app: both }), "config: {test:app: {max: 2}}"), [
            "test:app: expected bounds in order, got 3 to 2; swap them",
            "test:app.max: expected 4 or more, got 2; add some",
            "test:app.max: expected an odd number, got 2; add one",
        ]);
    });
});

describe("zod's own words", () => {
    it("are replaced by ours for every kind of check", () => {
        const schema = z.strictObject({
            app: z.strictObject({
                text: z.string().min(2),
                number: z.number().max(3).multipleOf(2),
                ratio: z.number(),
                list: z.array(z.string()).max(1),
                word: z.literal("on"),
                words: z.enum(["a", "b"]),
                date: z.iso.date(),
                pattern: z.string().regex(/^x$/),
                map: z.record(z.string(), z.boolean()),
                either: z.union([z.string(), z.number()]),
            }),
        });
        const messages = faults(
            schema,
            `config: {test:app: {text: a, number: 7, ratio: "0.5", list: [a, b], word: off, words: c, date: today, pattern: y, map: {k: "true"}, either: true}}`,
        ).map((line) => line.replace(/^test:app\.(\w+).*: expected (.*), got .*$/, "$1: $2"));
        assert.deepEqual(messages, [
            "date: a text of the form date",
            "either: a value that the schema allows (docs/config-reference.md)",
            "list: a list of at most 1 items",
            "map: true or false",
            "number: a number of at most 3",
            "pattern: a text of the form /^x$/",
            "ratio: a number",
            "text: a text of at least 2 characters",
            "word: on",
            "words: one of a, b",
        ]);
    });
});

describe("parseConfig", () => {
    it("never throws, whatever the config holds", () => {
        const words = [
            "demoApp",
            "environment",
            "tags",
            "eks",
            "nodes",
            "vpcCidr",
            "accountId",
            "publicAccessCidrs",
            "image",
            "backend",
            "__proto__",
            "constructor",
        ];
        const key = fc.oneof(fc.constantFrom(...words), fc.string());
        const leaf = fc.oneof(
            fc.string(),
            fc.double(),
            fc.integer(),
            fc.boolean(),
            fc.constant(null),
            fc.ipV4().map((ip) => `${ip}/24`),
            fc.constantFrom("10.0.0.0/33", "10.0.0/8", "::/0", "1.2.3.4", "/", "app:", "@sha256:"),
        );
        const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
            tree: fc.oneof(
                { maxDepth: 5, depthSize: "medium" },
                leaf,
                fc.array(tie("tree"), { maxLength: 3 }),
                fc.dictionary(key, tie("tree"), { maxKeys: 6 }),
            ),
        }));
        const text = fc.oneof(
            tree.map((value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""))),
            fc.json(),
            fc.string().map((tail) => `{${tail}`),
        );
        const values = fc.dictionary(
            key.map((name) => `platforms:${name}`),
            text,
            { maxKeys: 6 },
        );
        fc.assert(
            fc.property(values, fc.boolean(), (config, encrypted) => {
                const secretKeys = new Set(encrypted ? Object.keys(config) : []);
                const parsed = parseConfig({ values: config, secretKeys });
                assert.ok(parsed.ok || parsed.faults.length > 0);
                if (!parsed.ok) {
                    // one line a fault: nothing in a config may break the report
                    assert.equal(formatFaults(parsed.faults).split("\n").length, parsed.faults.length);
                }
            }),
            { numRuns: 500 },
        );
    });

    it("needs texts and objects at the top: scalars reach the program as text", () => {
        for (const key of SchemaMap.of(stackSchema).keysAt([])) {
            const types = SchemaMap.of(stackSchema)
                .at([key])
                .map(({ type }) => type);
            assert.ok(
                types.every((type) => type === undefined || type === "string" || type === "object"),
                key,
            );
        }
    });
});
