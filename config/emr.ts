/** What EMR takes, as far as a stack's config has to know it. */

/** Size of one instance, by the part of a type's name after the dot. Memory-optimised types have 8 GiB a vCPU. */
const vcpusBySize: Readonly<Record<string, number>> = {
    xlarge: 4,
    "2xlarge": 8,
    "4xlarge": 16,
    "8xlarge": 32,
    "12xlarge": 48,
    "16xlarge": 64,
};

/**
 * Families that EMR 7 launches, by what they are made for. EMR itself puts x86 and Graviton types into one fleet, as each
 * gets the image of its own architecture; only one custom image for all of them rules it out, and there is none here.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-supported-instance-types.html
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-custom-ami.html
 */
const families = {
    memory: ["r5", "r5a", "r5d", "r6a", "r6g", "r6gd", "r6i", "r6id", "r7a", "r7g", "r7i"],
    general: ["m5", "m5a", "m5d", "m6a", "m6g", "m6gd", "m6i", "m6id", "m7a", "m7g", "m7i"],
} as const;

export type FleetKind = keyof typeof families;

/** Types that a fleet has unless said otherwise: six, so that spot capacity is likely to be had. */
export function defaultFleet(kind: FleetKind, size: string): readonly string[] {
    const letter = kind === "memory" ? "r" : "m";
    return ["6g", "6a", "5a", "6i", "5", "5d"].map((generation) => `${letter}${generation}.${size}`);
}

/** https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-instance-fleet.html, with an allocation strategy. */
export const fleetLimits = { min: 5, max: 30 } as const;

/** vCPUs of a type that fleets may have. Absent: not one of them. */
export function fleetVcpus(instanceType: string): number | undefined {
    const [family = "", size = ""] = instanceType.split(".");
    const known = Object.values(families).some((list) => (list as readonly string[]).includes(family));
    return known && Object.hasOwn(vcpusBySize, size) ? vcpusBySize[size] : undefined;
}

/** All types that fleets may have, for messages. */
export const fleetFamilies: readonly string[] = [...families.memory, ...families.general];

/**
 * The newest release in November 2026, with Trino 479 and Iceberg 1.10.
 * https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-trino.html
 */
export const defaultRelease = "emr-7.13.0";

/**
 * Instance fleets with three primary nodes need 6.12.0, and in 7.x every release has them.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha.html
 */
export function supportsFleetsWithThreePrimaries(releaseLabel: string): boolean {
    const [major = 0, minor = 0] = releaseLabel.replace("emr-", "").split(".").map(Number);
    return major > 6 || (major === 6 && minor >= 12);
}
