/**
 * What is wrong with a stack's config, in one form for every platform: which key, what was expected, what was given and
 * how to mend it. All faults of a stack are reported together, before anything is created.
 */
export interface Fault {
    /** Full path, for example `platforms:demoApp.backend.replicas`. */
    readonly path: string;
    /** What the key takes, for example `a whole number from 2 to 50`. */
    readonly expected: string;
    /** What was found, already redacted when it may be a secret. */
    readonly given: string;
    /** What to do about it: an imperative clause. */
    readonly mend: string;
}

const line = (fault: Fault) => `${fault.path}: expected ${fault.expected}, got ${fault.given}; ${fault.mend}`;

/** One line per fault, in the order of their paths so that two runs read alike. */
export function formatFaults(faults: readonly Fault[]): string {
    const order = new Intl.Collator("en", { numeric: true }).compare;
    return [...faults]
        .sort((a, b) => order(a.path, b.path) || order(a.expected, b.expected) || order(a.given, b.given))
        .map(line)
        .join("\n");
}

const simpleKey = /^[A-Za-z_][\w-]*$/;

/**
 * The full path of a key as Pulumi's own `--path` flag takes it: `platforms:demoApp.tenants["a.b"].roles[0]`.
 * The first segment is the key's name within the namespace.
 */
export function configPath(namespace: string, path: readonly PropertyKey[]): string {
    const [name, ...rest] = path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
    const steps = rest.map((segment) => {
        if (typeof segment === "number") {
            return `[${segment}]`;
        }
        return simpleKey.test(segment) ? `.${segment}` : `[${JSON.stringify(segment)}]`;
    });
    return `${namespace}:${name === undefined ? "" : oneLine(String(name))}${steps.join("")}`;
}

/** A name as it is, unless it would break the line. */
const oneLine = (text: string) => (/\p{Cc}/u.test(text) ? JSON.stringify(text) : text);

/** A `pulumi config` command for a key, quoted for a shell. */
export function configCommand(
    verb: "set" | "rm",
    flags: readonly string[],
    namespace: string,
    path: readonly PropertyKey[],
): string {
    const nested = path.length > 1 ? ["--path"] : [];
    const quoted = `'${configPath(namespace, path).replaceAll("'", "'\\''")}'`;
    return ["pulumi config", verb, ...nested, ...flags, quoted].join(" ");
}

/** A value as people should see it in a message: short, and never a secret. */
export function describeGiven(value: unknown, hidden: boolean): string {
    if (value === undefined) {
        return "nothing";
    }
    if (value === null) {
        return "an empty value";
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
    }
    if (typeof value === "object") {
        return "an object";
    }
    if (hidden && typeof value !== "boolean") {
        return `${typeof value === "string" ? "a text" : "a number"} (hidden, it may be a secret)`;
    }
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}
