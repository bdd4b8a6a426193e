import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "eks-endpoint-public",
    type: "aws:eks/cluster:Cluster",
    cases: [
        {
            kind: "violating",
            title: "public for all",
            props: {
                vpcConfig: {
                    endpointPublicAccess: true,
                    publicAccessCidrs: ["0.0.0.0/0"],
                },
            },
            findings: [
                'vpcConfig.publicAccessCidrs[0]: the API is open to the internet, got "0.0.0.0/0"; set it to the ranges you connect from, or vpcConfig.endpointPublicAccess: false',
            ],
        },
        {
            kind: "compliant",
            title: "private",
            props: {
                vpcConfig: {
                    endpointPublicAccess: false,
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "public for an office",
            props: {
                vpcConfig: {
                    endpointPublicAccess: true,
                    publicAccessCidrs: ["203.0.113.0/24"],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "public for the world in halves",
            props: {
                vpcConfig: {
                    endpointPublicAccess: true,
                    publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"],
                },
            },
            findings: [
                'vpcConfig.publicAccessCidrs[0]: the API is open to the internet, got "0.0.0.0/1"; set it to the ranges you connect from, or vpcConfig.endpointPublicAccess: false',
                'vpcConfig.publicAccessCidrs[1]: the API is open to the internet, got "128.0.0.0/1"; set it to the ranges you connect from, or vpcConfig.endpointPublicAccess: false',
            ],
        },
        {
            kind: "evasion",
            title: "public, with an empty list",
            props: {
                vpcConfig: {
                    endpointPublicAccess: true,
                    publicAccessCidrs: [],
                },
            },
            findings: [
                "vpcConfig.endpointPublicAccess: the API is open to the internet, got true; set vpcConfig.endpointPublicAccess: false",
            ],
        },
        {
            kind: "absent",
            title: "a cluster of eks.Cluster that says nothing",
            component: "eks:index:Cluster",
            props: {
                vpcConfig: {
                    subnetIds: UNKNOWN,
                },
            },
            findings: [
                "vpcConfig.endpointPublicAccess: the API is open to the internet, got nothing; set vpcConfig.endpointPublicAccess: false (made by eks.Cluster: set its endpointPublicAccess: false and endpointPrivateAccess: true)",
            ],
        },
        {
            kind: "absent",
            title: "nothing at all",
            props: {},
            findings: [
                "vpcConfig.endpointPublicAccess: the API is open to the internet, got nothing; set vpcConfig.endpointPublicAccess: false",
            ],
        },
        {
            kind: "unknown",
            title: "access unknown",
            props: {
                vpcConfig: {
                    endpointPublicAccess: UNKNOWN,
                },
            },
            findings: ["vpcConfig.endpointPublicAccess: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
