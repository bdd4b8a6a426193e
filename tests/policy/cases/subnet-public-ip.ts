import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "subnet-public-ip",
    type: "aws:ec2/subnet:Subnet",
    cases: [
        {
            kind: "violating",
            title: "a subnet that hands out addresses",
            props: {
                mapPublicIpOnLaunch: true,
            },
            findings: [
                "mapPublicIpOnLaunch: the subnet hands out public addresses, got true; set it to false, or tag the subnet as public",
            ],
        },
        {
            kind: "compliant",
            title: "one that does not",
            props: {
                mapPublicIpOnLaunch: false,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a public subnet of awsx.ec2.Vpc",
            component: "awsx:ec2:Vpc",
            props: {
                mapPublicIpOnLaunch: true,
                tags: {
                    SubnetType: "Public",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a subnet tagged for public load balancers",
            props: {
                mapPublicIpOnLaunch: true,
                tags: {
                    "kubernetes.io/role/elb": "1",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "tagged as private, and still handing out",
            component: "awsx:ec2:Vpc",
            props: {
                mapPublicIpOnLaunch: true,
                tags: {
                    SubnetType: "Private",
                },
            },
            findings: [
                "mapPublicIpOnLaunch: the subnet hands out public addresses, got true; set it to false, or tag the subnet as public (made by awsx.ec2.Vpc: set its subnetSpecs without a Public subnet)",
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: [],
        },
        {
            kind: "absent",
            title: "a default subnet that says nothing hands out",
            type: "aws:ec2/defaultSubnet:DefaultSubnet",
            props: {},
            findings: [
                "mapPublicIpOnLaunch: the subnet hands out public addresses, got nothing; set it to false, or tag the subnet as public",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                mapPublicIpOnLaunch: UNKNOWN,
            },
            findings: ["mapPublicIpOnLaunch: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
