import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Document, isScalar, parseDocument, visit } from "yaml";
import { configPath } from "../config/faults";
import { writeAtomically } from "./files";
import { type StackFile, securePaths } from "./stack-file";

/**
 * What the sandbox encrypts with where no passphrase of the person's applies. It guards nothing but stand-ins: the
 * placeholder below and values that the stand-in cloud made up. Both texts are the CLI's own output for this passphrase.
 */
export const STAND_IN_KEY = {
    passphrase: "platforms-sandbox",
    salt: "v1:Q7Z3LxdBecg=:v1:sM433/K5oQT43bOF:PlyyWz4jOaIrkEF0341i59T0bofrSA==",
    placeholder: "sandbox-placeholder-for-an-encrypted-value",
    encryptedPlaceholder:
        "v1:chMU0+XjzgM03teR:sy9c2b/ndQPuDggg5fXci5G8JYbJEPKjmH9ffYXmKVIuyl7cR2B4ZSJXDNzYCTB1DguBzejCW0obyg==",
} as const;

/** How a run's secrets are encrypted. */
export interface Encryption {
    readonly salt: string;
    /** The stand-in passphrase; where absent, the person's own, from the environment. */
    readonly passphrase?: string;
    /** Paths of the encrypted values that a placeholder stands for. */
    readonly placeholders: readonly string[];
    /** One line for the person, when something of the file could not be taken as it is. */
    readonly notice?: string;
}

/** The file's own encryption where the person gave its passphrase; placeholders for values that are out of reach. */
export function chooseEncryption(file: StackFile, environment: NodeJS.ProcessEnv): Encryption {
    const secrets = securePaths(file.config);
    const passphraseGiven =
        environment["PULUMI_CONFIG_PASSPHRASE"] !== undefined ||
        environment["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined;
    if (secrets.length > 0 && file.encryptionSalt !== undefined && passphraseGiven) {
        return { salt: file.encryptionSalt, placeholders: [] };
    }
    const placeholders = secrets.map(([key, ...rest]) => {
        const [namespace = "", ...name] = String(key).split(":");
        return configPath(namespace, [name.join(":"), ...rest]);
    });
    return {
        salt: STAND_IN_KEY.salt,
        passphrase: STAND_IN_KEY.passphrase,
        placeholders,
        notice:
            placeholders.length === 0
                ? undefined
                : `placeholders stand for ${placeholders.join(", ")}: ${reason(file)}`,
    };
}

function reason(file: StackFile): string {
    if (file.encryptionSalt !== undefined) {
        return "set PULUMI_CONFIG_PASSPHRASE to use the values";
    }
    const provider = file.secretsProvider?.split("?")[0];
    return `the sandbox doesn't reach ${provider === undefined || provider === "default" ? "Pulumi Cloud" : provider}`;
}

/**
 * Writes the stack file that the engine gets. The source is edited rather than written anew, so that a value without
 * quotes is read by the engine as it would read the original (a date, an octal number).
 */
export function writeStackConfig(file: StackFile, encryption: Encryption, target: string): void {
    const source = readFileSync(file.path, "utf8");
    const parsed = parseDocument(source, { merge: true });
    const document = parsed.contents === null ? new Document({}) : parsed;
    for (const key of ["secretsprovider", "encryptedkey", "environment"]) {
        document.delete(key);
    }
    document.set("encryptionsalt", encryption.salt);
    if (encryption.passphrase !== undefined) {
        visit(document.get("config") as Parameters<typeof visit>[0], {
            Map(_, map) {
                const [pair] = map.items;
                if (
                    map.items.length === 1 &&
                    pair !== undefined &&
                    isScalar(pair.key) &&
                    pair.key.value === "secure" &&
                    isScalar(pair.value) &&
                    typeof pair.value.value === "string"
                ) {
                    map.set("secure", STAND_IN_KEY.encryptedPlaceholder);
                }
            },
        });
    }
    writeAtomically(target, document.toString({ lineWidth: 0 }));
}

/** A project without a program, for the CLI's commands that write to the stack file beside it (`stack init`). */
export function writeStubProject(directory: string, project: string): void {
    writeAtomically(join(directory, "Pulumi.yaml"), `name: ${JSON.stringify(project)}\nruntime: nodejs\n`);
}
