import { z } from "zod";
import type { ResourceRule } from "../../engine/rule";

const settings = z.object({
    /** Ports that a cluster's groups may open to the internet; EMR's own default is 22. */
    permittedPorts: z.array(z.int().min(0).max(65535)).default([]),
});

export const emrPublicAccess: ResourceRule = {
    id: "emr-public-access",
    title: "EMR refuses clusters with public security groups",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "The block is the account's last guard against a cluster whose consoles face the internet.",
    remediation: "Set blockPublicSecurityGroupRules: true and permit no ranges of ports.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/emr-controls.html#emr-2",
    frameworks: [{ name: "AWS FSBP", control: "EMR.2" }],
    types: ["aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration"],
    thresholds: settings,
    check(resource, report, { thresholds }) {
        const { permittedPorts } = settings.parse(thresholds);
        const block = resource.get("blockPublicSecurityGroupRules");
        if (block.unknown) {
            report.undecided(block);
        } else if (block.boolean !== true) {
            report.violation(block, "public clusters are let through", "it to true");
        }
        for (const range of resource.get("permittedPublicSecurityGroupRuleRanges").items()) {
            const from = range.get("minRange");
            const port = from.number;
            const single = port !== undefined && (range.get("maxRange").number ?? port) === port;
            if (from.unknown) {
                report.undecided(from);
            } else if (port === undefined || !single || !permittedPorts.includes(port)) {
                report.violation(range, "the ports may be public", "no permitted ranges");
            }
        }
    },
};
