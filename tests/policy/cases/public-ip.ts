import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "public-ip",
    type: "aws:ec2/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "an instance",
            props: {
                associatePublicIpAddress: true,
            },
            findings: ["associatePublicIpAddress: it gets a public address, got true; set it to false"],
        },
        {
            kind: "violating",
            title: "a Fargate service",
            type: "aws:ecs/service:Service",
            component: "awsx:ecs:FargateService",
            props: {
                networkConfiguration: {
                    assignPublicIp: true,
                },
            },
            findings: [
                "networkConfiguration.assignPublicIp: it gets a public address, got true; set it to false (made by awsx.ecs.FargateService: set its assignPublicIp: false, or networkConfiguration)",
            ],
        },
        {
            kind: "violating",
            title: "a launch configuration",
            type: "aws:ec2/launchConfiguration:LaunchConfiguration",
            props: {
                associatePublicIpAddress: true,
            },
            findings: ["associatePublicIpAddress: it gets a public address, got true; set it to false"],
        },
        {
            kind: "compliant",
            title: "an instance without",
            props: {
                associatePublicIpAddress: false,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "false as text in a template",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            props: {
                networkInterfaces: [
                    {
                        associatePublicIpAddress: "false",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "true as text in a template, as eks.NodeGroupV2 writes it",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            component: "eks:index:NodeGroupV2",
            props: {
                networkInterfaces: [
                    {
                        associatePublicIpAddress: "true",
                    },
                ],
            },
            findings: [
                'networkInterfaces[0].associatePublicIpAddress: it gets a public address, got "true"; set it to false (made by eks.NodeGroupV2: set its nodeAssociatePublicIpAddress: false)',
            ],
        },
        {
            kind: "evasion",
            title: "the second interface of a template",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            props: {
                networkInterfaces: [
                    {
                        associatePublicIpAddress: "false",
                    },
                    {
                        associatePublicIpAddress: "true",
                    },
                ],
            },
            findings: [
                'networkInterfaces[1].associatePublicIpAddress: it gets a public address, got "true"; set it to false',
            ],
        },
        {
            kind: "absent",
            title: "nothing said: the subnet decides",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                associatePublicIpAddress: UNKNOWN,
            },
            findings: ["associatePublicIpAddress: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
