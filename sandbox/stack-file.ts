import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { RawConfig } from "../config/parse";
import { SandboxError } from "./errors";

export type ConfigValue = string | number | boolean | null | readonly ConfigValue[] | ConfigObject;
export interface ConfigObject {
    readonly [key: string]: ConfigValue;
}

/** `Pulumi.<stack>.yaml` as written by people. */
export interface StackFile {
    readonly path: string;
    /** By full key: a key without a namespace has the project's. */
    readonly config: ConfigObject;
    /** Salt of the passphrase that encrypted the file's secrets, when a passphrase did. */
    readonly encryptionSalt?: string;
    /** `awskms://...` and the like. @default Pulumi Cloud or a passphrase */
    readonly secretsProvider?: string;
    /** Pulumi ESC environments: they live in Pulumi Cloud only. */
    readonly hasEnvironment: boolean;
}

/** The engine's own rule: a map whose only key is `secure`, with a text (sdk/go/common/resource/config/object.go). */
export function isSecure(value: ConfigValue | undefined): value is { readonly secure: string } {
    return isObject(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

export function isObject(value: unknown): value is ConfigObject {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}

export function stackFilePath(projectDir: string, stack: string): string {
    return join(projectDir, `Pulumi.${stack}.yaml`);
}

/** Stacks that have a file of their own, by name. Deployment settings (`Pulumi.<stack>.deploy.yaml`) are no stacks. */
export function availableStacks(projectDir: string): string[] {
    return readdirSync(projectDir)
        .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
        .filter((stack) => !stack.endsWith(".deploy"))
        .sort();
}

/** Name of the project, from `Pulumi.yaml`; also the namespace of its config keys. */
export function projectName(projectDir: string): string {
    const path = join(projectDir, "Pulumi.yaml");
    if (!existsSync(path)) {
        throw new SandboxError(`there is no Pulumi.yaml in ${projectDir}; run this in the project's directory`);
    }
    const name = readYaml(path)["name"];
    if (typeof name !== "string") {
        throw new SandboxError(`${shown(path)}: expected a text at "name"`);
    }
    return name;
}

/** @throws SandboxError naming file, line and what is wrong where the YAML is malformed. */
export function readStackFile(path: string, project: string): StackFile {
    const content = readYaml(path);
    const config = configOf(content, path, project);
    const text = (key: string) => (typeof content[key] === "string" ? content[key] : undefined);
    return {
        path,
        config,
        encryptionSalt: text("encryptionsalt"),
        secretsProvider: text("secretsprovider"),
        hasEnvironment: content["environment"] !== undefined,
    };
}

function configOf(content: ConfigObject, path: string, project: string): ConfigObject {
    const config = content["config"] ?? {};
    if (!isObject(config)) {
        throw new SandboxError(`${shown(path)}: expected "config" to hold keys with values`);
    }
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
    );
}

/** The config of a stack file that is being edited, as the engine would hand it to the program. */
export function rawConfigOf(text: string, project: string, placeholder: string): RawConfig {
    return rawConfig(configOf(parseYaml(text, "the stack file"), "the stack file", project), placeholder);
}

export type ConfigPath = readonly [string, ...(string | number)[]];

/** Where the encrypted values are, in the file's order. */
export function securePaths(config: ConfigObject): ConfigPath[] {
    const walk = (value: ConfigValue, path: ConfigPath): ConfigPath[] => {
        if (isSecure(value)) {
            return [path];
        }
        if (Array.isArray(value)) {
            return value.flatMap((child: ConfigValue, index) => walk(child, [...path, index]));
        }
        return isObject(value) ? Object.entries(value).flatMap(([key, child]) => walk(child, [...path, key])) : [];
    };
    return Object.entries(config).flatMap(([key, value]) => walk(value, [key]));
}

/** The config with each encrypted value replaced. */
export function replaceSecure(config: ConfigObject, replacement: ConfigValue): ConfigObject {
    const walk = (value: ConfigValue): ConfigValue => {
        if (isSecure(value)) {
            return replacement;
        }
        if (Array.isArray(value)) {
            return value.map(walk);
        }
        return isObject(value)
            ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child)]))
            : value;
    };
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, walk(value)]));
}

/** The config as the engine hands it to a program: texts, and objects as JSON. */
export function rawConfig(config: ConfigObject, placeholder: string): RawConfig {
    const plain = replaceSecure(config, placeholder);
    return {
        values: Object.fromEntries(
            Object.entries(plain).map(([key, value]) => [
                key,
                value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? ""),
            ]),
        ),
        secretKeys: new Set(securePaths(config).map(([key]) => key)),
    };
}

const readYaml = (path: string): ConfigObject => parseYaml(readFileSync(path, "utf8"), path);

function parseYaml(text: string, path: string): ConfigObject {
    const lines = new LineCounter();
    const document = parseDocument(text, {
        lineCounter: lines,
        prettyErrors: false,
        merge: true,
    });
    const [fault] = document.errors;
    if (fault) {
        const { line, col } = lines.linePos(fault.pos[0]);
        throw new SandboxError(`${shown(path)}:${line}:${col}: ${fault.message}`);
    }
    const content: unknown = document.toJS() ?? {};
    if (!isObject(content)) {
        throw new SandboxError(`${shown(path)}: expected keys with values at the top of the file`);
    }
    return content;
}

const shown = (path: string) => relative(process.cwd(), path) || path;
