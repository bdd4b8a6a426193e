import { z } from "zod";

/** Threshold shared by rules that concern production only. */
export const productionStacks = z.object({
    /** Names of the stacks to which the rule applies. */
    stacks: z.array(z.string().min(1)).default(["prod"]),
});

/** Whether the resource belongs to one of the stacks: a URN reads `urn:pulumi:<stack>::<project>::...`. */
export function inProduction(urn: string, thresholds: Readonly<Record<string, unknown>>): boolean {
    const stack = urn.split("::")[0]?.split(":").at(-1) ?? "";
    return productionStacks.parse(thresholds).stacks.includes(stack);
}
