import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "budget-present",
    stackCases: [
        {
            kind: "violating",
            title: "resources without a budget",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
            ],
            findings: ["the stack has no budget; add an aws.budgets.Budget with notifications"],
        },
        {
            kind: "compliant",
            title: "a budget that notifies",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:budgets/budget:Budget",
                    name: "budget",
                    props: {
                        notifications: [
                            {
                                threshold: 80,
                            },
                        ],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "a stack without AWS",
            resources: [
                {
                    type: "kubernetes:core/v1:Namespace",
                    name: "demo",
                    props: {},
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "a budget nobody hears of",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:budgets/budget:Budget",
                    name: "budget",
                    props: {
                        notifications: [],
                    },
                },
            ],
            findings: ["budget: notifications: nobody hears of the budget; add a notification"],
        },
        {
            kind: "absent",
            title: "nothing at all",
            resources: [],
            findings: [],
        },
        {
            kind: "unknown",
            title: "notifications not known yet",
            resources: [
                {
                    type: "aws:budgets/budget:Budget",
                    name: "budget",
                    props: {
                        notifications: UNKNOWN,
                    },
                },
            ],
            findings: [],
        },
    ],
};

export default cases;
