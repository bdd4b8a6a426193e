import { parseJson } from "../../domain/json-properties";
import type { ResourceRule } from "../../engine/rule";

export const emrEncryption: ResourceRule = {
    id: "emr-encryption",
    title: "EMR clusters use a security configuration that encrypts at rest",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "Without one, the cluster's local disks and what it spills to them are stored as written.",
    remediation:
        "Set EncryptionConfiguration.EnableAtRestEncryption: true in the configuration, and securityConfiguration on the cluster.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/emr-controls.html#emr-3",
    frameworks: [{ name: "AWS FSBP", control: "EMR.3" }],
    types: ["aws:emr/securityConfiguration:SecurityConfiguration", "aws:emr/cluster:Cluster"],
    check(resource, report) {
        if (resource.type === "aws:emr/cluster:Cluster") {
            const attached = resource.get("securityConfiguration");
            if (attached.absent || attached.string === "") {
                report.violation(
                    attached,
                    "the cluster has no security configuration",
                    "it to one that encrypts at rest and in transit",
                );
            }
            return;
        }
        const text = resource.get("configuration");
        const parsed = parseJson(text);
        if (parsed.state === "unknown") {
            report.undecided(text);
        } else if (parsed.state !== "known") {
            report.violation(
                text,
                "the text is no JSON, so that nobody can judge it",
                "it to a security configuration",
            );
        } else {
            const flag = parsed.node.get("EncryptionConfiguration.EnableAtRestEncryption");
            if (flag.boolean !== true) {
                report.violation(flag, "disks are not encrypted", "it to true, with AtRestEncryptionConfiguration");
            }
        }
    },
};
