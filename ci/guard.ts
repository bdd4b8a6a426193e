import type { Plan, PlanStep } from "./plan";
import { lossOf } from "./stateful-types";

/** A stateful resource that a plan takes away. */
export interface Loss {
    readonly urn: string;
    readonly type: string;
    readonly how: "replace" | "delete";
    /** What is lost, in words. */
    readonly loses: string;
    /** Properties that force a replacement. */
    readonly because: readonly string[];
}

/** Steps after which what was there is gone: https://github.com/pulumi/pulumi/blob/v3.225.0/sdk/go/common/apitype/updates.go */
const taking: ReadonlySet<string> = new Set([
    "replace",
    "create-replacement",
    "delete-replaced",
    "discard-replaced",
    "delete",
    "discard",
]);

/** Stateful resources that a plan replaces or deletes, once each, in the plan's order. */
export function lossesOf({ steps }: Plan): Loss[] {
    const found = new Map<string, Loss>();
    for (const step of steps) {
        const loss = lossOfStep(step);
        const known = found.get(step.urn);
        if (loss !== undefined && (known === undefined || loss.because.length > known.because.length)) {
            found.set(step.urn, loss);
        }
    }
    return [...found.values()];
}

function lossOfStep(step: PlanStep): Loss | undefined {
    const old = step.oldState ?? step.newState;
    const loses = old && taking.has(step.op) ? lossOf(old.type) : undefined;
    // Pulumi forgets such a resource and leaves it in the cloud.
    if (!old || loses === undefined || old.retainOnDelete) {
        return undefined;
    }
    const how = step.op === "delete" || step.op === "discard" ? "delete" : "replace";
    return { urn: step.urn, type: old.type, how, loses, because: step.replaceReasons ?? [] };
}

export interface Verdict {
    readonly refused: readonly Loss[];
    readonly approved: readonly Loss[];
    /** Approvals of what the plan doesn't take away. */
    readonly idle: readonly string[];
}

/** Approvals are whole URNs: one for everything would be given once and never taken back. */
export function judge(plan: Plan, approvals: readonly string[]): Verdict {
    const losses = lossesOf(plan);
    const isApproved = ({ urn }: Loss) => approvals.includes(urn);
    return {
        refused: losses.filter((loss) => !isApproved(loss)),
        approved: losses.filter(isApproved),
        idle: approvals.filter((urn) => !losses.some((loss) => loss.urn === urn)),
    };
}

/** The lines of a pull request's text that approve a loss: `approve-loss: <urn>`. */
export const approvalsIn = (text: string): string[] =>
    [...text.matchAll(/^\s*approve-loss:\s*`?(urn:pulumi:[^\s`]+)`?\s*$/gm)].flatMap(([, urn]) => urn ?? []);

export function report({ refused, approved, idle }: Verdict): string {
    const line = ({ urn, how, loses, because }: Loss) =>
        `  ${how} ${urn}\n    loses ${loses}${because.length > 0 ? `; forced by ${because.join(", ")}` : ""}`;
    return [
        ...(refused.length > 0
            ? [
                  `${refused.length} stateful resource(s) would be lost:`,
                  ...refused.map(line),
                  "Keep them (an alias for a rename, another value for what forces the replacement), or approve each:",
                  ...refused.map(({ urn }) => `  --approve '${urn}'`),
              ]
            : ["no stateful resource is lost without approval"]),
        ...(approved.length > 0 ? ["approved:", ...approved.map(line)] : []),
        ...idle.map((urn) => `approved but not in the plan: ${urn}`),
    ].join("\n");
}
