import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    { type: "aws:opensearch/domain:Domain", property: "encryptAtRest.enabled", must: true, absent: "violates" },
    { type: "aws:elasticsearch/domain:Domain", property: "encryptAtRest.enabled", must: true, absent: "violates" },
];

export const searchEncryption: ResourceRule = {
    id: "search-encryption",
    title: "OpenSearch domains are encrypted at rest",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "A domain stores its indices as written unless told otherwise.",
    remediation: "Set encryptAtRest.enabled: true and kmsKeyId.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-1",
    frameworks: [
        { name: "AWS FSBP", control: "Opensearch.1" },
        { name: "AWS FSBP", control: "ES.1" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the domain is not encrypted at rest", resource, report),
};
