import type { ResourceView } from "../../engine/resource";
import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const property = "storageEncrypted";

/** What is made from another database is encrypted as that one is, and only its own false can spoil it. */
function inherits(...sources: readonly string[]): (resource: ResourceView) => boolean {
    return (resource) => resource.get(property).absent && sources.some((source) => !resource.get(source).absent);
}

const settings: readonly Setting[] = [
    {
        type: "aws:rds/instance:Instance",
        property,
        must: true,
        absent: "violates",
        unless: inherits("replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime", "s3Import"),
    },
    {
        type: "aws:rds/cluster:Cluster",
        property,
        must: true,
        absent: "violates",
        unless: (resource) =>
            inherits("snapshotIdentifier", "restoreToPointInTime", "replicationSourceIdentifier")(resource) ||
            (resource.get(property).absent && resource.get("engineMode").string === "serverless"),
    },
    {
        type: "aws:rds/globalCluster:GlobalCluster",
        property,
        must: true,
        absent: "violates",
        unless: inherits("sourceDbClusterIdentifier"),
    },
    {
        type: "aws:docdb/cluster:Cluster",
        property,
        must: true,
        absent: "violates",
        unless: inherits("snapshotIdentifier", "restoreToPointInTime"),
    },
    {
        type: "aws:docdb/globalCluster:GlobalCluster",
        property,
        must: true,
        absent: "violates",
        unless: inherits("sourceDbClusterIdentifier"),
    },
    {
        type: "aws:neptune/cluster:Cluster",
        property,
        must: true,
        absent: "violates",
        unless: inherits("snapshotIdentifier", "replicationSourceIdentifier"),
    },
    {
        type: "aws:neptune/globalCluster:GlobalCluster",
        property,
        must: true,
        absent: "violates",
        unless: inherits("sourceDbClusterIdentifier"),
    },
    { type: "aws:dax/cluster:Cluster", property: "serverSideEncryption.enabled", must: true, absent: "violates" },
    // A copy into another region cannot use the source's key, and without one is not encrypted.
    {
        type: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
        property: "kmsKeyId",
        must: "set",
        absent: "violates",
        mend: "kmsKeyId to a key of the destination region",
    },
];

export const databaseEncryption: ResourceRule = {
    id: "database-encryption",
    title: "Databases and their copies are encrypted at rest",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "RDS, DocumentDB, Neptune and DAX store data as written unless told otherwise, and it cannot be changed later.",
    remediation: "Set storageEncrypted: true and kmsKeyId (DAX: serverSideEncryption.enabled: true).",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
    frameworks: [
        { name: "AWS FSBP", control: "RDS.3" },
        { name: "AWS FSBP", control: "RDS.27" },
        { name: "AWS FSBP", control: "DocumentDB.1" },
        { name: "AWS FSBP", control: "Neptune.1" },
        { name: "AWS FSBP", control: "DynamoDB.3" },
        { name: "CIS AWS 3.0", control: "2.3.1" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the storage is not encrypted", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
