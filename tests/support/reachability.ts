import { containsCidr } from "cidr-tools";

/**
 * Who may talk to whom under a set of NetworkPolicy objects, by the rules of
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/. What it can't judge (exceptions of address ranges, named
 * ports, match expressions) is an error, so that no test passes because of something that was overlooked.
 */

export interface Pod {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    /** For an end that is no pod, an API server say. */
    readonly address?: string;
}

export interface Connection {
    readonly from: Pod;
    readonly to: Pod;
    readonly port: number;
    readonly protocol: "TCP" | "UDP";
}

interface Selector {
    readonly matchLabels?: Readonly<Record<string, string>>;
}

interface Peer {
    readonly podSelector?: Selector;
    readonly namespaceSelector?: Selector;
    readonly ipBlock?: { readonly cidr: string };
}

interface Rule {
    readonly from?: readonly Peer[];
    readonly to?: readonly Peer[];
    readonly ports?: readonly { readonly protocol?: string; readonly port?: number }[];
}

/** The part of a NetworkPolicy that matters here. */
export interface NetworkPolicy {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: {
        readonly podSelector: Selector;
        readonly policyTypes: readonly string[];
        readonly ingress?: readonly Rule[];
        readonly egress?: readonly Rule[];
    };
}

function onlyKnows(what: string, value: object, known: readonly string[]): void {
    const unknown = Object.keys(value).filter((key) => !known.includes(key));
    if (unknown.length > 0) {
        throw new Error(`${what} has ${unknown.join(", ")}, which this check can't judge`);
    }
}

function selects(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
    onlyKnows("a selector", selector, ["matchLabels"]);
    return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function isPeer(peer: Peer, pod: Pod, policyNamespace: string): boolean {
    onlyKnows("a peer", peer, ["podSelector", "namespaceSelector", "ipBlock"]);
    if (peer.ipBlock !== undefined) {
        onlyKnows("an address range", peer.ipBlock, ["cidr"]);
        // for what is no pod of the cluster, as the specification has it
        return pod.address !== undefined && containsCidr(peer.ipBlock.cidr, `${pod.address}/32`);
    }
    const namespaceFits = peer.namespaceSelector
        ? selects(peer.namespaceSelector, { "kubernetes.io/metadata.name": pod.namespace })
        : pod.namespace === policyNamespace;
    return namespaceFits && selects(peer.podSelector ?? {}, pod.labels);
}

function portFits(rule: Rule, on: Connection): boolean {
    return (
        !rule.ports?.length ||
        rule.ports.some((port) => {
            onlyKnows("a port", port, ["protocol", "port"]);
            if (port.port !== undefined && typeof port.port !== "number") {
                throw new Error(`port ${port.port} has a name, which this check can't judge`);
            }
            return (port.protocol ?? "TCP") === on.protocol && (port.port === undefined || port.port === on.port);
        })
    );
}

/** Whether the policies on one end let the connection through; `other` is the far end. */
function endAllows(
    policies: readonly NetworkPolicy[],
    end: { readonly type: "Ingress" | "Egress"; readonly pod: Pod; readonly other: Pod },
    on: Connection,
): boolean {
    const isolating = policies.filter(
        ({ metadata, spec }) =>
            metadata.namespace === end.pod.namespace &&
            spec.policyTypes.includes(end.type) &&
            selects(spec.podSelector, end.pod.labels),
    );
    const allows = ({ metadata, spec }: NetworkPolicy) =>
        ((end.type === "Ingress" ? spec.ingress : spec.egress) ?? []).some((rule) => {
            onlyKnows("a rule", rule, [end.type === "Ingress" ? "from" : "to", "ports"]);
            const peers = rule.from ?? rule.to ?? [];
            return (
                portFits(rule, on) &&
                (peers.length === 0 || peers.some((peer) => isPeer(peer, end.other, metadata.namespace)))
            );
        });
    return isolating.length === 0 || isolating.some(allows);
}

/** Whether a connection is let through at both ends. */
export function mayConnect(policies: readonly NetworkPolicy[], on: Connection): boolean {
    return (
        endAllows(policies, { type: "Egress", pod: on.from, other: on.to }, on) &&
        endAllows(policies, { type: "Ingress", pod: on.to, other: on.from }, on)
    );
}
