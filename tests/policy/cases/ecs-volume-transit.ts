import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "ecs-volume-transit",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    cases: [
        {
            kind: "violating",
            title: "off",
            props: {
                volumes: [
                    {
                        name: "data",
                        efsVolumeConfiguration: {
                            fileSystemId: "fs-1",
                            transitEncryption: "DISABLED",
                        },
                    },
                ],
            },
            findings: [
                'volumes[0].efsVolumeConfiguration.transitEncryption: the mount is not encrypted, got "DISABLED"; set it to "ENABLED"',
            ],
        },
        {
            kind: "compliant",
            title: "on",
            props: {
                volumes: [
                    {
                        name: "data",
                        efsVolumeConfiguration: {
                            fileSystemId: "fs-1",
                            transitEncryption: "ENABLED",
                        },
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a volume of the host",
            props: {
                volumes: [
                    {
                        name: "data",
                        hostPath: "/data",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second volume says nothing",
            props: {
                volumes: [
                    {
                        name: "a",
                    },
                    {
                        name: "b",
                        efsVolumeConfiguration: {
                            fileSystemId: "fs-1",
                        },
                    },
                ],
            },
            findings: [
                'volumes[1].efsVolumeConfiguration.transitEncryption: the mount is not encrypted, got nothing; set it to "ENABLED"',
            ],
        },
        {
            kind: "absent",
            title: "no volumes",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                volumes: [
                    {
                        efsVolumeConfiguration: {
                            transitEncryption: UNKNOWN,
                        },
                    },
                ],
            },
            findings: [
                "volumes[0].efsVolumeConfiguration.transitEncryption: undecided until deployment, the value is not known in preview",
            ],
        },
    ],
};

export default cases;
