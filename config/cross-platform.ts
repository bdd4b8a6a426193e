import { overlapCidr } from "cidr-tools";
import { configPath, type Fault } from "./faults";

/** Every `vpcCidr` of a stack with the path it stands at, found wherever a platform keeps it. */
function vpcRanges(value: unknown, path: readonly PropertyKey[]): { path: string; cidr: string }[] {
    if (value === null || typeof value !== "object") {
        return [];
    }
    return Object.entries(value).flatMap(([key, child]) =>
        key === "vpcCidr" && typeof child === "string"
            ? [{ path: configPath([...path, key]), cidr: child }]
            : vpcRanges(child, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** Two networks of one stack with a common address could never be peered, and routes between them would be ambiguous. */
export function overlappingNetworks(config: Readonly<Record<string, unknown>>, namespace: string): Fault[] {
    const ranges = Object.entries(config).flatMap(([key, value]) => vpcRanges(value, [`${namespace}:${key}`]));
    return ranges.flatMap((range, index) =>
        ranges
            .slice(0, index)
            .filter((earlier) => overlaps(earlier.cidr, range.cidr))
            .map((earlier) => ({
                path: range.path,
                expected: `a network apart from ${earlier.path} (${earlier.cidr})`,
                given: JSON.stringify(range.cidr),
                mend: "give each platform of the stack a range of its own",
            })),
    );
}

function overlaps(a: string, b: string): boolean {
    try {
        return overlapCidr(a, b);
    } catch {
        return false; // not a network: reported by the field itself
    }
}
