import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "store-reached-from-edge",
    stackCases: [
        {
            kind: "violating",
            title: "a database behind the load balancer's group",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "edge",
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
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "web",
                    props: {
                        internal: false,
                        securityGroups: [UNKNOWN],
                    },
                    refers: {
                        securityGroups: ["edge"],
                    },
                },
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "store",
                    props: {
                        ingress: [
                            {
                                protocol: "tcp",
                                fromPort: 5432,
                                toPort: 5432,
                                securityGroups: [UNKNOWN],
                            },
                        ],
                    },
                    refers: {
                        ingress: ["edge"],
                    },
                },
                {
                    type: "aws:rds/instance:Instance",
                    name: "main",
                    props: {
                        vpcSecurityGroupIds: [UNKNOWN],
                    },
                    refers: {
                        vpcSecurityGroupIds: ["store"],
                    },
                },
            ],
            findings: [
                "main: the edge reaches it: internet -> LoadBalancer web (public load balancer, port 443 by group edge) -> Instance main (port 5432 by group store); put a service with a group of its own in between",
            ],
        },
        {
            kind: "violating",
            title: "a public database",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "open",
                    props: {
                        ingress: [
                            {
                                protocol: "tcp",
                                fromPort: 5432,
                                toPort: 5432,
                                cidrBlocks: ["0.0.0.0/0"],
                            },
                        ],
                    },
                },
                {
                    type: "aws:rds/instance:Instance",
                    name: "main",
                    props: {
                        publiclyAccessible: true,
                    },
                    refers: {
                        vpcSecurityGroupIds: ["open"],
                    },
                },
            ],
            findings: [
                "main: the edge reaches it: internet -> Instance main (public address, port 5432 by group open); put a service with a group of its own in between",
            ],
        },
        {
            kind: "compliant",
            title: "a service in between",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "edge",
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
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "web",
                    props: {
                        internal: false,
                    },
                    refers: {
                        securityGroups: ["edge"],
                    },
                },
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "app",
                    props: {
                        ingress: [
                            {
                                protocol: "tcp",
                                fromPort: 8080,
                                toPort: 8080,
                                securityGroups: [UNKNOWN],
                            },
                        ],
                    },
                    refers: {
                        ingress: ["edge"],
                    },
                },
                {
                    type: "aws:ecs/service:Service",
                    name: "api",
                    props: {
                        networkConfiguration: {
                            securityGroups: [UNKNOWN],
                        },
                    },
                    refers: {
                        networkConfiguration: ["app"],
                    },
                },
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "store",
                    props: {
                        ingress: [
                            {
                                protocol: "tcp",
                                fromPort: 5432,
                                toPort: 5432,
                                securityGroups: [UNKNOWN],
                            },
                        ],
                    },
                    refers: {
                        ingress: ["app"],
                    },
                },
                {
                    type: "aws:rds/instance:Instance",
                    name: "main",
                    props: {},
                    refers: {
                        vpcSecurityGroupIds: ["store"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "a load balancer that is open to an office only",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "edge",
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
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "web",
                    props: {
                        internal: false,
                    },
                    refers: {
                        securityGroups: ["edge"],
                    },
                },
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "store",
                    props: {
                        ingress: [
                            {
                                protocol: "tcp",
                                fromPort: 5432,
                                toPort: 5432,
                                securityGroups: [UNKNOWN],
                            },
                        ],
                    },
                    refers: {
                        ingress: ["edge"],
                    },
                },
                {
                    type: "aws:rds/instance:Instance",
                    name: "main",
                    props: {},
                    refers: {
                        vpcSecurityGroupIds: ["store"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "by a rule resource of its own",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "edge",
                    props: {
                        id: "sg-edge",
                    },
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "web-in",
                    props: {
                        cidrIpv6: "::/0",
                        ipProtocol: "-1",
                    },
                    refers: {
                        securityGroupId: ["edge"],
                    },
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "web",
                    props: {
                        internal: false,
                        securityGroups: ["sg-edge"],
                    },
                },
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "store",
                    props: {
                        id: "sg-store",
                    },
                },
                {
                    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                    name: "store-in",
                    props: {
                        securityGroupId: "sg-store",
                        referencedSecurityGroupId: "sg-edge",
                        ipProtocol: "tcp",
                        fromPort: 6379,
                        toPort: 6379,
                    },
                },
                {
                    type: "aws:elasticache/replicationGroup:ReplicationGroup",
                    name: "cache",
                    props: {
                        securityGroupIds: ["sg-store"],
                    },
                },
            ],
            findings: [
                "cache: the edge reaches it: internet -> LoadBalancer web (public load balancer, all ports by group edge) -> ReplicationGroup cache (port 6379 by group store); put a service with a group of its own in between",
            ],
        },
        {
            kind: "absent",
            title: "no store",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "web",
                    props: {
                        internal: false,
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "unknown",
            title: "a source not known, and not referred to",
            resources: [
                {
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    name: "store",
                    props: {
                        ingress: [
                            {
                                protocol: "tcp",
                                fromPort: 5432,
                                toPort: 5432,
                                securityGroups: [UNKNOWN],
                            },
                        ],
                    },
                },
                {
                    type: "aws:rds/instance:Instance",
                    name: "main",
                    props: {},
                    refers: {
                        vpcSecurityGroupIds: ["store"],
                    },
                },
            ],
            findings: [],
        },
    ],
};

export default cases;
