import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "service-transit-encryption",
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    cases: [
        {
            kind: "violating",
            title: "Redis in plain",
            props: {
                transitEncryptionEnabled: false,
            },
            findings: [
                "transitEncryptionEnabled: the connection is not encrypted, got false; set transitEncryptionEnabled: true",
            ],
        },
        {
            kind: "violating",
            title: "Kafka that also takes plain text",
            type: "aws:msk/cluster:Cluster",
            props: {
                encryptionInfo: {
                    encryptionInTransit: {
                        clientBroker: "TLS_PLAINTEXT",
                    },
                },
            },
            findings: [
                'encryptionInfo.encryptionInTransit.clientBroker: the connection is not encrypted, got "TLS_PLAINTEXT"; set encryptionInfo.encryptionInTransit.clientBroker: "TLS"',
            ],
        },
        {
            kind: "violating",
            title: "search nodes in plain",
            type: "aws:opensearch/domain:Domain",
            props: {
                nodeToNodeEncryption: {
                    enabled: false,
                },
                domainEndpointOptions: {
                    enforceHttps: true,
                },
            },
            findings: [
                "nodeToNodeEncryption.enabled: the connection is not encrypted, got false; set nodeToNodeEncryption.enabled: true",
            ],
        },
        {
            kind: "violating",
            title: "a distribution for everyone's protocol",
            type: "aws:cloudfront/distribution:Distribution",
            props: {
                defaultCacheBehavior: {
                    viewerProtocolPolicy: "allow-all",
                },
            },
            findings: [
                'defaultCacheBehavior.viewerProtocolPolicy: the connection is not encrypted, got "allow-all"; set it to redirect-to-https',
            ],
        },
        {
            kind: "compliant",
            title: "Redis over TLS",
            props: {
                transitEncryptionEnabled: true,
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a distribution that redirects",
            type: "aws:cloudfront/distribution:Distribution",
            props: {
                defaultCacheBehavior: {
                    viewerProtocolPolicy: "redirect-to-https",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "Kafka that says nothing speaks TLS",
            type: "aws:msk/cluster:Cluster",
            props: {},
            findings: [],
        },
        {
            kind: "harmless",
            title: "a member of a global group",
            props: {
                globalReplicationGroupId: "global",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a Redis node takes it from its group",
            type: "aws:elasticache/cluster:Cluster",
            props: {
                engine: "redis",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a second behaviour of a distribution",
            type: "aws:cloudfront/distribution:Distribution",
            props: {
                defaultCacheBehavior: {
                    viewerProtocolPolicy: "https-only",
                },
                orderedCacheBehaviors: [
                    {
                        viewerProtocolPolicy: "allow-all",
                    },
                ],
            },
            findings: [
                'orderedCacheBehaviors[0].viewerProtocolPolicy: the connection is not encrypted, got "allow-all"; set it to redirect-to-https',
            ],
        },
        {
            kind: "evasion",
            title: "search over HTTP beside encrypted nodes",
            type: "aws:opensearch/domain:Domain",
            props: {
                nodeToNodeEncryption: {
                    enabled: true,
                },
            },
            findings: [
                "domainEndpointOptions.enforceHttps: the connection is not encrypted, got nothing; set domainEndpointOptions.enforceHttps: true",
            ],
        },
        {
            kind: "absent",
            title: "Redis that says nothing",
            props: {},
            findings: [
                "transitEncryptionEnabled: the connection is not encrypted, got nothing; set transitEncryptionEnabled: true",
            ],
        },
        {
            kind: "absent",
            title: "DAX that says nothing",
            type: "aws:dax/cluster:Cluster",
            props: {},
            findings: [
                'clusterEndpointEncryptionType: the connection is not encrypted, got nothing; set clusterEndpointEncryptionType: "TLS"',
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                transitEncryptionEnabled: UNKNOWN,
            },
            findings: ["transitEncryptionEnabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
