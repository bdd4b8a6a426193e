import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "security-group-open",
    type: "aws:ec2/securityGroup:SecurityGroup",
    cases: [
        {
            kind: "violating",
            title: "the world on one port",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["0.0.0.0/0"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the range is open to the internet, got "0.0.0.0/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "violating",
            title: "the IPv6 world",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        ipv6CidrBlocks: ["::/0"],
                    },
                ],
            },
            findings: [
                'ingress[0].ipv6CidrBlocks[0]: the range is open to the internet, got "::/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "violating",
            title: "a rule resource of the world",
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            props: {
                type: "ingress",
                protocol: "tcp",
                fromPort: 22,
                toPort: 22,
                cidrBlocks: ["0.0.0.0/0"],
            },
            findings: [
                'cidrBlocks[0]: the range is open to the internet, got "0.0.0.0/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "violating",
            title: "an ingress rule resource of the IPv6 world",
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            props: {
                cidrIpv6: "0::/0",
                ipProtocol: "-1",
            },
            findings: [
                'cidrIpv6: the range is open to the internet, got "0::/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "violating",
            title: "the default group",
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["0.0.0.0/0"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the range is open to the internet, got "0.0.0.0/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "compliant",
            title: "private ranges and a group",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["10.0.0.0/8", "100.64.0.0/10"],
                        ipv6CidrBlocks: ["fd00::/8"],
                        securityGroups: ["sg-1"],
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an egress rule to the world",
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            props: {
                type: "egress",
                protocol: "-1",
                cidrBlocks: ["0.0.0.0/0"],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "egress to the world within a group",
            props: {
                egress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["0.0.0.0/0"],
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an office of 256 addresses",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["203.0.113.0/24"],
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "host bits set in a range of everything",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["1.2.3.4/0"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the range is open to the internet, got "1.2.3.4/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "evasion",
            title: "the world in two halves",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the range is open to the internet, got "0.0.0.0/1"; set it to ranges of your own networks, or name source security groups',
                'ingress[0].cidrBlocks[1]: the range is open to the internet, got "128.0.0.0/1"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "evasion",
            title: "the world in sixteen parts spread over two rules' lists",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["10.0.0.0/8"],
                    },
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        self: true,
                        cidrBlocks: ["0.0.0.0/0"],
                    },
                ],
            },
            findings: [
                'ingress[1].cidrBlocks[0]: the range is open to the internet, got "0.0.0.0/0"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "evasion",
            title: "a wide public range that is not the world",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["52.0.0.0/8"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the range is open to the internet, got "52.0.0.0/8"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "evasion",
            title: "neighbours that are each within the configured width",
            type: "aws:ec2/securityGroup:SecurityGroup",
            config: {
                widestIpv4: 8,
            },
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["8.0.0.0/8", "9.0.0.0/8"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the range is open to the internet, together with the ranges beside it, got "8.0.0.0/8"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "evasion",
            title: "no range at all",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: ["0.0.0.0/33"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[0]: the text is no address range, got "0.0.0.0/33"; set it to ranges of your own networks, or name source security groups',
            ],
        },
        {
            kind: "absent",
            title: "no ingress",
            props: {},
            findings: [],
        },
        {
            kind: "absent",
            title: "a rule without ranges",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        self: true,
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "an unknown range beside the world",
            props: {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlocks: [UNKNOWN, "0.0.0.0/0"],
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlocks[1]: the range is open to the internet, got "0.0.0.0/0"; set it to ranges of your own networks, or name source security groups',
                "ingress[0].cidrBlocks[0]: undecided until deployment, the value is not known in preview",
            ],
        },
        {
            kind: "unknown",
            title: "all ingress unknown",
            props: {
                ingress: UNKNOWN,
            },
            findings: ["ingress: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
