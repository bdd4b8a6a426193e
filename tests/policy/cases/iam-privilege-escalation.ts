import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "iam-privilege-escalation",
    type: "aws:iam/policy:Policy",
    cases: [
        {
            kind: "violating",
            title: "a new version of any policy",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreatePolicyVersion","Resource":"*"}]}',
            },
            findings: [
                "policy: iam:CreatePolicyVersion is allowed on every resource; set Resource to the roles, users or policies that are meant",
            ],
        },
        {
            kind: "violating",
            title: "any role for a new function",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:PassRole","lambda:CreateFunction"],"Resource":"*"}]}',
            },
            findings: [
                "policy: iam:PassRole with lambda:CreateFunction is allowed on every resource; set Resource to the roles, users or policies that are meant",
            ],
        },
        {
            kind: "compliant",
            title: "one role for a new function",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::123456789012:role/work"},{"Effect":"Allow","Action":"lambda:CreateFunction","Resource":"*"}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "any role, for one service",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}},{"Effect":"Allow","Action":"ecs:RunTask","Resource":"*"}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "passing roles without a place to use them",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}]}',
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "by patterns in two statements",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Pass*","Resource":"*"},{"Effect":"Allow","Action":"EC2:Run*","Resource":["*"]}]}',
            },
            findings: [
                "policy: iam:PassRole with ec2:RunInstances is allowed on every resource; set Resource to the roles, users or policies that are meant",
            ],
        },
        {
            kind: "evasion",
            title: "in a role's inline policy",
            type: "aws:iam/role:Role",
            props: {
                inlinePolicies: [
                    {
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"}]}',
                    },
                ],
            },
            findings: [
                "inlinePolicies[0].policy: iam:PutRolePolicy is allowed on every resource; set Resource to the roles, users or policies that are meant",
            ],
        },
        {
            kind: "absent",
            title: "a role without inline policies",
            type: "aws:iam/role:Role",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                policy: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
