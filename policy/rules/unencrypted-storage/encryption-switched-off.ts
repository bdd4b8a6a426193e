import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:sqs/queue:Queue",
        property: "sqsManagedSseEnabled",
        must: true,
        absent: "complies",
        unless: (resource) => !resource.get("kmsMasterKeyId").absent && resource.get("kmsMasterKeyId").string !== "",
    },
    { type: "aws:redshift/cluster:Cluster", property: "encrypted", must: true, absent: "complies" },
];

export const encryptionSwitchedOff: ResourceRule = {
    id: "encryption-switched-off",
    title: "Encryption that AWS has on by default is not switched off",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "These services encrypt unless told not to, so someone asked for plain storage.",
    remediation: "Set the property named in the finding back, or leave it out.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html#sqs-1",
    frameworks: [
        { name: "AWS FSBP", control: "SQS.1" },
        { name: "AWS FSBP", control: "Redshift.10" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "encryption is switched off", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
