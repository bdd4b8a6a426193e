import type { ResourceRule } from "../../engine/rule";

export const dlmCopyEncryption: ResourceRule = {
    id: "dlm-copy-encryption",
    title: "Snapshots copied to another region are encrypted",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "medium",
    why: "A lifecycle policy copies in plain unless the rule says encrypted.",
    remediation: "Set encrypted: true and cmkArn in crossRegionCopyRules.",
    url: "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html",
    frameworks: [],
    types: ["aws:dlm/lifecyclePolicy:LifecyclePolicy"],
    check(resource, report) {
        const details = resource.get("policyDetails");
        const rules = details
            .get("schedules")
            .items()
            .flatMap((schedule) => schedule.get("crossRegionCopyRules").items());
        const copies = details.get("action.crossRegionCopies").items();
        const flags = [
            ...rules.map((rule) => rule.get("encrypted")),
            ...copies.map((copy) => copy.get("encryptionConfiguration.encrypted")),
        ];
        for (const flag of flags) {
            if (flag.unknown) {
                report.undecided(flag);
            } else if (flag.boolean !== true) {
                report.violation(flag, "the copy is not encrypted", "it to true, with cmkArn");
            }
        }
    },
};
