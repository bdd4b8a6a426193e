import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kms-rotation",
    type: "aws:kms/key:Key",
    cases: [
        {
            kind: "violating",
            title: "off",
            props: {
                enableKeyRotation: false,
            },
            findings: ["enableKeyRotation: the key is never rotated, got false; set enableKeyRotation: true"],
        },
        {
            kind: "compliant",
            title: "on",
            props: {
                enableKeyRotation: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a key for signatures",
            props: {
                customerMasterKeySpec: "RSA_4096",
                keyUsage: "SIGN_VERIFY",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a period without the switch",
            props: {
                rotationPeriodInDays: 90,
            },
            findings: ["enableKeyRotation: the key is never rotated, got nothing; set enableKeyRotation: true"],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: ["enableKeyRotation: the key is never rotated, got nothing; set enableKeyRotation: true"],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                enableKeyRotation: UNKNOWN,
            },
            findings: ["enableKeyRotation: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
