import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const property = "publiclyAccessible";

const settings: readonly Setting[] = [
    "aws:rds/instance:Instance",
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:redshift/cluster:Cluster",
    "aws:redshiftserverless/workgroup:Workgroup",
    "aws:neptune/clusterInstance:ClusterInstance",
    "aws:mq/broker:Broker",
    "aws:lightsail/database:Database",
]
    .map((type): Setting => ({ type, property, must: false, absent: "complies" }))
    // Left out, DMS gives the replication instance a public address.
    .concat({ type: "aws:dms/replicationInstance:ReplicationInstance", property, must: false, absent: "violates" });

export const databasePublic: ResourceRule = {
    id: "database-public",
    title: "Databases and brokers have no public address",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "critical",
    why: "A database with a public address is one security group rule away from the internet.",
    remediation: "Set publiclyAccessible: false.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    frameworks: [
        { name: "AWS FSBP", control: "RDS.2" },
        { name: "AWS FSBP", control: "Redshift.1" },
        { name: "AWS FSBP", control: "DMS.1" },
        { name: "AWS FSBP", control: "RedshiftServerless.3" },
        { name: "CIS AWS 3.0", control: "2.3.3" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "it has a public address", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
