import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "ebs-encryption",
    type: "aws:ebs/volume:Volume",
    cases: [
        {
            kind: "violating",
            title: "a volume",
            props: {
                encrypted: false,
            },
            findings: ["encrypted: it is not encrypted, got false; set encrypted: true"],
        },
        {
            kind: "violating",
            title: "the account's default is off",
            type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
            props: {
                enabled: false,
            },
            findings: ["enabled: it is not encrypted, got false; set enabled: true"],
        },
        {
            kind: "violating",
            title: "a copy of an image",
            type: "aws:ec2/amiCopy:AmiCopy",
            props: {
                encrypted: false,
            },
            findings: ["encrypted: it is not encrypted, got false; set encrypted: true"],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                encrypted: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "true as text",
            props: {
                encrypted: "true",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a key without the flag",
            props: {
                kmsKeyId: "alias/data",
            },
            findings: ["encrypted: it is not encrypted, got nothing; set encrypted: true"],
        },
        {
            kind: "absent",
            title: "a volume that says nothing",
            props: {},
            findings: ["encrypted: it is not encrypted, got nothing; set encrypted: true"],
        },
        {
            kind: "absent",
            title: "the account's default, stated without a value, is on",
            type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                encrypted: UNKNOWN,
            },
            findings: ["encrypted: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
