import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "instance-volume-encryption",
    type: "aws:ec2/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "a root device in plain",
            props: {
                rootBlockDevice: {
                    encrypted: false,
                },
            },
            findings: [
                "rootBlockDevice.encrypted: the volume is not encrypted, got false; set it to true, with kmsKeyId",
            ],
        },
        {
            kind: "violating",
            title: "a template's device in plain",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            props: {
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            encrypted: "false",
                        },
                    },
                ],
            },
            findings: [
                'blockDeviceMappings[0].ebs.encrypted: the volume is not encrypted, got "false"; set it to true, with kmsKeyId',
            ],
        },
        {
            kind: "violating",
            title: "a recipe's device in plain",
            type: "aws:imagebuilder/imageRecipe:ImageRecipe",
            props: {
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            encrypted: "false",
                        },
                    },
                ],
            },
            findings: [
                'blockDeviceMappings[0].ebs.encrypted: the volume is not encrypted, got "false"; set it to true, with kmsKeyId',
            ],
        },
        {
            kind: "violating",
            title: "a fleet's device in plain",
            type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
            props: {
                launchSpecifications: [
                    {
                        rootBlockDevices: [],
                        rootBlockDevice: {
                            encrypted: true,
                        },
                        ebsBlockDevices: [
                            {
                                deviceName: "/dev/sdb",
                                encrypted: false,
                            },
                        ],
                    },
                ],
            },
            findings: [
                "launchSpecifications[0].ebsBlockDevices[0].encrypted: the volume is not encrypted, got false; set it to true, with kmsKeyId",
            ],
        },
        {
            kind: "compliant",
            title: "root and data encrypted",
            props: {
                rootBlockDevice: {
                    encrypted: true,
                },
                ebsBlockDevices: [
                    {
                        deviceName: "/dev/sdb",
                        encrypted: true,
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a template with true as text",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            props: {
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            encrypted: "true",
                        },
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an instance store in a template",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            props: {
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            encrypted: "true",
                        },
                    },
                    {
                        deviceName: "/dev/sdb",
                        virtualName: "ephemeral0",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an account that encrypts by default",
            config: {
                accountEncryptsByDefault: true,
            },
            props: {},
            findings: [],
        },
        {
            kind: "harmless",
            title: "a data device from a snapshot is encrypted as that is",
            props: {
                rootBlockDevice: {
                    encrypted: true,
                },
                ebsBlockDevices: [
                    {
                        deviceName: "/dev/sdb",
                        snapshotId: "snap-1",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second data device says nothing",
            props: {
                rootBlockDevice: {
                    encrypted: true,
                },
                ebsBlockDevices: [
                    {
                        deviceName: "/dev/sdb",
                        encrypted: true,
                    },
                    {
                        deviceName: "/dev/sdc",
                    },
                ],
            },
            findings: [
                "ebsBlockDevices[1].encrypted: the volume is not encrypted, got nothing; set it to true, with kmsKeyId",
            ],
        },
        {
            kind: "evasion",
            title: "a template of eks.Cluster without mappings",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            component: "eks:index:Cluster",
            props: {
                blockDeviceMappings: [],
            },
            findings: [
                "blockDeviceMappings: the volumes are encrypted only if the image is, got []; set it with ebs.encrypted: true (made by eks.Cluster: set its nodeRootVolumeEncrypted: true)",
            ],
        },
        {
            kind: "evasion",
            title: "in plain although the account encrypts by default",
            config: {
                accountEncryptsByDefault: true,
            },
            props: {
                rootBlockDevice: {
                    encrypted: false,
                },
            },
            findings: [
                "rootBlockDevice.encrypted: the volume is not encrypted, got false; set it to true, with kmsKeyId",
            ],
        },
        {
            kind: "absent",
            title: "nothing said of the root device",
            props: {},
            findings: [
                "rootBlockDevice.encrypted: the volume is not encrypted, got nothing; set it to true, with kmsKeyId",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                rootBlockDevice: {
                    encrypted: UNKNOWN,
                },
            },
            findings: ["rootBlockDevice.encrypted: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
