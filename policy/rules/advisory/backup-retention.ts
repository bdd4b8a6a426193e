import { z } from "zod";
import { inProduction, productionStacks } from "../../domain/production";
import type { ResourceRule } from "../../engine/rule";

const settings = productionStacks.extend({
    /** Fewest days for which backups are kept. */
    fewestDays: z.int().min(1).max(35).default(7),
});

/** The property that says how many days, and how many there are when it is left out. */
const days: Readonly<Record<string, readonly [property: string, absent: number]>> = {
    // The provider takes 0 for an instance, 1 for clusters.
    "aws:rds/instance:Instance": ["backupRetentionPeriod", 0],
    "aws:rds/cluster:Cluster": ["backupRetentionPeriod", 1],
    "aws:docdb/cluster:Cluster": ["backupRetentionPeriod", 1],
    "aws:neptune/cluster:Cluster": ["backupRetentionPeriod", 1],
    "aws:elasticache/replicationGroup:ReplicationGroup": ["snapshotRetentionLimit", 0],
    "aws:redshift/cluster:Cluster": ["automatedSnapshotRetentionPeriod", 1],
};

export const backupRetention: ResourceRule = {
    id: "backup-retention",
    title: "Databases of production are backed up for long enough",
    category: "advisory",
    enforcement: "advisory",
    severity: "medium",
    why: "A fault is often found days after it happened.",
    remediation: "Set backupRetentionPeriod (snapshotRetentionLimit); DynamoDB: pointInTimeRecovery.enabled: true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
    frameworks: [
        { name: "AWS FSBP", control: "RDS.11" },
        { name: "AWS FSBP", control: "DocumentDB.2" },
        { name: "AWS FSBP", control: "DynamoDB.2" },
    ],
    types: [...Object.keys(days), "aws:dynamodb/table:Table"],
    thresholds: settings,
    check(resource, report, { thresholds }) {
        if (!inProduction(resource.urn, thresholds)) {
            return;
        }
        const { fewestDays } = settings.parse(thresholds);
        const [property, absent] = days[resource.type] ?? ["pointInTimeRecovery.enabled", 0];
        const node = resource.get(property);
        const kept =
            resource.type === "aws:dynamodb/table:Table" ? (node.boolean === true ? 35 : 0) : (node.number ?? absent);
        if (node.unknown) {
            report.undecided(node);
        } else if (kept < fewestDays && resource.get("replicateSourceDb").absent) {
            const mend = resource.type === "aws:dynamodb/table:Table" ? "it to true" : `it to ${fewestDays} or more`;
            report.violation(node, "backups are not kept for long enough", mend);
        }
    },
};
