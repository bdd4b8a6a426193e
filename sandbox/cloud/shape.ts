import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type Kind = "string" | "number" | "boolean" | "list" | "map" | "any";

export interface InputShape {
    readonly kind: Kind;
    readonly required: boolean;
    /** The provider documents that a change replaces the resource. */
    readonly replaces: boolean;
    /** Takes an IAM policy document as an object, which the provider turns into JSON. */
    readonly policyDocument: boolean;
}

export interface OutputShape {
    readonly kind: Kind;
    /** May stay unset, `T | undefined`. */
    readonly optional: boolean;
}

export interface Shape {
    readonly inputs: ReadonlyMap<string, InputShape>;
    readonly outputs: ReadonlyMap<string, OutputShape>;
}

interface Member {
    readonly name: string;
    readonly optional: boolean;
    readonly type: string;
    readonly comment: string;
}

const locate = createRequire(__filename);
const shapes = new Map<string, Shape | undefined>();
const directories = new Map<string, ReadonlyMap<string, string>>();

/** Folder of an installed Pulumi SDK, or undefined. */
export function sdkFolder(packageName: string): string | undefined {
    try {
        return dirname(locate.resolve(`@pulumi/${packageName}/package.json`));
    } catch {
        return undefined;
    }
}

/**
 * Learns a type's inputs and outputs from the installed SDK's declarations, so that the stand-in follows every
 * upgrade of the SDK and holds no list of types. Undefined for a type no SDK declares (a Kubernetes custom resource).
 */
export function shapeOf(token: string): Shape | undefined {
    if (!shapes.has(token)) {
        const file = declarationFile(token);
        shapes.set(token, file === undefined ? undefined : parseShape(readFileSync(file, "utf8"), className(token)));
    }
    return shapes.get(token);
}

function className(token: string): string {
    return token.split(":")[2] ?? "";
}

/** `aws:ec2/vpc:Vpc` -> @pulumi/aws/ec2/vpc.d.ts, `kubernetes:rbac.authorization.k8s.io/v1:Role` -> @pulumi/kubernetes/rbac/v1/role.d.ts */
export function declarationFile(token: string): string | undefined {
    const [packageName = "", module = "", name = ""] = token.split(":");
    const root = sdkFolder(packageName);
    if (root === undefined) {
        return undefined;
    }
    if (packageName === "kubernetes") {
        const [group = "", version = ""] = module.split("/");
        const builtIn = group === "helm.sh" ? "helm" : group.replace(/(\.[a-z]+)*\.k8s\.io$/, "");
        return builtIn.includes(".") ? undefined : fileIn(join(root, builtIn, version), name);
    }
    const path = module.replace(/^index(\/|$)/, "").split("/");
    const file = path.length > 1 || module.startsWith("index/") ? path.pop() : name;
    return fileIn(join(root, ...path), file ?? name);
}

/** SDKs spell `CSIDriver` as csidriver.d.ts and `Vpc` as vpc.d.ts: match without regard to case. */
function fileIn(folder: string, name: string): string | undefined {
    let files = directories.get(folder);
    if (files === undefined) {
        const found = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".d.ts")) : [];
        files = new Map(found.map((file) => [file.slice(0, -".d.ts".length).toLowerCase(), join(folder, file)]));
        directories.set(folder, files);
    }
    return files.get(name.toLowerCase());
}

/** The fields a function's result always has, learnt from `GetVpcResult` for `aws:ec2/getVpc:getVpc`. */
export function resultOf(token: string): ReadonlyMap<string, Kind> {
    const name = className(token);
    const file = declarationFile(token);
    const fields = new Map<string, Kind>();
    if (file !== undefined) {
        const heading = `export interface ${name.charAt(0).toUpperCase()}${name.slice(1)}Result `;
        for (const member of members(readFileSync(file, "utf8"), heading)) {
            if (!member.optional) {
                fields.set(member.name, kindOf(member.type));
            }
        }
    }
    return fields;
}

/** The declarations are generated, one member a block at four spaces: a line scan is enough and takes a millisecond. */
export function parseShape(source: string, name: string): Shape {
    const outputs = new Map<string, OutputShape>();
    for (const member of members(source, `export declare class ${name} `)) {
        const wrapped = /^pulumi\.Output<(.*)>$/s.exec(member.type)?.[1];
        if (wrapped !== undefined) {
            const type = wrapped.trim();
            const optional = /\|\s*undefined$/.test(type);
            outputs.set(member.name, { kind: kindOf(type), optional });
        }
    }
    const inputs = new Map<string, InputShape>();
    for (const member of members(source, `export interface ${name}Args `)) {
        const type = member.type.replace(/^pulumi\.Input<(.*)>$/s, "$1").trim();
        inputs.set(member.name, {
            kind: kindOf(type),
            required: !member.optional,
            replaces: REPLACES.test(member.comment),
            policyDocument: /PolicyDocument\b/.test(type),
        });
    }
    return { inputs, outputs };
}

const REPLACES = /\bforces? (?:a |the )?(?:new|replacement|re-?creation|resource recreation)/i;

function* members(source: string, heading: string): Generator<Member> {
    const start = source.indexOf(heading);
    if (start < 0) {
        return;
    }
    const end = source.indexOf("\n}", start);
    let comment = "";
    let pending: { name: string; optional: boolean; type: string } | undefined;
    for (const line of source.slice(source.indexOf("\n", start) + 1, end).split("\n")) {
        if (pending === undefined) {
            if (line.startsWith("    /**")) {
                comment = line;
                continue;
            }
            if (line.startsWith("     *")) {
                comment += line;
                continue;
            }
            const head = /^ {4}(?:readonly )?(\w+)(\??): (.*)$/.exec(line);
            if (head === null) {
                continue;
            }
            pending = { name: head[1] ?? "", optional: head[2] === "?", type: head[3] ?? "" };
        } else {
            pending.type += `\n${line}`;
        }
        const closed = pending.type.includes("\n") ? /^ {4}\}.*;$/.test(line) : line.endsWith(";");
        if (closed) {
            yield { ...pending, type: pending.type.slice(0, -1), comment };
            pending = undefined;
            comment = "";
        }
    }
}

function kindOf(type: string): Kind {
    const inner = type.replace(/\s*\|\s*undefined$/, "").trim();
    const bare = inner.replace(/^pulumi\.Input<(.*)>$/s, "$1").trim();
    if (bare.endsWith("[]")) {
        return "list";
    }
    if (bare.startsWith("{")) {
        return "map";
    }
    if (/^(string|"[^"]*"|enums\.[\w.]+)(\s*\|\s*(string|"[^"]*"|enums\.[\w.]+|\w+))*$/.test(bare)) {
        return "string";
    }
    if (bare === "number" || bare === "boolean") {
        return bare;
    }
    return "any";
}
