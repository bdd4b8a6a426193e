import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "emr-encryption",
    type: "aws:emr/securityConfiguration:SecurityConfiguration",
    cases: [
        {
            kind: "violating",
            title: "off",
            props: {
                configuration:
                    '{"EncryptionConfiguration":{"EnableAtRestEncryption":false,"EnableInTransitEncryption":true}}',
            },
            findings: [
                "configuration.EncryptionConfiguration.EnableAtRestEncryption: disks are not encrypted, got false; set it to true, with AtRestEncryptionConfiguration",
            ],
        },
        {
            kind: "violating",
            title: "a cluster without a configuration",
            type: "aws:emr/cluster:Cluster",
            props: {},
            findings: [
                "securityConfiguration: the cluster has no security configuration, got nothing; set it to one that encrypts at rest and in transit",
            ],
        },
        {
            kind: "compliant",
            title: "on",
            props: {
                configuration: '{"EncryptionConfiguration":{"EnableAtRestEncryption":true}}',
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a cluster with a configuration",
            type: "aws:emr/cluster:Cluster",
            props: {
                securityConfiguration: "encrypted",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a cluster whose configuration is not known yet has one",
            type: "aws:emr/cluster:Cluster",
            props: {
                securityConfiguration: UNKNOWN,
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the flag outside its place",
            props: {
                configuration: '{"EnableAtRestEncryption":true}',
            },
            findings: [
                "configuration.EncryptionConfiguration.EnableAtRestEncryption: disks are not encrypted, got nothing; set it to true, with AtRestEncryptionConfiguration",
            ],
        },
        {
            kind: "evasion",
            title: "no JSON",
            props: {
                configuration: "EnableAtRestEncryption: true",
            },
            findings: [
                'configuration: the text is no JSON, so that nobody can judge it, got "EnableAtRestEncryption: true"; set it to a security configuration',
            ],
        },
        {
            kind: "absent",
            title: "no configuration",
            props: {},
            findings: [
                "configuration: the text is no JSON, so that nobody can judge it, got nothing; set it to a security configuration",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                configuration: UNKNOWN,
            },
            findings: ["configuration: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
