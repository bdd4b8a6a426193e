import { z } from "zod";
import { covers } from "../engine/exemptions";
import { type Exemption, exemptionSchema } from "../engine/settings";
import type { StackView } from "../engine/stack";
import { describe, type Exposure, exposures } from "./exposure";

/** An exemption of a stack's config, with the rule it is for. */
export interface DeclaredEdge {
    readonly rule: string;
    readonly exemption: Exemption;
}

const configSchema = z.record(
    z.string(),
    z.union([z.string(), z.looseObject({ exemptions: z.array(exemptionSchema).default([]) })]),
);

/** The exemptions that hold today. */
export function exemptedEdges(config: unknown, now: Date): readonly DeclaredEdge[] {
    const today = now.toISOString().slice(0, 10);
    return Object.entries(configSchema.parse(config)).flatMap(([rule, settings]) =>
        (typeof settings === "string" ? [] : settings.exemptions)
            .filter(({ expires }) => expires >= today)
            .map((exemption) => ({ rule, exemption })),
    );
}

/** The declared edge by which the path enters, if one does. */
function edgeOf({ path: [first] }: Exposure, edges: readonly DeclaredEdge[]): DeclaredEdge | undefined {
    return first === undefined
        ? undefined
        : edges.find(({ exemption }) => covers(exemption, first.urn, exemption.path ?? ""));
}

const widest = { ipv4: 24, ipv6: 48 };

/** One line for each resource that can be reached: the path, and the exception under which it begins. */
export function describeExposures(stack: StackView, edges: readonly DeclaredEdge[]): readonly string[] {
    const found = exposures(stack, widest);
    if (found.length === 0) {
        return ["nothing can be reached from the internet"];
    }
    return found.map((exposure) => {
        const edge = edgeOf(exposure, edges);
        const under =
            edge === undefined
                ? "under no exception"
                : `under the exception of ${edge.rule} until ${edge.exemption.expires} (${edge.exemption.reason})`;
        return `${describe(exposure)}: ${under}`;
    });
}
