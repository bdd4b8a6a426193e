import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "deletion-protection",
    type: "aws:rds/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "off in production",
            props: {
                deletionProtection: false,
            },
            findings: ["deletionProtection: it can be deleted by accident, got false; set deletionProtection: true"],
        },
        {
            kind: "violating",
            title: "a user pool",
            type: "aws:cognito/userPool:UserPool",
            props: {
                deletionProtection: "INACTIVE",
            },
            findings: [
                'deletionProtection: it can be deleted by accident, got "INACTIVE"; set deletionProtection: "ACTIVE"',
            ],
        },
        {
            kind: "compliant",
            title: "on",
            props: {
                deletionProtection: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "off in dev",
            stack: "dev",
            props: {
                deletionProtection: false,
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "off in a stack that the config names",
            stack: "live",
            config: {
                stacks: ["live"],
            },
            props: {
                deletionProtection: false,
            },
            findings: ["deletionProtection: it can be deleted by accident, got false; set deletionProtection: true"],
        },
        {
            kind: "absent",
            title: "a load balancer that says nothing",
            type: "aws:lb/loadBalancer:LoadBalancer",
            props: {},
            findings: [
                "enableDeletionProtection: it can be deleted by accident, got nothing; set enableDeletionProtection: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                deletionProtection: UNKNOWN,
            },
            findings: ["deletionProtection: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
