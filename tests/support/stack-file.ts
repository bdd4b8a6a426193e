import { parse, type ScalarTag } from "yaml";
import type { RawConfig } from "../../config/parse";

/** The engine's YAML library reads a number with a leading zero as octal where it can: gopkg.in/yaml.v3, resolve.go. */
const octal: ScalarTag = {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^0[0-7]+$/,
    resolve: (text) => Number.parseInt(text, 8),
};

/**
 * A stack file's config as the engine hands it to a program: keys with their namespace, scalars as text, everything nested
 * as JSON, `secure` values decrypted (here the text under `secure` is the plain text) and their top-level key listed.
 * Follows github.com/pulumi/pulumi/sdk/v3, go/common/resource/config/object.go and go/common/workspace/loaders.go.
 */
export function rawConfig(stackFile: string, project = "platforms"): RawConfig {
    const file: unknown = parse(stackFile, { customTags: (tags) => [octal, ...tags] });
    const config = isObject(file) && isObject(file.config) ? file.config : {};
    const values: Record<string, string> = {};
    const secretKeys = new Set<string>();
    for (const [key, value] of Object.entries(config)) {
        const full = key.includes(":") ? key : `${project}:${key}`;
        const plain = decrypt(value, () => secretKeys.add(full));
        values[full] = typeof plain === "string" ? plain : plain === null ? "" : JSON.stringify(plain);
    }
    return { values, secretKeys };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
    value !== null && typeof value === "object" && !Array.isArray(value);

function decrypt(value: unknown, onSecret: () => void): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => decrypt(item, onSecret));
    }
    if (!isObject(value)) {
        return value;
    }
    if (Object.keys(value).length === 1 && typeof value.secure === "string") {
        onSecret();
        return value.secure;
    }
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, decrypt(child, onSecret)]));
}
