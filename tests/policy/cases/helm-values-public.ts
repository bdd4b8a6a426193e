import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "helm-values-public",
    type: "kubernetes:helm.sh/v3:Release",
    cases: [
        {
            kind: "violating",
            title: "a load balancer",
            props: {
                values: {
                    service: {
                        type: "LoadBalancer",
                    },
                },
            },
            findings: [
                'values.service.type: the chart\'s service faces outward, got "LoadBalancer"; set it to ClusterIP, or annotations for an internal scheme',
            ],
        },
        {
            kind: "violating",
            title: "a port on every node, deep in the values",
            props: {
                values: {
                    controller: {
                        service: {
                            type: "NodePort",
                        },
                    },
                },
            },
            findings: [
                'values.controller.service.type: the chart\'s service faces outward, got "NodePort"; set it to ClusterIP, or annotations for an internal scheme',
            ],
        },
        {
            kind: "compliant",
            title: "inside",
            props: {
                values: {
                    service: {
                        type: "ClusterIP",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an internal load balancer",
            props: {
                values: {
                    service: {
                        type: "LoadBalancer",
                        annotations: {
                            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                        },
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "another object with a type",
            props: {
                values: {
                    backend: {
                        type: "LoadBalancer",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "an ingress facing the internet",
            props: {
                values: {
                    ingress: {
                        annotations: {
                            "alb.ingress.kubernetes.io/scheme": "internet-facing",
                        },
                    },
                },
            },
            findings: [
                'values.ingress.annotations["alb.ingress.kubernetes.io/scheme"]: the chart\'s load balancer faces the internet, got "internet-facing"; set it to internal',
            ],
        },
        {
            kind: "evasion",
            title: "a key named otherwise",
            props: {
                values: {
                    serviceType: "LoadBalancer",
                },
            },
            findings: [
                'values.serviceType: the chart\'s service faces outward, got "LoadBalancer"; set it to ClusterIP, or annotations for an internal scheme',
            ],
        },
        {
            kind: "absent",
            title: "no values",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown values",
            props: {
                values: UNKNOWN,
            },
            findings: ["values: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
