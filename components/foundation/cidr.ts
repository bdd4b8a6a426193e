import { normalizeCidr, parseCidr } from "cidr-tools";

/** A network as AWS takes it: a valid address, its prefix, no host bits. */
export interface IpNetwork {
    readonly version: 4 | 6;
    readonly prefix: number;
}

/** What a text says of a network, or nothing where it is none. */
export function networkOf(cidr: string): IpNetwork | undefined {
    try {
        const { version, prefix, prefixPresent } = parseCidr(cidr);
        return prefixPresent && normalizeCidr(cidr) === cidr ? { version, prefix: Number(prefix) } : undefined;
    } catch {
        return undefined;
    }
}
