import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
        property: "atRestEncryptionEnabled",
        must: true,
        absent: "violates",
        // A member of a global group is encrypted as the group is.
        unless: (resource) =>
            resource.get("atRestEncryptionEnabled").absent &&
            (resource.get("engine").string === "valkey" || !resource.get("globalReplicationGroupId").absent),
    },
];

export const elasticacheEncryption: ResourceRule = {
    id: "elasticache-encryption",
    title: "ElastiCache is encrypted at rest",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "A Redis replication group writes its backups and swap unencrypted unless told otherwise; Valkey encrypts by default.",
    remediation: "Set atRestEncryptionEnabled: true and kmsKeyId.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-4",
    frameworks: [{ name: "AWS FSBP", control: "ElastiCache.4" }],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the cache is not encrypted at rest", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
