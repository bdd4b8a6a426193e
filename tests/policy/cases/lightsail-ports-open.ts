import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "lightsail-ports-open",
    type: "aws:lightsail/instancePublicPorts:InstancePublicPorts",
    cases: [
        {
            kind: "violating",
            title: "the world",
            props: {
                portInfos: [
                    {
                        fromPort: 22,
                        toPort: 22,
                        protocol: "tcp",
                        cidrs: ["0.0.0.0/0"],
                    },
                ],
            },
            findings: [
                'portInfos[0].cidrs[0]: the port is open to the internet, got "0.0.0.0/0"; set it to the ranges that may connect',
            ],
        },
        {
            kind: "compliant",
            title: "an office",
            props: {
                portInfos: [
                    {
                        fromPort: 22,
                        toPort: 22,
                        protocol: "tcp",
                        cidrs: ["203.0.113.7/32"],
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "Lightsail's own browser client",
            props: {
                portInfos: [
                    {
                        fromPort: 22,
                        toPort: 22,
                        protocol: "tcp",
                        cidrListAliases: ["lightsail-connect"],
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second port has no ranges",
            props: {
                portInfos: [
                    {
                        fromPort: 22,
                        toPort: 22,
                        cidrs: ["203.0.113.7/32"],
                    },
                    {
                        fromPort: 80,
                        toPort: 80,
                    },
                ],
            },
            findings: [
                "portInfos[1].cidrs: the port is open to the internet, got nothing; set it to the ranges that may connect",
            ],
        },
        {
            kind: "absent",
            title: "no ports",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown ranges",
            props: {
                portInfos: [
                    {
                        fromPort: 22,
                        toPort: 22,
                        cidrs: UNKNOWN,
                    },
                ],
            },
            findings: ["portInfos[0].cidrs: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
