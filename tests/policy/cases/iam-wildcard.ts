import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "iam-wildcard",
    type: "aws:iam/policy:Policy",
    cases: [
        {
            kind: "violating",
            title: "everything",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[0].Action: every action is allowed, got "*"; set it to the calls that are made',
            ],
        },
        {
            kind: "violating",
            title: "everything of a service",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[0].Action[0]: every action is allowed, got "s3:*"; set it to the calls that are made',
            ],
        },
        {
            kind: "violating",
            title: "the administrator's policy",
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            props: {
                policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
            },
            findings: [
                'policyArn: the policy allows everything, got "arn:aws:iam::aws:policy/AdministratorAccess"; set it to a policy of the calls that are made',
            ],
        },
        {
            kind: "compliant",
            title: "calls by name",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::uploads/*"}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "everything refused",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a family of read calls",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::uploads/*"}]}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a policy of AWS's for one service",
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            props: {
                policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "everything but one thing",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[0].NotAction: everything else is allowed, got "iam:*"; set Action to the calls that are made',
            ],
        },
        {
            kind: "evasion",
            title: "in the second statement",
            props: {
                policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}',
            },
            findings: [
                'policy.Statement[1].Action: every action is allowed, got "kms:*"; set it to the calls that are made',
            ],
        },
        {
            kind: "evasion",
            title: "a managed policy of a role",
            type: "aws:iam/role:Role",
            props: {
                managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
            },
            findings: [
                'managedPolicyArns[0]: the policy allows everything, got "arn:aws:iam::aws:policy/PowerUserAccess"; set it to a policy of the calls that are made',
            ],
        },
        {
            kind: "evasion",
            title: "no JSON",
            props: {
                policy: "allow everything",
            },
            findings: [
                'policy: the text is no policy document, so that nobody can judge it, got "allow everything"; set it to a document with statements',
            ],
        },
        {
            kind: "absent",
            title: "a role without policies",
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
            findings: ["policy: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
