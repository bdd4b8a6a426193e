/**
 * What is wrong with a stack's config, in one form for every platform: which key, what was expected, what was given and
 * how to mend it. All faults of a stack are reported together, before anything is created.
 */
export interface Fault {
    /** Full path, for example `platforms:demoApp.backend.replicas`. */
    readonly path: string;
    /** What the key takes, for example `a whole number from 2 to 50`. */
    readonly expected: string;
    /** What was found, already redacted when the key holds secrets. */
    readonly given: string;
    /** What to do about it: an imperative clause. */
    readonly mend: string;
}

/** One line per fault, in the order of their paths so that two runs read alike. */
export function formatFaults(faults: readonly Fault[]): string {
    return [...faults]
        .sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }))
        .map((fault) => `${fault.path}: expected ${fault.expected}, got ${fault.given}; ${fault.mend}`)
        .join("\n");
}

/** The path as Pulumi's own `--path` flag takes it: `platforms:demoApp.tenants["a.b"].roles[0]`. */
export function configPath(segments: readonly PropertyKey[]): string {
    return segments
        .map((segment, index) => {
            if (typeof segment === "number") {
                return `[${segment}]`;
            }
            const text = String(segment);
            if (index === 0) {
                return text;
            }
            return /^[A-Za-z_][\w-]*$/.test(text) ? `.${text}` : `[${JSON.stringify(text)}]`;
        })
        .join("");
}

/** A value as people should see it in a message: short, and never a secret. */
export function describeGiven(value: unknown, secret: boolean): string {
    if (value === undefined) {
        return "nothing";
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
    }
    if (value !== null && typeof value === "object") {
        return "an object";
    }
    if (secret && typeof value === "string") {
        return "a text (hidden: this key holds secrets)";
    }
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
