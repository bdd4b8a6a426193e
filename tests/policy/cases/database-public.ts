import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "database-public",
    type: "aws:rds/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "an instance",
            props: {
                publiclyAccessible: true,
            },
            findings: ["publiclyAccessible: it has a public address, got true; set publiclyAccessible: false"],
        },
        {
            kind: "violating",
            title: "a serverless Redshift workgroup",
            type: "aws:redshiftserverless/workgroup:Workgroup",
            props: {
                publiclyAccessible: true,
            },
            findings: ["publiclyAccessible: it has a public address, got true; set publiclyAccessible: false"],
        },
        {
            kind: "violating",
            title: "a broker",
            type: "aws:mq/broker:Broker",
            props: {
                publiclyAccessible: true,
            },
            findings: ["publiclyAccessible: it has a public address, got true; set publiclyAccessible: false"],
        },
        {
            kind: "compliant",
            title: "a private instance",
            props: {
                publiclyAccessible: false,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "false as text",
            props: {
                publiclyAccessible: "false",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "true as text",
            props: {
                publiclyAccessible: "true",
            },
            findings: ['publiclyAccessible: it has a public address, got "true"; set publiclyAccessible: false'],
        },
        {
            kind: "evasion",
            title: "a replica",
            props: {
                replicateSourceDb: "main",
                publiclyAccessible: true,
            },
            findings: ["publiclyAccessible: it has a public address, got true; set publiclyAccessible: false"],
        },
        {
            kind: "absent",
            title: "an instance that says nothing is private",
            props: {},
            findings: [],
        },
        {
            kind: "absent",
            title: "a replication instance that says nothing is public",
            type: "aws:dms/replicationInstance:ReplicationInstance",
            props: {},
            findings: ["publiclyAccessible: it has a public address, got nothing; set publiclyAccessible: false"],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                publiclyAccessible: UNKNOWN,
            },
            findings: ["publiclyAccessible: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
