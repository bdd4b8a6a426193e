import { parseCidr } from "cidr-tools";
import { bagOf, listOf, open, text, type Wire } from "../wire";

export interface Subnet {
    readonly name: string;
    readonly zone: string;
    readonly type: "Public" | "Private" | "Isolated" | "Unused";
    readonly cidrBlock: string;
    readonly tags: Wire | undefined;
    readonly assignIpv6: Wire | undefined;
}

interface Spec {
    readonly type: Subnet["type"];
    readonly label: string;
    readonly mask: number | undefined;
    readonly cidrBlocks: readonly string[] | undefined;
    readonly tags: Wire | undefined;
    readonly assignIpv6: Wire | undefined;
}

export interface Layout {
    readonly subnets: readonly Subnet[];
    /** The layout as the component's output `subnetLayout`. */
    readonly resolved: Wire;
}

const TYPES: readonly Subnet["type"][] = ["Public", "Private", "Isolated", "Unused"];

/**
 * Cuts the VPC's range into one block a zone and each block into its subnets, as
 * https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/subnetDistributorNew.ts ("Auto", "Exact") and
 * subnetDistributorLegacy.ts do: every subnet starts at the first free address aligned to its size.
 */
export function layOut(options: {
    name: string;
    cidrBlock: string;
    zones: readonly string[];
    specs: Wire | undefined;
    strategy: string;
    zoneMask: number | undefined;
}): Layout {
    const { name, zones, strategy } = options;
    const whole = parseCidr(options.cidrBlock);
    const wholeMask = Number(whole.prefix);
    const zoneMask = (strategy === "Legacy" ? undefined : options.zoneMask) ?? wholeMask + bits(zones.length);
    const specs = order(specsOf(options.specs, zoneMask, strategy), strategy);
    const subnets = zones.flatMap((zone, index) => {
        let next = whole.start + BigInt(index) * size(zoneMask);
        const last = next + size(zoneMask);
        return specs.map((spec) => {
            const mask = spec.mask ?? defaultMask(spec, zoneMask, specs.length, strategy);
            const start = ceil(next, size(mask));
            next = start + size(mask);
            const explicit = spec.cidrBlocks?.[index];
            if (explicit === undefined && next > last) {
                throw new Error(
                    `Subnets are too large for VPC: ${name}-${spec.label}-${index + 1} (/${mask}) doesn't fit the /${zoneMask} of ${zone}.`,
                );
            }
            const cidrBlock = explicit ?? `${dotted(start)}/${mask}`;
            return {
                name: `${name}-${spec.label}-${index + 1}`,
                zone,
                type: spec.type,
                cidrBlock,
                tags: spec.tags,
                assignIpv6: spec.assignIpv6,
            };
        });
    });
    const resolved = specs.map((spec, index) => ({
        type: spec.type,
        cidrMask: Number(subnets[index]?.cidrBlock.split("/")[1] ?? 0),
        ...(spec.label === spec.type.toLowerCase() ? {} : { name: spec.label }),
        ...(spec.cidrBlocks === undefined ? {} : { cidrBlocks: spec.cidrBlocks }),
    }));
    return { subnets, resolved };
}

function readSpec(value: Wire): Spec {
    const spec = bagOf(value);
    const type = TYPES.find((candidate) => candidate.toLowerCase() === text(spec["type"])?.toLowerCase());
    if (type === undefined) {
        throw new Error(
            `subnetSpecs: type must be one of ${TYPES.join(", ")}, got ${JSON.stringify(spec["type"] ?? null)}`,
        );
    }
    const given = open(spec["cidrMask"]);
    const addresses = open(spec["size"]);
    const fromSize = typeof addresses === "number" ? 32 - bits(addresses) : undefined;
    return {
        type,
        label: text(spec["name"]) ?? type.toLowerCase(),
        mask: typeof given === "number" ? given : fromSize,
        cidrBlocks:
            spec["cidrBlocks"] === undefined ? undefined : listOf(spec["cidrBlocks"]).map((block) => text(block) ?? ""),
        tags: spec["tags"],
        assignIpv6: spec["assignIpv6AddressOnCreation"],
    };
}

/** A private and a public subnet a zone: half and a quarter of it; "Auto" never takes more than a /16. */
function defaults(zoneMask: number, strategy: string): readonly Spec[] {
    const mask = strategy === "Legacy" ? zoneMask : Math.max(zoneMask, 16);
    const spec = (type: Subnet["type"], own: number): Spec => ({
        type,
        label: type.toLowerCase(),
        mask: own,
        cidrBlocks: undefined,
        tags: undefined,
        assignIpv6: undefined,
    });
    return [spec("Private", mask + 1), spec("Public", mask + 2)];
}

/** "AutoMerge" keeps the default private and public subnet and takes what the given specs say about each. */
function specsOf(given: Wire | undefined, zoneMask: number, strategy: string): readonly Spec[] {
    if (given === undefined) {
        return defaults(zoneMask, strategy);
    }
    const specs = listOf(given).map(readSpec);
    if (strategy !== "AutoMerge") {
        return specs;
    }
    const merged = defaults(zoneMask, strategy).map((standard) => {
        const own = specs.find((spec) => spec.type === standard.type);
        return { ...standard, ...own, mask: own?.mask ?? standard.mask };
    });
    return [...merged, ...specs.filter((spec) => !merged.some((standard) => standard.type === spec.type))];
}

const LEGACY_ORDER: readonly Subnet["type"][] = ["Private", "Public", "Isolated"];
const LEGACY_LARGEST = { Private: 19, Public: 20, Isolated: 24, Unused: 0 } as const;

function order(specs: readonly Spec[], strategy: string): readonly Spec[] {
    return strategy === "Legacy" ? LEGACY_ORDER.flatMap((type) => specs.filter((spec) => spec.type === type)) : specs;
}

function defaultMask(spec: Spec, zoneMask: number, count: number, strategy: string): number {
    return strategy === "Legacy"
        ? Math.max(zoneMask + (count === 1 ? 0 : 1), LEGACY_LARGEST[spec.type])
        : zoneMask + bits(count);
}

function bits(count: number): number {
    return Math.ceil(Math.log2(Math.max(count, 1)));
}

function size(mask: number): bigint {
    return 1n << BigInt(32 - mask);
}

function ceil(address: bigint, block: bigint): bigint {
    return ((address + block - 1n) / block) * block;
}

function dotted(address: bigint): string {
    return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");
}
