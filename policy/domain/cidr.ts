import { isIP } from "node:net";
import { containsCidr, excludeCidr, mergeCidr, parseCidr } from "cidr-tools";

/**
 * Ranges that are not routed on the internet: private use, shared (carrier) space, loopback, link-local, unique local.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const notInternet = [
    "0.0.0.0/32",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::/128",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
];

/** The widest range of internet addresses that counts as somebody's own network, as prefix lengths. */
export interface Widest {
    readonly ipv4: number;
    readonly ipv6: number;
}

/** Adjacent networks of one organisation are listed side by side, so a union may be some bits wider than a range. */
function widestUnion({ ipv4, ipv6 }: Widest): Widest {
    return { ipv4: Math.max(ipv4 - 8, Math.min(ipv4, 8)), ipv6: Math.max(ipv6 - 8, Math.min(ipv6, 8)) };
}

const remainders = new Map<string, readonly string[]>();

/** Whether the text is an address range at all. */
export function isCidr(text: string): boolean {
    const [address = "", prefix, ...rest] = text.trim().split("/");
    const version = isIP(address);
    const bits = version === 4 ? 32 : 128;
    return (
        version > 0 &&
        rest.length === 0 &&
        (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
    );
}

/** The parts of the range that are internet addresses; empty for what is no range. */
function internetParts(text: string): readonly string[] {
    let parts = remainders.get(text);
    if (parts === undefined) {
        parts = isCidr(text) ? excludeCidr(mergeCidr(text.trim()), notInternet) : [];
        remainders.set(text, parts);
    }
    return parts;
}

function widerThan(networks: readonly string[], widest: Widest): boolean {
    return networks.some((network) => {
        const { version, prefix } = parseCidr(network);
        return Number(prefix) < (version === 4 ? widest.ipv4 : widest.ipv6);
    });
}

/** Whether the range takes in more of the internet than `widest`. Host bits do not matter: `1.2.3.4/0` is the world. */
export function isOpen(range: string, widest: Widest): boolean {
    return widerThan(internetParts(range), widest);
}

/** Whether the ranges together do, though none does alone: `0.0.0.0/1` and `128.0.0.0/1`. */
export function areOpenTogether(ranges: readonly string[], widest: Widest): boolean {
    const parts = [...new Set(ranges.flatMap(internetParts))];
    return parts.length > 1 && widerThan(mergeCidr(parts), widestUnion(widest));
}

/** Whether the range is the whole IPv4 or IPv6 internet. */
export function isWorld(range: string): boolean {
    return isCidr(range) && (containsCidr(range.trim(), "0.0.0.0/0") || containsCidr(range.trim(), "::/0"));
}
