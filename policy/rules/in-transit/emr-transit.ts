import { parseJson } from "../../domain/json-properties";
import type { ResourceRule } from "../../engine/rule";

export const emrTransit: ResourceRule = {
    id: "emr-transit",
    title: "EMR security configurations encrypt in transit",
    category: "in-transit",
    enforcement: "mandatory",
    severity: "medium",
    why: "Shuffles carry the data itself from node to node.",
    remediation: "Set EncryptionConfiguration.EnableInTransitEncryption: true, with certificates.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/emr-controls.html#emr-4",
    frameworks: [{ name: "AWS FSBP", control: "EMR.4" }],
    types: ["aws:emr/securityConfiguration:SecurityConfiguration"],
    check(resource, report) {
        const parsed = parseJson(resource.get("configuration"));
        const flag =
            parsed.state === "known" ? parsed.node.get("EncryptionConfiguration.EnableInTransitEncryption") : undefined;
        if (parsed.state === "unknown") {
            report.undecided(resource.get("configuration"));
        } else if (flag !== undefined && flag.boolean !== true) {
            report.violation(
                flag,
                "traffic between nodes is not encrypted",
                "it to true, with InTransitEncryptionConfiguration",
            );
        }
    },
};
