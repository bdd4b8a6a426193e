import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { SandboxError } from "../../sandbox/errors";
import { chooseEncryption, STAND_IN_KEY, writeStackConfig } from "../../sandbox/stack-config";
import { availableStacks, projectName, rawConfig, readStackFile, securePaths } from "../../sandbox/stack-file";

describe("a stack file in the sandbox", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    function file(content: string, name = "Pulumi.dev.yaml"): string {
        const path = join(folder, name);
        writeFileSync(path, content);
        return path;
    }
    const read = (content: string) => readStackFile(file(content), "platforms");

    const withSecrets = `# a comment
secretsprovider: awskms://alias/platforms?region=us-east-2
encryptedkey: AQICAHh=
environment: [team/dev]
config:
  platforms:on: 2026-01-01
  platforms:number: "1_000"
  platforms:app:
    token: {secure: v1:aaa}
    list:
      - plain
      - secure: v1:bbb
    secure: {kept: as an object}
  bare:
    secure: v1:ccc
`;

    it("is read with the project's namespace where a key has none", () => {
        assert.deepEqual(Object.keys(read("config:\n  bare: 1\n  aws:region: x\n").config), [
            "platforms:bare",
            "aws:region",
        ]);
    });

    it("knows every encrypted value, however deep", () => {
        assert.deepEqual(securePaths(read(withSecrets).config), [
            ["platforms:app", "token"],
            ["platforms:app", "list", 1],
            ["platforms:bare"],
        ]);
    });

    it("gives the check texts and JSON, with the encrypted values hidden", () => {
        const { values, secretKeys } = rawConfig(read(withSecrets).config, "HIDDEN");
        assert.deepEqual(values, {
            "platforms:on": "2026-01-01",
            "platforms:number": "1_000",
            "platforms:app": JSON.stringify({
                token: "HIDDEN",
                list: ["plain", "HIDDEN"],
                secure: { kept: "as an object" },
            }),
            "platforms:bare": "HIDDEN",
        });
        assert.deepEqual([...secretKeys], ["platforms:app", "platforms:bare"]);
    });

    it("is written for the engine with placeholders, and otherwise as it reads", () => {
        const source = read(withSecrets);
        const encryption = chooseEncryption(source, {});
        const target = join(folder, "out", "Pulumi.dev.yaml");
        writeStackConfig(source, encryption, target);
        const text = readFileSync(target, "utf8");
        const secure = { secure: STAND_IN_KEY.encryptedPlaceholder };
        assert.deepEqual(parse(text), {
            encryptionsalt: STAND_IN_KEY.salt,
            config: {
                "platforms:on": "2026-01-01",
                "platforms:number": "1_000",
                "platforms:app": { token: secure, list: ["plain", secure], secure: { kept: "as an object" } },
                bare: secure,
            },
        });
        // quotes decide what Go's YAML makes of these
        assert.match(text, /platforms:on: 2026-01-01\n/);
        assert.match(text, /platforms:number: "1_000"\n/);
        assert.equal(readFileSync(source.path, "utf8"), withSecrets);
    });

    it("keeps its own encryption where the passphrase is given", () => {
        const source = read("encryptionsalt: v1:salt\nconfig:\n  platforms:a:\n    secure: v1:aaa\n");
        for (const given of [{ PULUMI_CONFIG_PASSPHRASE: "" }, { PULUMI_CONFIG_PASSPHRASE_FILE: "/file" }]) {
            assert.deepEqual(chooseEncryption(source, given), { salt: "v1:salt", placeholders: [] });
        }
        const target = join(folder, "out.yaml");
        writeStackConfig(source, chooseEncryption(source, { PULUMI_CONFIG_PASSPHRASE: "x" }), target);
        assert.deepEqual(parse(readFileSync(target, "utf8")), {
            encryptionsalt: "v1:salt",
            config: { "platforms:a": { secure: "v1:aaa" } },
        });
    });

    it("says which values a placeholder stands for, and why", () => {
        assert.equal(
            chooseEncryption(read(withSecrets), { PULUMI_CONFIG_PASSPHRASE: "of no use here" }).notice,
            "placeholders stand for platforms:app.token, platforms:app.list[1], platforms:bare: the sandbox doesn't reach awskms://alias/platforms",
        );
        assert.equal(chooseEncryption(read("config:\n  platforms:a: 1\n"), {}).notice, undefined);
    });

    for (const [what, content] of [
        ["empty", ""],
        ["of comments only", "# nothing\n"],
        ["without config", "environment: [a/b]\n"],
    ] as const) {
        it(`may be ${what}`, () => {
            const source = read(content);
            assert.deepEqual(source.config, {});
            const target = join(folder, "out.yaml");
            writeStackConfig(source, chooseEncryption(source, {}), target);
            assert.deepEqual(parse(readFileSync(target, "utf8")), { encryptionsalt: STAND_IN_KEY.salt });
        });
    }

    for (const [what, content, message] of [
        ["malformed", "config:\n  a: 1\n b: 2\n", /Pulumi\.dev\.yaml:3:1: /],
        ["a list", "- a\n", /expected keys with values at the top/],
        ["of a config without keys", "config: [a]\n", /expected "config" to hold keys with values/],
    ] as const) {
        it(`must not be ${what}`, () => {
            assert.throws(
                () => read(content),
                (error) => error instanceof SandboxError && message.test(error.message),
            );
        });
    }

    it("is listed among the stacks; deployment settings aren't", () => {
        for (const name of [
            "Pulumi.yaml",
            "Pulumi.qa.yaml",
            "Pulumi.dev.yaml",
            "Pulumi.dev.deploy.yaml",
            "other.yaml",
        ]) {
            file("name: platforms\n", name);
        }
        assert.deepEqual(availableStacks(folder), ["dev", "qa"]);
        assert.equal(projectName(folder), "platforms");
    });
});
