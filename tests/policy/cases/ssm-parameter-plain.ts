import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "ssm-parameter-plain",
    type: "aws:ssm/parameter:Parameter",
    cases: [
        {
            kind: "violating",
            title: "a password as String",
            props: {
                name: "/app/db-password",
                type: "String",
            },
            findings: [
                'type: the name speaks of a secret, and the value is kept in plain text, got "String"; set it to "SecureString"',
            ],
        },
        {
            kind: "compliant",
            title: "a SecureString",
            props: {
                name: "/app/db-password",
                type: "SecureString",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "the ARN of a secret",
            props: {
                name: "/app/db-password-secret-arn",
                type: "String",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a folder named secrets",
            props: {
                name: "/secrets/region",
                type: "String",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a list of tokens",
            props: {
                name: "/app/apiTokens",
                type: "StringList",
            },
            findings: [
                'type: the name speaks of a secret, and the value is kept in plain text, got "StringList"; set it to "SecureString"',
            ],
        },
        {
            kind: "absent",
            title: "no name: the resource's own counts",
            props: {
                type: "String",
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "an unknown type",
            props: {
                name: "/app/token",
                type: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
