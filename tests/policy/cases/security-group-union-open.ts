import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "security-group-union-open",
    stackCases: [
        {
            kind: "violating",
            title: "neighbours that are wide together",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "web",
                    props: {},
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "low",
                    props: {
                        cidrIpv4: "8.0.0.0/8",
                        ipProtocol: "tcp",
                        fromPort: 22,
                        toPort: 22,
                    },
                    refers: {
                        securityGroupId: ["web"],
                    },
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "high",
                    props: {
                        cidrIpv4: "9.0.0.0/8",
                        ipProtocol: "tcp",
                        fromPort: 22,
                        toPort: 22,
                    },
                    refers: {
                        securityGroupId: ["web"],
                    },
                },
            ],
            findings: [
                "web: ingress: 8.0.0.0/8 and 9.0.0.0/8 together are open to the internet (rules low, high); set them to ranges of your own networks",
            ],
            config: {
                widestIpv4: 8,
            },
        },
        {
            kind: "compliant",
            title: "private ranges in two rules",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "web",
                    props: {},
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "low",
                    props: {
                        cidrIpv4: "10.0.0.0/8",
                    },
                    refers: {
                        securityGroupId: ["web"],
                    },
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "high",
                    props: {
                        cidrIpv4: "192.168.0.0/16",
                    },
                    refers: {
                        securityGroupId: ["web"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "neighbours on two groups",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "a",
                    props: {},
                },
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "b",
                    props: {},
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "low",
                    props: {
                        cidrIpv4: "8.0.0.0/8",
                    },
                    refers: {
                        securityGroupId: ["a"],
                    },
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "high",
                    props: {
                        cidrIpv4: "9.0.0.0/8",
                    },
                    refers: {
                        securityGroupId: ["b"],
                    },
                },
            ],
            findings: [],
            config: {
                widestIpv4: 8,
            },
        },
        {
            kind: "evasion",
            title: "one range in the group, one in a rule",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "web",
                    props: {
                        id: "sg-1",
                        ingress: [
                            {
                                protocol: "-1",
                                fromPort: 0,
                                toPort: 0,
                                cidrBlocks: ["8.0.0.0/8"],
                            },
                        ],
                    },
                },
                {
                    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                    name: "high",
                    props: {
                        type: "ingress",
                        securityGroupId: "sg-1",
                        cidrBlocks: ["9.0.0.0/8"],
                    },
                },
            ],
            findings: [
                "web: ingress: 8.0.0.0/8 and 9.0.0.0/8 together are open to the internet (rules web, high); set them to ranges of your own networks",
            ],
            config: {
                widestIpv4: 8,
            },
        },
        {
            kind: "absent",
            title: "no rules",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "web",
                    props: {},
                },
            ],
            findings: [],
        },
        {
            kind: "unknown",
            title: "a range not known yet",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "web",
                    props: {},
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "low",
                    props: {
                        cidrIpv4: UNKNOWN,
                    },
                    refers: {
                        securityGroupId: ["web"],
                    },
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "high",
                    props: {
                        cidrIpv4: "9.0.0.0/8",
                    },
                    refers: {
                        securityGroupId: ["web"],
                    },
                },
            ],
            findings: [],
            config: {
                widestIpv4: 8,
            },
        },
    ],
};

export default cases;
