import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "instance-in-public-subnet",
    stackCases: [
        {
            kind: "violating",
            title: "an instance that says nothing of addresses",
            resources: [
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "public",
                    props: {
                        mapPublicIpOnLaunch: true,
                        tags: {
                            SubnetType: "Public",
                        },
                    },
                },
                {
                    type: "aws:ec2/instance:Instance",
                    name: "machine",
                    props: {
                        subnetId: UNKNOWN,
                    },
                    refers: {
                        subnetId: ["public"],
                    },
                },
            ],
            findings: ["machine: subnetId: it stands in the public subnet public; set it to private subnets"],
        },
        {
            kind: "violating",
            title: "a database",
            resources: [
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "public",
                    props: {
                        mapPublicIpOnLaunch: true,
                    },
                },
                {
                    type: "aws:rds/subnetGroup:SubnetGroup",
                    name: "database",
                    props: {
                        subnetIds: [UNKNOWN],
                    },
                    refers: {
                        subnetIds: ["public"],
                    },
                },
            ],
            findings: ["database: subnetIds: it stands in the public subnet public; set it to private subnets"],
        },
        {
            kind: "compliant",
            title: "a private subnet",
            resources: [
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "private",
                    props: {
                        mapPublicIpOnLaunch: false,
                    },
                },
                {
                    type: "aws:ec2/instance:Instance",
                    name: "machine",
                    props: {
                        subnetId: UNKNOWN,
                    },
                    refers: {
                        subnetId: ["private"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "an instance that refuses an address",
            resources: [
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "public",
                    props: {
                        mapPublicIpOnLaunch: true,
                    },
                },
                {
                    type: "aws:ec2/instance:Instance",
                    name: "machine",
                    props: {
                        subnetId: UNKNOWN,
                        associatePublicIpAddress: false,
                    },
                    refers: {
                        subnetId: ["public"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "a load balancer",
            resources: [
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "public",
                    props: {
                        mapPublicIpOnLaunch: true,
                    },
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        subnets: [UNKNOWN],
                    },
                    refers: {
                        subnets: ["public"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "one public subnet among private ones",
            resources: [
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "private",
                    props: {
                        id: "subnet-1",
                    },
                },
                {
                    type: "aws:ec2/subnet:Subnet",
                    name: "public",
                    props: {
                        id: "subnet-2",
                        mapPublicIpOnLaunch: true,
                    },
                },
                {
                    type: "aws:rds/subnetGroup:SubnetGroup",
                    name: "database",
                    props: {
                        subnetIds: ["subnet-1", "subnet-2"],
                    },
                },
            ],
            findings: ["database: subnetIds: it stands in the public subnet public; set it to private subnets"],
        },
        {
            kind: "absent",
            title: "no subnet",
            resources: [
                {
                    type: "aws:ec2/instance:Instance",
                    name: "machine",
                    props: {},
                },
            ],
            findings: [],
        },
        {
            kind: "unknown",
            title: "a subnet of another stack",
            resources: [
                {
                    type: "aws:ec2/instance:Instance",
                    name: "machine",
                    props: {
                        subnetId: UNKNOWN,
                    },
                },
            ],
            findings: [],
        },
    ],
};

export default cases;
