import { Node } from "../engine/node";

export type Parsed =
    | { readonly state: "known"; readonly node: Node }
    | { readonly state: "malformed" | "absent" | "unknown" };

/** Reads a property that holds JSON, as text or as an object already. */
export function parseJson(node: Node): Parsed {
    if (node.unknown || node.absent) {
        return { state: node.unknown ? "unknown" : "absent" };
    }
    const text = node.string;
    if (text === undefined) {
        return node.isObject() || node.isList() ? { state: "known", node } : { state: "malformed" };
    }
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null
            ? { state: "known", node: Node.of(value, node.path) }
            : { state: "malformed" };
    } catch {
        return { state: "malformed" };
    }
}
