import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "sns-encryption",
    type: "aws:sns/topic:Topic",
    cases: [
        {
            kind: "violating",
            title: "a null key",
            props: {
                kmsMasterKeyId: null,
            },
            findings: ["kmsMasterKeyId: messages are kept unencrypted, got nothing; set kmsMasterKeyId to a key"],
        },
        {
            kind: "compliant",
            title: "a key",
            props: {
                kmsMasterKeyId: "alias/data",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a key not known yet is a key",
            props: {
                kmsMasterKeyId: UNKNOWN,
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "an empty key",
            props: {
                kmsMasterKeyId: "",
            },
            findings: ['kmsMasterKeyId: messages are kept unencrypted, got ""; set kmsMasterKeyId to a key'],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: ["kmsMasterKeyId: messages are kept unencrypted, got nothing; set kmsMasterKeyId to a key"],
        },
        {
            kind: "unknown",
            title: "a key not known yet",
            props: {
                kmsMasterKeyId: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
