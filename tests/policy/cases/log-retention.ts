import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "log-retention",
    type: "aws:cloudwatch/logGroup:LogGroup",
    cases: [
        {
            kind: "violating",
            title: "for ever",
            props: {
                retentionInDays: 0,
            },
            findings: ["retentionInDays: logs are kept for ever, got 0; set it to a number of days"],
        },
        {
            kind: "compliant",
            title: "a month",
            props: {
                retentionInDays: 30,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a number as text",
            props: {
                retentionInDays: "30",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a day, where the config wants more",
            config: {
                fewestDays: 30,
            },
            props: {
                retentionInDays: 1,
            },
            findings: ["retentionInDays: logs are gone too early, got 1; set it to 30 days or more"],
        },
        {
            kind: "absent",
            title: "a log group of awsx.ecs.FargateService",
            component: "awsx:ecs:FargateService",
            props: {},
            findings: [
                "retentionInDays: logs are kept for ever, got nothing; set it to a number of days (made by awsx.ecs.FargateService: set its taskDefinitionArgs.logGroup)",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                retentionInDays: UNKNOWN,
            },
            findings: ["retentionInDays: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
