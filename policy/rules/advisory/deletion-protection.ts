import { inProduction, productionStacks } from "../../domain/production";
import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const places: readonly (readonly [type: string, property: string, must: boolean | string])[] = [
    ["aws:rds/instance:Instance", "deletionProtection", true],
    ["aws:rds/cluster:Cluster", "deletionProtection", true],
    ["aws:rds/globalCluster:GlobalCluster", "deletionProtection", true],
    ["aws:docdb/cluster:Cluster", "deletionProtection", true],
    ["aws:neptune/cluster:Cluster", "deletionProtection", true],
    ["aws:dynamodb/table:Table", "deletionProtectionEnabled", true],
    ["aws:lb/loadBalancer:LoadBalancer", "enableDeletionProtection", true],
    ["aws:cognito/userPool:UserPool", "deletionProtection", "ACTIVE"],
    ["aws:eks/cluster:Cluster", "deletionProtection", true],
];

const settings = places.map(([type, property, must]): Setting => ({ type, property, must, absent: "violates" }));

export const deletionProtection: ResourceRule = {
    id: "deletion-protection",
    title: "Stateful resources of production cannot be deleted by accident",
    category: "advisory",
    enforcement: "advisory",
    severity: "medium",
    why: "One wrong replacement in a plan deletes the data with the resource.",
    remediation: "Set the property named in the finding.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-8",
    frameworks: [
        { name: "AWS FSBP", control: "RDS.7" },
        { name: "AWS FSBP", control: "RDS.8" },
        { name: "AWS FSBP", control: "DynamoDB.6" },
        { name: "AWS FSBP", control: "ELB.6" },
    ],
    types: typesOf(settings),
    thresholds: productionStacks,
    check(resource, report, { thresholds }) {
        if (inProduction(resource.urn, thresholds)) {
            checkSettings(settings, "it can be deleted by accident", resource, report);
        }
    },
};
