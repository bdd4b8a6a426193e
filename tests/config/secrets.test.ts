import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { crossField } from "../../config/cross-field";
import { formatFaults } from "../../config/faults";
import { secret, wholeNumber } from "../../config/fields";
import { parseWith } from "../../config/parse";
import { rawConfig } from "../support/stack-file";

/** A platform with secrets wherever a schema can have them. */
const schema = z.strictObject({
    app: crossField(
        z.strictObject({
            replicas: wholeNumber(1, 9).default(1),
            database: z.strictObject({ user: z.string().optional(), password: secret("a password", 12) }).optional(),
            tokens: z.record(z.string(), secret("a token")).default({}),
            webhooks: z.array(z.strictObject({ key: secret("a key").describe("Signs the call.") })).default([]),
            licence: z.union([z.literal("none"), z.strictObject({ text: secret("a licence") })]).default("none"),
            alerts: z
                .discriminatedUnion("to", [
                    z.strictObject({ to: z.literal("mail") }),
                    z.strictObject({ to: z.literal("chat"), url: secret("a webhook URL") }),
                ])
                .optional(),
            signingKey: secret("a signing key").optional(),
            keyId: z.string().optional(),
        }),
        ["signingKey", "keyId"],
        ({ signingKey, keyId }) =>
            (signingKey === undefined) === (keyId === undefined)
                ? []
                : [{ path: ["keyId"], expected: "signingKey and keyId together", given: "one of them" }],
    ),
});

const parse = (yaml: string) => parseWith(schema, rawConfig(yaml, "test"), "test");

function faults(yaml: string): string {
    const parsed = parse(yaml);
    return parsed.ok ? "no fault" : formatFaults(parsed.faults);
}

const set = (path: string) => `\`pulumi config set --path --secret '${path}'\``;
const plaintext = (path: string) =>
    `${path}: expected an encrypted value, got plain text (not repeated here); replace it with ${set(path)} and treat the old value as leaked`;

describe("secrets in the config", () => {
    it("are Outputs marked secret", async () => {
        const parsed = parse("config: {test:app: {database: {password: {secure: correct-horse}}}}");
        assert.ok(parsed.ok);
        const password = parsed.config.app.database?.password;
        assert.ok(pulumi.Output.isInstance(password));
        assert.equal(await pulumi.isSecret(password), true);
        assert.equal(await new Promise((resolve) => password.apply(resolve)), "correct-horse");
    });

    it("are refused as plain text at every depth, without being repeated", () => {
        const message = faults(`
            config:
                test:app:
                    database: {password: hunter2-hunter2}
                    tokens: {github: hunter2-a, "a.b": hunter2-b}
                    webhooks: [{key: hunter2-c}, {key: hunter2-d}]
                    licence: {text: hunter2-e}
                    alerts: {to: chat, url: hunter2-f}
        `);
        assert.equal(
            message,
            [
                "test:app.alerts.url",
                "test:app.database.password",
                "test:app.licence.text",
                "test:app.tokens.github",
                'test:app.tokens["a.b"]',
                "test:app.webhooks[0].key",
                "test:app.webhooks[1].key",
            ]
                .map(plaintext)
                .join("\n"),
        );
    });

    it("are not shown when they are too short, of the wrong type or absent", () => {
        const path = "test:app.database.password";
        assert.equal(
            faults("config: {test:app: {database: {password: {secure: hunter2}}}}"),
            `${path}: expected a password of at least 12 characters, got a text (hidden, it may be a secret); set it with ${set(path)}`,
        );
        assert.equal(
            faults("config: {test:app: {database: {password: 1234567}}}"),
            `${path}: expected a password, got a number (hidden, it may be a secret); set it with ${set(path)}\n${plaintext(path)}`,
        );
        assert.equal(
            faults("config: {test:app: {database: {}}}"),
            `${path}: expected a password, got nothing; set it with ${set(path)}`,
        );
    });

    it("are not shown by another fault of the same key", () => {
        const message = faults(`
            config:
                test:app:
                    replicas: 10
                    keyId: 5
                    signingKey: {secure: hunter2}
                    passwrd: {secure: hunter2}
        `);
        assert.equal(
            message,
            [
                "test:app.keyId: expected a text, got 5; put it in quotes in the stack file or set it with `pulumi config set --path --type string 'test:app.keyId' <value>`",
                "test:app.passwrd: expected one of the keys replicas, database, tokens, webhooks, licence, alerts, signingKey, keyId, got \"passwrd\"; remove it with `pulumi config rm --path 'test:app.passwrd'`",
                "test:app.replicas: expected a whole number from 1 to 9, got 10; set it with `pulumi config set --path 'test:app.replicas' <value>`",
            ].join("\n"),
        );
    });

    for (const [what, yaml] of Object.entries({
        "under a misspelt key, in plain text":
            "config: {test:app: {database: {pasword: hunter2, password: {secure: correct-horse}}}}",
        "where an object should be": "config: {test:app: {database: hunter2}}",
        "in place of a list": "config: {test:app: {webhooks: hunter2}}",
        "in place of the whole platform": "config: {test:app: hunter2}",
        "in broken JSON": `config: {test:app: '{"database": {"password": "hunter2"'}`,
        "in an encrypted platform, at a key that isn't secret": `config: {test:app: {secure: '{"replicas": "hunter2"}'}}`,
        "in an encrypted platform that isn't JSON": "config: {test:app: {secure: '{hunter2'}}",
        "under an unknown top-level key": "config: {test:app: {}, test:ap: {secure: hunter2}}",
    })) {
        it(`are not shown ${what}`, () => {
            const message = faults(yaml);
            assert.match(message, /: expected /);
            assert.doesNotMatch(message, /hunter2/);
        });
    }

    it("take part in rules over several keys, without their value", () => {
        assert.match(
            faults("config: {test:app: {keyId: k1}}"),
            /expected signingKey and keyId together, got one of them/,
        );
        assert.match(faults("config: {test:app: {signingKey: {secure: s}}}"), /expected signingKey and keyId together/);
        assert.equal(faults("config: {test:app: {keyId: k1, signingKey: {secure: s}}}"), "no fault");
    });
});
