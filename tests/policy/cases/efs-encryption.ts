import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "efs-encryption",
    type: "aws:efs/fileSystem:FileSystem",
    cases: [
        {
            kind: "violating",
            title: "in plain",
            props: {
                encrypted: false,
            },
            findings: ["encrypted: the file system is not encrypted, got false; set encrypted: true"],
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
            findings: ["encrypted: the file system is not encrypted, got nothing; set encrypted: true"],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: ["encrypted: the file system is not encrypted, got nothing; set encrypted: true"],
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
