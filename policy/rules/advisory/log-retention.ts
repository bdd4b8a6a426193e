import { z } from "zod";
import type { ResourceRule } from "../../engine/rule";

const settings = z.object({
    /** Fewest days that logs are kept. */
    fewestDays: z.int().min(1).default(1),
});

export const logRetention: ResourceRule = {
    id: "log-retention",
    title: "Log groups say how long they keep their logs",
    category: "advisory",
    enforcement: "advisory",
    severity: "low",
    why: "A group without retention keeps, and bills, everything for ever.",
    remediation: "Set retentionInDays.",
    url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention",
    frameworks: [],
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    thresholds: settings,
    check(resource, report, { thresholds }) {
        const { fewestDays } = settings.parse(thresholds);
        const days = resource.get("retentionInDays");
        if (days.unknown) {
            report.undecided(days);
        } else if ((days.number ?? 0) === 0) {
            report.violation(days, "logs are kept for ever", "it to a number of days");
        } else if ((days.number ?? 0) < fewestDays) {
            report.violation(days, "logs are gone too early", `it to ${fewestDays} days or more`);
        }
    },
};
