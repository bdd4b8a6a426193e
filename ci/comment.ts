import type { Loss } from "./guard";
import type { Plan } from "./plan";
import type { PolicyEvent } from "./sarif";

/** Most lines of a kind: GitHub takes 65,536 characters a comment. */
const most = 60;

const shortOf = (urn: string): string => {
    const [, , types = "", ...name] = urn.split("::");
    return `${types.split("$").at(-1) ?? ""} \`${name.join("::")}\``;
};

function list(title: string, lines: readonly string[], open = false): string[] {
    if (lines.length === 0) {
        return [];
    }
    const more = lines.length > most ? [`- and ${lines.length - most} more`] : [];
    return [
        "",
        `<details${open ? " open" : ""}><summary>${title}: ${lines.length}</summary>`,
        "",
        ...lines.slice(0, most).map((text) => `- ${text}`),
        ...more,
        "",
        "</details>",
    ];
}

/** A plan as a comment on a pull request. */
export function planComment(
    stack: string,
    plan: Plan,
    losses: readonly Loss[],
    findings: readonly PolicyEvent[],
): string {
    const counts = Object.entries(plan.changeSummary ?? {}).map(([op, count]) => `${count} ${op}`);
    const changed = plan.steps.filter(({ op }) => op !== "same" && op !== "read");
    const mandatory = findings.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
    return [
        `### Plan of \`${stack}\``,
        "",
        counts.length > 0 ? counts.join(", ") : "nothing to do",
        ...list(
            "Stateful resources that would be lost",
            losses.map(({ how, urn, loses }) => `${how} ${shortOf(urn)} loses ${loses}`),
            true,
        ),
        ...list(
            "Mandatory policy findings",
            mandatory.map((event) => `${event.policyName}: ${shortOf(event.resourceUrn)}`),
            true,
        ),
        ...list(
            "Changes",
            changed.map(({ op, urn }) => `${op} ${shortOf(urn)}`),
        ),
        "",
    ].join("\n");
}
