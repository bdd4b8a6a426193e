import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "database-encryption",
    type: "aws:rds/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "an instance in plain",
            props: {
                storageEncrypted: false,
            },
            findings: ["storageEncrypted: the storage is not encrypted, got false; set storageEncrypted: true"],
        },
        {
            kind: "violating",
            title: "a DocumentDB cluster",
            type: "aws:docdb/cluster:Cluster",
            props: {
                storageEncrypted: false,
            },
            findings: ["storageEncrypted: the storage is not encrypted, got false; set storageEncrypted: true"],
        },
        {
            kind: "violating",
            title: "a Neptune cluster",
            type: "aws:neptune/cluster:Cluster",
            props: {
                storageEncrypted: false,
            },
            findings: ["storageEncrypted: the storage is not encrypted, got false; set storageEncrypted: true"],
        },
        {
            kind: "violating",
            title: "DAX",
            type: "aws:dax/cluster:Cluster",
            props: {
                serverSideEncryption: {
                    enabled: false,
                },
            },
            findings: [
                "serverSideEncryption.enabled: the storage is not encrypted, got false; set serverSideEncryption.enabled: true",
            ],
        },
        {
            kind: "violating",
            title: "backups copied to another region without a key",
            type: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
            props: {},
            findings: [
                "kmsKeyId: the storage is not encrypted, got nothing; set kmsKeyId to a key of the destination region",
            ],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                storageEncrypted: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a replica is encrypted as its source is",
            props: {
                replicateSourceDb: "main",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a cluster from a snapshot",
            type: "aws:rds/cluster:Cluster",
            props: {
                snapshotIdentifier: "last",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an Aurora Serverless v1 cluster encrypts by itself",
            type: "aws:rds/cluster:Cluster",
            props: {
                engineMode: "serverless",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a replica in plain",
            props: {
                replicateSourceDb: "main",
                storageEncrypted: false,
            },
            findings: ["storageEncrypted: the storage is not encrypted, got false; set storageEncrypted: true"],
        },
        {
            kind: "evasion",
            title: "a key without the flag",
            props: {
                kmsKeyId: "alias/data",
            },
            findings: ["storageEncrypted: the storage is not encrypted, got nothing; set storageEncrypted: true"],
        },
        {
            kind: "absent",
            title: "an instance that says nothing",
            props: {},
            findings: ["storageEncrypted: the storage is not encrypted, got nothing; set storageEncrypted: true"],
        },
        {
            kind: "absent",
            title: "a cluster that says nothing",
            type: "aws:rds/cluster:Cluster",
            props: {},
            findings: ["storageEncrypted: the storage is not encrypted, got nothing; set storageEncrypted: true"],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                storageEncrypted: UNKNOWN,
            },
            findings: ["storageEncrypted: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
