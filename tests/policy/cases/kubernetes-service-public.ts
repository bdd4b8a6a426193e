import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-service-public",
    type: "kubernetes:core/v1:Service",
    cases: [
        {
            kind: "violating",
            title: "a load balancer",
            props: {
                spec: {
                    type: "LoadBalancer",
                },
            },
            findings: [
                'spec.type: the load balancer faces the internet, got "LoadBalancer"; set spec.type to ClusterIP, the annotation for an internal scheme, or narrow loadBalancerSourceRanges',
            ],
        },
        {
            kind: "violating",
            title: "a port on every node",
            props: {
                spec: {
                    type: "NodePort",
                },
            },
            findings: [
                'spec.type: every node opens a port, got "NodePort"; set it to ClusterIP, behind an internal ingress',
            ],
        },
        {
            kind: "violating",
            title: "addresses from outside",
            props: {
                spec: {
                    type: "ClusterIP",
                    externalIPs: ["203.0.113.7"],
                },
            },
            findings: [
                'spec.externalIPs: nodes take in traffic for addresses from outside, got ["203.0.113.7"]; set no externalIPs',
            ],
        },
        {
            kind: "compliant",
            title: "inside the cluster",
            props: {
                spec: {
                    type: "ClusterIP",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an internal load balancer",
            props: {
                metadata: {
                    annotations: {
                        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                    },
                },
                spec: {
                    type: "LoadBalancer",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a load balancer for an office",
            props: {
                spec: {
                    type: "LoadBalancer",
                    loadBalancerSourceRanges: ["203.0.113.0/24"],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "source ranges that take in the world",
            props: {
                spec: {
                    type: "LoadBalancer",
                    loadBalancerSourceRanges: ["10.0.0.0/8", "0.0.0.0/0"],
                },
            },
            findings: [
                'spec.loadBalancerSourceRanges[1]: the load balancer faces the internet, got "0.0.0.0/0"; set spec.type to ClusterIP, the annotation for an internal scheme, or narrow loadBalancerSourceRanges',
            ],
        },
        {
            kind: "evasion",
            title: "annotated with another word",
            props: {
                metadata: {
                    annotations: {
                        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
                    },
                },
                spec: {
                    type: "LoadBalancer",
                },
            },
            findings: [
                'spec.type: the load balancer faces the internet, got "LoadBalancer"; set spec.type to ClusterIP, the annotation for an internal scheme, or narrow loadBalancerSourceRanges',
            ],
        },
        {
            kind: "evasion",
            title: "within a list",
            type: "kubernetes:core/v1:List",
            props: {
                items: [
                    {
                        kind: "ConfigMap",
                    },
                    {
                        kind: "Service",
                        spec: {
                            type: "LoadBalancer",
                        },
                    },
                ],
            },
            findings: [
                'items[1].spec.type: the load balancer faces the internet, got "LoadBalancer"; set spec.type to ClusterIP, the annotation for an internal scheme, or narrow loadBalancerSourceRanges',
            ],
        },
        {
            kind: "absent",
            title: "no type",
            props: {
                spec: {},
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                spec: {
                    type: UNKNOWN,
                },
            },
            findings: ["spec.type: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
