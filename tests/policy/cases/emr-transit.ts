import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "emr-transit",
    type: "aws:emr/securityConfiguration:SecurityConfiguration",
    cases: [
        {
            kind: "violating",
            title: "off",
            props: {
                configuration:
                    '{"EncryptionConfiguration":{"EnableAtRestEncryption":true,"EnableInTransitEncryption":false}}',
            },
            findings: [
                "configuration.EncryptionConfiguration.EnableInTransitEncryption: traffic between nodes is not encrypted, got false; set it to true, with InTransitEncryptionConfiguration",
            ],
        },
        {
            kind: "compliant",
            title: "on",
            props: {
                configuration: '{"EncryptionConfiguration":{"EnableInTransitEncryption":true}}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no JSON is another rule's finding",
            props: {
                configuration: "{",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "at rest only",
            props: {
                configuration: '{"EncryptionConfiguration":{"EnableAtRestEncryption":true}}',
            },
            findings: [
                "configuration.EncryptionConfiguration.EnableInTransitEncryption: traffic between nodes is not encrypted, got nothing; set it to true, with InTransitEncryptionConfiguration",
            ],
        },
        {
            kind: "absent",
            title: "no configuration is another rule's finding",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                configuration: UNKNOWN,
            },
            findings: ["configuration: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
