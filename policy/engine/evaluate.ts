import { componentHint } from "./components";
import type { Exemptions } from "./exemptions";
import { type Finding, Report } from "./report";
import type { ResourceView } from "./resource";
import type { ResourceRule, StackRule } from "./rule";
import type { Settings } from "./settings";
import type { StackView } from "./stack";

export type Clock = () => Date;

export interface Configured {
    readonly settings: Settings;
    readonly exemptions: Exemptions;
}

/** Runs one rule on one resource. A defect of the rule is a finding of its own and hides nothing. */
export function evaluate(
    rule: ResourceRule,
    resource: ResourceView,
    { settings, exemptions }: Configured,
    clock: Clock,
): readonly Finding[] {
    const now = clock();
    const findings = guarded(rule.id, (report) =>
        rule.check(resource, report, { thresholds: settings.thresholds, now }),
    );
    return findings.map((finding) => {
        const hint =
            finding.kind === "violation" ? componentHint(resource.components, resource.type, finding.path) : "";
        return exemptions.apply({ ...finding, message: `${finding.message}${hint}` }, resource.urn, now);
    });
}

export function evaluateStack(
    rule: StackRule,
    stack: StackView,
    { settings, exemptions }: Configured,
    clock: Clock,
): readonly Finding[] {
    const now = clock();
    const findings = guarded(rule.id, (report) =>
        rule.checkStack(stack, report, { thresholds: settings.thresholds, now }),
    );
    return findings.map((finding) => exemptions.apply(finding, "", now));
}

function guarded(id: string, run: (report: Report) => void): readonly Finding[] {
    const report = new Report();
    try {
        run(report);
        return report.findings;
    } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        const message = `rule ${id} failed on this resource, which is therefore not judged by it: ${reason}`;
        return [...report.findings, { kind: "fault", path: "", message }];
    }
}
