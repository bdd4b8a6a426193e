import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "network-acl-open",
    type: "aws:ec2/networkAcl:NetworkAcl",
    cases: [
        {
            kind: "violating",
            title: "everything from the world",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "-1",
                        fromPort: 0,
                        toPort: 0,
                        ruleNo: 100,
                        cidrBlock: "0.0.0.0/0",
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlock: the ACL lets the internet in, got "0.0.0.0/0"; set it to a range of your own, or narrow fromPort and toPort',
            ],
        },
        {
            kind: "violating",
            title: "SSH from the world in a rule of its own",
            type: "aws:ec2/networkAclRule:NetworkAclRule",
            props: {
                ruleAction: "allow",
                protocol: "tcp",
                fromPort: 22,
                toPort: 22,
                cidrBlock: "0.0.0.0/0",
            },
            findings: [
                'cidrBlock: the ACL lets the internet in, got "0.0.0.0/0"; set it to a range of your own, or narrow fromPort and toPort',
            ],
        },
        {
            kind: "violating",
            title: "the default ACL from the IPv6 world",
            type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "-1",
                        fromPort: 0,
                        toPort: 0,
                        ipv6CidrBlock: "::/0",
                    },
                ],
            },
            findings: [
                'ingress[0].ipv6CidrBlock: the ACL lets the internet in, got "::/0"; set it to a range of your own, or narrow fromPort and toPort',
            ],
        },
        {
            kind: "compliant",
            title: "the VPC's own range",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "-1",
                        fromPort: 0,
                        toPort: 0,
                        cidrBlock: "10.0.0.0/16",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "answers on the high ports",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "tcp",
                        fromPort: 1024,
                        toPort: 65535,
                        cidrBlock: "0.0.0.0/0",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "the web's port",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        cidrBlock: "0.0.0.0/0",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a rule that denies the world",
            props: {
                ingress: [
                    {
                        action: "deny",
                        protocol: "-1",
                        fromPort: 0,
                        toPort: 0,
                        cidrBlock: "0.0.0.0/0",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a rule of its own for egress",
            type: "aws:ec2/networkAclRule:NetworkAclRule",
            props: {
                egress: true,
                ruleAction: "allow",
                protocol: "-1",
                cidrBlock: "0.0.0.0/0",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "one high port",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "tcp",
                        fromPort: 3389,
                        toPort: 3389,
                        cidrBlock: "0.0.0.0/0",
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlock: the ACL lets the internet in, got "0.0.0.0/0"; set it to a range of your own, or narrow fromPort and toPort',
            ],
        },
        {
            kind: "evasion",
            title: "a range of ports that begins below the high ones",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "tcp",
                        fromPort: 1023,
                        toPort: 65535,
                        cidrBlock: "0.0.0.0/0",
                    },
                ],
            },
            findings: [
                'ingress[0].cidrBlock: the ACL lets the internet in, got "0.0.0.0/0"; set it to a range of your own, or narrow fromPort and toPort',
            ],
        },
        {
            kind: "absent",
            title: "no ingress",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "an unknown range",
            props: {
                ingress: [
                    {
                        action: "allow",
                        protocol: "-1",
                        fromPort: 0,
                        toPort: 0,
                        cidrBlock: UNKNOWN,
                    },
                ],
            },
            findings: ["ingress[0].cidrBlock: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
