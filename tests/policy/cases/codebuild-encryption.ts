import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "codebuild-encryption",
    type: "aws:codebuild/project:Project",
    cases: [
        {
            kind: "violating",
            title: "artifacts in plain",
            props: {
                artifacts: {
                    type: "S3",
                    encryptionDisabled: true,
                },
            },
            findings: [
                "artifacts.encryptionDisabled: encryption is switched off, got true; set artifacts.encryptionDisabled: false",
            ],
        },
        {
            kind: "violating",
            title: "logs in plain",
            props: {
                artifacts: {
                    type: "S3",
                },
                logsConfig: {
                    s3Logs: {
                        status: "ENABLED",
                        encryptionDisabled: true,
                    },
                },
            },
            findings: [
                "logsConfig.s3Logs.encryptionDisabled: encryption is switched off, got true; set logsConfig.s3Logs.encryptionDisabled: false",
            ],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                artifacts: {
                    type: "S3",
                    encryptionDisabled: false,
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no artifacts",
            props: {
                artifacts: {
                    type: "NO_ARTIFACTS",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second artifacts in plain",
            props: {
                artifacts: {
                    type: "S3",
                },
                secondaryArtifacts: [
                    {
                        encryptionDisabled: false,
                    },
                    {
                        encryptionDisabled: true,
                    },
                ],
            },
            findings: [
                "secondaryArtifacts[1].encryptionDisabled: encryption is switched off, got true; set it to false",
            ],
        },
        {
            kind: "evasion",
            title: "a report group's export",
            type: "aws:codebuild/reportGroup:ReportGroup",
            props: {
                exportConfig: {
                    s3Destination: {
                        encryptionDisabled: true,
                    },
                },
            },
            findings: [
                "exportConfig.s3Destination.encryptionDisabled: encryption is switched off, got true; set exportConfig.s3Destination.encryptionDisabled: false",
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                artifacts: {
                    encryptionDisabled: UNKNOWN,
                },
            },
            findings: ["artifacts.encryptionDisabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
