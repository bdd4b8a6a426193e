import { readFileSync } from "node:fs";
import { z } from "zod";

const state = z.object({
    type: z.string(),
    aliases: z.array(z.string()).optional(),
    protect: z.boolean().optional(),
    retainOnDelete: z.boolean().optional(),
});

/** The parts that are looked at of what `pulumi preview --json` prints; https://github.com/pulumi/pulumi/blob/v3.225.0/pkg/backend/display/json.go */
const planSchema = z.object({
    steps: z
        .array(
            z.object({
                op: z.string(),
                urn: z.string(),
                oldState: state.nullish(),
                newState: state.nullish(),
                replaceReasons: z.array(z.string()).nullish(),
            }),
        )
        // an empty stack's plan has none
        .nullish()
        .transform((steps) => steps ?? []),
    changeSummary: z.record(z.string(), z.number()).nullish(),
});

export type Plan = z.output<typeof planSchema>;
export type PlanStep = Plan["steps"][number];

/** @throws Error that names the file where it is no plan. */
export function readPlan(file: string): Plan {
    const text = readFileSync(file, "utf8");
    let json: unknown;
    try {
        json = JSON.parse(text);
    } catch {
        throw new Error(`${file} is not JSON: write it with \`pulumi preview --json > ${file}\``);
    }
    const parsed = planSchema.safeParse(json);
    if (!parsed.success) {
        throw new Error(`${file} is not a plan of \`pulumi preview --json\`: ${z.prettifyError(parsed.error)}`);
    }
    return parsed.data;
}
