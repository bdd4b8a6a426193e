import { UnknownValueError } from "@pulumi/policy";

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

type State = "known" | "absent" | "unknown";

/**
 * One property of a resource, read without ever throwing. A value is known, absent (`null` counts as absent), or unknown until
 * deployment; whatever lies below an unknown is unknown too.
 */
export class Node {
    private constructor(
        readonly state: State,
        private readonly raw: unknown,
        /** Where it stands, written as in a program: `ingress[0].cidrBlocks`. */
        readonly path: string,
    ) {}

    static of(value: unknown, path = ""): Node {
        return value === undefined || value === null
            ? new Node("absent", undefined, path)
            : new Node("known", value, path);
    }

    /** A value of which only the position is known. */
    static unknown(path: string): Node {
        return new Node("unknown", undefined, path);
    }

    get known(): boolean {
        return this.state === "known";
    }

    get absent(): boolean {
        return this.state === "absent";
    }

    get unknown(): boolean {
        return this.state === "unknown";
    }

    /** The property `name`, or the one reached by a dotted path. */
    get(name: string): Node {
        const dot = name.indexOf(".");
        return dot < 0 ? this.child(name) : this.child(name.slice(0, dot)).get(name.slice(dot + 1));
    }

    /** The property named exactly so, dots and slashes included: annotations and labels. */
    child(name: string): Node {
        const path = this.pathOf(name);
        if (this.state === "unknown") {
            return Node.unknown(path);
        }
        return isRecord(this.raw) && Object.hasOwn(this.raw, name) ? this.read(name, path) : Node.of(undefined, path);
    }

    /** The elements of a list; a lone object counts as a list of one, since providers accept both. */
    items(): readonly Node[] {
        if (Array.isArray(this.raw)) {
            return Array.from({ length: this.raw.length }, (_, index) => this.read(index, `${this.path}[${index}]`));
        }
        return this.isObject() ? [this] : [];
    }

    /** The elements of a list of plain values; a lone value counts as a list of one. */
    values(): readonly Node[] {
        return Array.isArray(this.raw) ? this.items() : this.known ? [this] : [];
    }

    keys(): readonly string[] {
        return isRecord(this.raw) ? Object.keys(this.raw) : [];
    }

    entries(): readonly (readonly [string, Node])[] {
        return this.keys().map((key) => [key, this.child(key)] as const);
    }

    isList(): boolean {
        return Array.isArray(this.raw);
    }

    isObject(): boolean {
        return isRecord(this.raw);
    }

    get string(): string | undefined {
        return typeof this.raw === "string" ? this.raw : undefined;
    }

    get number(): number | undefined {
        if (typeof this.raw === "string" && /^-?\d+$/.test(this.raw)) {
            return Number(this.raw);
        }
        return typeof this.raw === "number" ? this.raw : undefined;
    }

    /** Providers and Helm charts take `"true"` for `true`. */
    get boolean(): boolean | undefined {
        if (typeof this.raw === "boolean") {
            return this.raw;
        }
        const text = typeof this.raw === "string" ? this.raw.trim().toLowerCase() : undefined;
        return text === "true" ? true : text === "false" ? false : undefined;
    }

    /** True when nothing is known of it, or when a part of it is unknown. Looks `depth` levels down. */
    hasUnknown(depth = 8): boolean {
        if (this.state !== "known" || depth === 0) {
            return this.state === "unknown";
        }
        const parts = this.isList() ? this.items() : this.entries().map(([, node]) => node);
        return parts.some((part) => part.hasUnknown(depth - 1));
    }

    /** The value as plain data, unknown parts left out; `undefined` deeper than `depth`. */
    plain(depth = 32): unknown {
        if (this.state !== "known" || depth === 0) {
            return undefined;
        }
        if (this.isList()) {
            return this.items().map((item) => item.plain(depth - 1));
        }
        if (this.isObject()) {
            return Object.fromEntries(this.entries().map(([key, node]) => [key, node.plain(depth - 1)]));
        }
        return this.raw;
    }

    private pathOf(name: string): string {
        const step = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `["${name}"]`;
        return this.path === "" || step.startsWith("[") ? `${this.path}${step}` : `${this.path}.${step}`;
    }

    private read(key: string | number, path: string): Node {
        try {
            return Node.of((this.raw as Record<string | number, unknown>)[key], path);
        } catch (error) {
            if (error instanceof UnknownValueError) {
                return Node.unknown(path);
            }
            throw error;
        }
    }
}
