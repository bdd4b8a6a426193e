import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "lambda-permission-public",
    type: "aws:lambda/permission:Permission",
    cases: [
        {
            kind: "violating",
            title: "anyone",
            props: {
                action: "lambda:InvokeFunction",
                principal: "*",
            },
            findings: [
                'principal: anyone may invoke it, got "*"; set it to an account or service, or narrow it by sourceAccount, sourceArn, principalOrgId',
            ],
        },
        {
            kind: "violating",
            title: "any account on the event bus",
            type: "aws:cloudwatch/eventPermission:EventPermission",
            props: {
                principal: "*",
                statementId: "all",
            },
            findings: [
                'principal: anyone may invoke it, got "*"; set it to an account or service, or narrow it by condition.value',
            ],
        },
        {
            kind: "compliant",
            title: "one bucket's events",
            props: {
                principal: "s3.amazonaws.com",
                sourceArn: "arn:aws:s3:::uploads",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "everyone of one organisation",
            props: {
                principal: "*",
                principalOrgId: "o-abc123",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "the organisation on the event bus",
            type: "aws:cloudwatch/eventPermission:EventPermission",
            props: {
                principal: "*",
                condition: {
                    key: "aws:PrincipalOrgID",
                    type: "StringEquals",
                    value: "o-abc123",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "narrowed by an empty text",
            props: {
                principal: "*",
                sourceArn: "",
            },
            findings: [
                'principal: anyone may invoke it, got "*"; set it to an account or service, or narrow it by sourceAccount, sourceArn, principalOrgId',
            ],
        },
        {
            kind: "evasion",
            title: "narrowed by a star",
            props: {
                principal: "*",
                sourceArn: "*",
            },
            findings: [
                'principal: anyone may invoke it, got "*"; set it to an account or service, or narrow it by sourceAccount, sourceArn, principalOrgId',
            ],
        },
        {
            kind: "absent",
            title: "no principal",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown principal",
            props: {
                principal: UNKNOWN,
            },
            findings: ["principal: undecided until deployment, the value is not known in preview"],
        },
        {
            kind: "unknown",
            title: "a source not known yet narrows all the same",
            props: {
                principal: "*",
                sourceArn: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
