import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "search-encryption",
    type: "aws:opensearch/domain:Domain",
    cases: [
        {
            kind: "violating",
            title: "in plain",
            props: {
                encryptAtRest: {
                    enabled: false,
                },
            },
            findings: [
                "encryptAtRest.enabled: the domain is not encrypted at rest, got false; set encryptAtRest.enabled: true",
            ],
        },
        {
            kind: "violating",
            title: "Elasticsearch",
            type: "aws:elasticsearch/domain:Domain",
            props: {
                encryptAtRest: {
                    enabled: false,
                },
            },
            findings: [
                "encryptAtRest.enabled: the domain is not encrypted at rest, got false; set encryptAtRest.enabled: true",
            ],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                encryptAtRest: {
                    enabled: true,
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "true as text",
            props: {
                encryptAtRest: {
                    enabled: "true",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a key without the flag",
            props: {
                encryptAtRest: {
                    kmsKeyId: "alias/data",
                },
            },
            findings: [
                "encryptAtRest.enabled: the domain is not encrypted at rest, got nothing; set encryptAtRest.enabled: true",
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: [
                "encryptAtRest.enabled: the domain is not encrypted at rest, got nothing; set encryptAtRest.enabled: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                encryptAtRest: {
                    enabled: UNKNOWN,
                },
            },
            findings: ["encryptAtRest.enabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
