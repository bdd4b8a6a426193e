import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "backup-retention",
    type: "aws:rds/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "one day",
            props: {
                backupRetentionPeriod: 1,
            },
            findings: ["backupRetentionPeriod: backups are not kept for long enough, got 1; set it to 7 or more"],
        },
        {
            kind: "violating",
            title: "a table without recovery",
            type: "aws:dynamodb/table:Table",
            props: {
                pointInTimeRecovery: {
                    enabled: false,
                },
            },
            findings: ["pointInTimeRecovery.enabled: backups are not kept for long enough, got false; set it to true"],
        },
        {
            kind: "compliant",
            title: "a week",
            props: {
                backupRetentionPeriod: 7,
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a table with recovery",
            type: "aws:dynamodb/table:Table",
            props: {
                pointInTimeRecovery: {
                    enabled: true,
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "one day in dev",
            stack: "dev",
            props: {
                backupRetentionPeriod: 1,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a replica has its source's backups",
            props: {
                replicateSourceDb: "main",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "six days",
            props: {
                backupRetentionPeriod: 6,
            },
            findings: ["backupRetentionPeriod: backups are not kept for long enough, got 6; set it to 7 or more"],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: ["backupRetentionPeriod: backups are not kept for long enough, got nothing; set it to 7 or more"],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                backupRetentionPeriod: UNKNOWN,
            },
            findings: ["backupRetentionPeriod: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
