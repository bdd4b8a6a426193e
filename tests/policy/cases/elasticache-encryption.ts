import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "elasticache-encryption",
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    cases: [
        {
            kind: "violating",
            title: "in plain",
            props: {
                atRestEncryptionEnabled: false,
            },
            findings: [
                "atRestEncryptionEnabled: the cache is not encrypted at rest, got false; set atRestEncryptionEnabled: true",
            ],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                atRestEncryptionEnabled: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "Valkey that says nothing",
            props: {
                engine: "valkey",
            },
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
            kind: "evasion",
            title: "Valkey in plain",
            props: {
                engine: "valkey",
                atRestEncryptionEnabled: false,
            },
            findings: [
                "atRestEncryptionEnabled: the cache is not encrypted at rest, got false; set atRestEncryptionEnabled: true",
            ],
        },
        {
            kind: "absent",
            title: "Redis that says nothing",
            props: {
                engine: "redis",
            },
            findings: [
                "atRestEncryptionEnabled: the cache is not encrypted at rest, got nothing; set atRestEncryptionEnabled: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                atRestEncryptionEnabled: UNKNOWN,
            },
            findings: ["atRestEncryptionEnabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
