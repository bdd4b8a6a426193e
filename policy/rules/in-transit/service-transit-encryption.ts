import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
        property: "transitEncryptionEnabled",
        must: true,
        absent: "violates",
        unless: (resource) =>
            resource.get("transitEncryptionEnabled").absent && !resource.get("globalReplicationGroupId").absent,
    },
    {
        type: "aws:elasticache/cluster:Cluster",
        property: "transitEncryptionEnabled",
        must: true,
        absent: "violates",
        // Redis nodes take it from their replication group; a group of one cannot have it.
        unless: (resource) => resource.get("engine").string !== "memcached",
    },
    { type: "aws:memorydb/cluster:Cluster", property: "tlsEnabled", must: true, absent: "complies" },
    {
        type: "aws:msk/cluster:Cluster",
        property: "encryptionInfo.encryptionInTransit.clientBroker",
        must: "TLS",
        absent: "complies",
    },
    {
        type: "aws:msk/cluster:Cluster",
        property: "encryptionInfo.encryptionInTransit.inCluster",
        must: true,
        absent: "complies",
    },
    { type: "aws:opensearch/domain:Domain", property: "nodeToNodeEncryption.enabled", must: true, absent: "violates" },
    {
        type: "aws:elasticsearch/domain:Domain",
        property: "nodeToNodeEncryption.enabled",
        must: true,
        absent: "violates",
    },
    {
        type: "aws:opensearch/domain:Domain",
        property: "domainEndpointOptions.enforceHttps",
        must: true,
        absent: "violates",
    },
    {
        type: "aws:elasticsearch/domain:Domain",
        property: "domainEndpointOptions.enforceHttps",
        must: true,
        absent: "violates",
    },
    { type: "aws:dax/cluster:Cluster", property: "clusterEndpointEncryptionType", must: "TLS", absent: "violates" },
    { type: "aws:appsync/apiCache:ApiCache", property: "transitEncryptionEnabled", must: true, absent: "violates" },
    { type: "aws:rds/proxy:Proxy", property: "requireTls", must: true, absent: "violates" },
    {
        type: "aws:cloudfront/distribution:Distribution",
        property: "defaultCacheBehavior.viewerProtocolPolicy",
        must: { not: "allow-all" },
        absent: "violates",
        mend: "it to redirect-to-https",
    },
];

export const serviceTransitEncryption: ResourceRule = {
    id: "service-transit-encryption",
    title: "Caches, brokers, search and distributions speak TLS",
    category: "in-transit",
    enforcement: "mandatory",
    severity: "high",
    why: "Data that is encrypted on disk still crosses the network, where every neighbour can read it.",
    remediation: "Set the property named in the finding.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html#elasticache-5",
    frameworks: [
        { name: "AWS FSBP", control: "ElastiCache.5" },
        { name: "AWS FSBP", control: "MSK.1" },
        { name: "AWS FSBP", control: "Opensearch.3" },
        { name: "AWS FSBP", control: "DynamoDB.7" },
        { name: "AWS FSBP", control: "AppSync.6" },
        { name: "AWS FSBP", control: "RDS.43" },
        { name: "AWS FSBP", control: "CloudFront.3" },
    ],
    types: typesOf(settings),
    check(resource, report) {
        const what = "the connection is not encrypted";
        checkSettings(settings, what, resource, report);
        for (const behavior of resource.get("orderedCacheBehaviors").items()) {
            const policy = behavior.get("viewerProtocolPolicy");
            if (policy.string === "allow-all") {
                report.violation(policy, what, "it to redirect-to-https");
            }
        }
    },
};
