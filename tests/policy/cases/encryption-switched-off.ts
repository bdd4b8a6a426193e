import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "encryption-switched-off",
    type: "aws:sqs/queue:Queue",
    cases: [
        {
            kind: "violating",
            title: "a queue without key or own encryption",
            props: {
                sqsManagedSseEnabled: false,
            },
            findings: ["sqsManagedSseEnabled: encryption is switched off, got false; set sqsManagedSseEnabled: true"],
        },
        {
            kind: "violating",
            title: "a cluster in plain",
            type: "aws:redshift/cluster:Cluster",
            props: {
                encrypted: false,
            },
            findings: ["encrypted: encryption is switched off, got false; set encrypted: true"],
        },
        {
            kind: "compliant",
            title: "AWS's own encryption",
            props: {
                sqsManagedSseEnabled: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "off, because a key takes its place",
            props: {
                sqsManagedSseEnabled: false,
                kmsMasterKeyId: "alias/data",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "off, with an empty key",
            props: {
                sqsManagedSseEnabled: false,
                kmsMasterKeyId: "",
            },
            findings: ["sqsManagedSseEnabled: encryption is switched off, got false; set sqsManagedSseEnabled: true"],
        },
        {
            kind: "evasion",
            title: "false as text",
            type: "aws:redshift/cluster:Cluster",
            props: {
                encrypted: "false",
            },
            findings: ['encrypted: encryption is switched off, got "false"; set encrypted: true'],
        },
        {
            kind: "absent",
            title: "a queue that says nothing is encrypted",
            props: {},
            findings: [],
        },
        {
            kind: "absent",
            title: "a cluster that says nothing is encrypted",
            type: "aws:redshift/cluster:Cluster",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                sqsManagedSseEnabled: UNKNOWN,
            },
            findings: ["sqsManagedSseEnabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
