import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "prefix-list-open",
    type: "aws:ec2/managedPrefixList:ManagedPrefixList",
    cases: [
        {
            kind: "violating",
            title: "the world as an entry",
            props: {
                entries: [
                    {
                        cidr: "0.0.0.0/0",
                    },
                ],
            },
            findings: [
                'entries[0].cidr: the list takes in the internet, got "0.0.0.0/0"; set it to a range of your own networks',
            ],
        },
        {
            kind: "violating",
            title: "an entry of its own",
            type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
            props: {
                cidr: "0.0.0.0/0",
            },
            findings: ['cidr: the list takes in the internet, got "0.0.0.0/0"; set it to a range of your own networks'],
        },
        {
            kind: "compliant",
            title: "private entries",
            props: {
                entries: [
                    {
                        cidr: "10.0.0.0/8",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "one public address",
            props: {
                entries: [
                    {
                        cidr: "198.51.100.7/32",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "two halves as entries",
            props: {
                entries: [
                    {
                        cidr: "0.0.0.0/1",
                    },
                    {
                        cidr: "128.0.0.0/1",
                    },
                ],
            },
            findings: [
                'entries[0].cidr: the list takes in the internet, got "0.0.0.0/1"; set it to a range of your own networks',
                'entries[1].cidr: the list takes in the internet, got "128.0.0.0/1"; set it to a range of your own networks',
            ],
        },
        {
            kind: "absent",
            title: "no entries",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "an unknown entry",
            props: {
                entries: [
                    {
                        cidr: UNKNOWN,
                    },
                ],
            },
            findings: ["entries[0].cidr: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
