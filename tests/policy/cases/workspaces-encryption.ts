import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "workspaces-encryption",
    type: "aws:workspaces/workspace:Workspace",
    cases: [
        {
            kind: "violating",
            title: "the root volume in plain",
            props: {
                rootVolumeEncryptionEnabled: false,
                userVolumeEncryptionEnabled: true,
            },
            findings: [
                "rootVolumeEncryptionEnabled: the volume is not encrypted, got false; set rootVolumeEncryptionEnabled: true",
            ],
        },
        {
            kind: "violating",
            title: "both in plain",
            props: {
                rootVolumeEncryptionEnabled: false,
                userVolumeEncryptionEnabled: false,
            },
            findings: [
                "rootVolumeEncryptionEnabled: the volume is not encrypted, got false; set rootVolumeEncryptionEnabled: true",
                "userVolumeEncryptionEnabled: the volume is not encrypted, got false; set userVolumeEncryptionEnabled: true",
            ],
        },
        {
            kind: "compliant",
            title: "both encrypted",
            props: {
                rootVolumeEncryptionEnabled: true,
                userVolumeEncryptionEnabled: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "true as text",
            props: {
                rootVolumeEncryptionEnabled: "true",
                userVolumeEncryptionEnabled: "true",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "one of two",
            props: {
                rootVolumeEncryptionEnabled: true,
            },
            findings: [
                "userVolumeEncryptionEnabled: the volume is not encrypted, got nothing; set userVolumeEncryptionEnabled: true",
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: [
                "rootVolumeEncryptionEnabled: the volume is not encrypted, got nothing; set rootVolumeEncryptionEnabled: true",
                "userVolumeEncryptionEnabled: the volume is not encrypted, got nothing; set userVolumeEncryptionEnabled: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                rootVolumeEncryptionEnabled: UNKNOWN,
                userVolumeEncryptionEnabled: true,
            },
            findings: ["rootVolumeEncryptionEnabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
