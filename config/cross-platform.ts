import * as pulumi from "@pulumi/pulumi";
import { overlapCidr } from "cidr-tools";
import { configCommand, configPath, type Fault } from "./faults";
import type { Path } from "./schema-map";

/** Rules that hold for every platform alike, or between them. */
export function acrossPlatforms(config: Readonly<Record<string, unknown>>, namespace: string): Fault[] {
    const objects = [...objectsOf(config, [])];
    return [...overlappingNetworks(objects, namespace), ...idleExternalIds(objects, namespace)];
}

interface Located {
    readonly path: Path;
    readonly keys: Readonly<Record<string, unknown>>;
}

/** Every object of a config, at any depth. */
function* objectsOf(value: unknown, path: Path): Generator<Located> {
    if (value === null || typeof value !== "object" || pulumi.Output.isInstance(value)) {
        return;
    }
    if (!Array.isArray(value)) {
        yield { path, keys: value as Located["keys"] };
    }
    for (const [key, child] of Object.entries(value)) {
        yield* objectsOf(child, [...path, Array.isArray(value) ? Number(key) : key]);
    }
}

/** Two networks of one stack with a common address could never be peered, and routes between them would be ambiguous. */
function overlappingNetworks(objects: readonly Located[], namespace: string): Fault[] {
    const ranges = objects.flatMap(({ path, keys: { vpcCidr } }) =>
        typeof vpcCidr === "string" ? [{ path: configPath(namespace, [...path, "vpcCidr"]), cidr: vpcCidr }] : [],
    );
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

/** An external id is only ever sent when a role is assumed. */
function idleExternalIds(objects: readonly Located[], namespace: string): Fault[] {
    return objects
        .filter(({ keys }) => typeof keys.externalId === "string" && keys.assumeRoleArn === undefined)
        .map(({ path }) => [...path, "externalId"])
        .map((path) => ({
            path: configPath(namespace, path),
            expected: "nothing without assumeRoleArn",
            given: "an external id",
            mend: `set assumeRoleArn or remove it with \`${configCommand("rm", [], namespace, path)}\``,
        }));
}
