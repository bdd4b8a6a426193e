import type { Node } from "./node";

export type FindingKind = "violation" | "undecided" | "exempted" | "expired" | "fault";

export interface Finding {
    readonly kind: FindingKind;
    /** The property it is about; empty for the resource as a whole. */
    readonly path: string;
    readonly message: string;
    /** Resource it is about, in findings on the whole stack. */
    readonly urn?: string;
}

/** What a rule says about one resource, or about the stack. */
export class Report {
    readonly findings: Finding[] = [];

    /**
     * `<path>: <wrong>, got <value>; set <mend>`.
     * @param wrong what is wrong with it, as a clause: "the range is open to the internet"
     * @param mend the property and the value that mend it: "cidrBlocks to ranges of your own network"
     */
    violation(node: Node, wrong: string, mend: string): void {
        this.add("violation", node.path, `${node.path}: ${wrong}, got ${given(node)}; set ${mend}`);
    }

    /** A violation that has no single value to show. */
    fault(path: string, wrong: string, mend: string, urn?: string): void {
        this.add("violation", path, `${path === "" ? "" : `${path}: `}${wrong}; ${mend}`, urn);
    }

    /** Nothing known decides it; it is judged again in `pulumi up`. */
    undecided(node: Node): void {
        this.add("undecided", node.path, `${node.path}: undecided until deployment, the value is not known in preview`);
    }

    private add(kind: FindingKind, path: string, message: string, urn?: string): void {
        if (!this.findings.some((finding) => finding.message === message && finding.urn === urn)) {
            this.findings.push(urn === undefined ? { kind, path, message } : { kind, path, message, urn });
        }
    }
}

const longest = 100;

/** The value as shown in a message, cut short. */
export function given(node: Node): string {
    if (node.absent) {
        return "nothing";
    }
    if (node.unknown) {
        return "a value not known yet";
    }
    const text = JSON.stringify(node.plain(6), sorted) ?? "nothing";
    return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** The engine hands objects on without regard to the order in which a program wrote them. */
function sorted(_: string, value: unknown): unknown {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
}
