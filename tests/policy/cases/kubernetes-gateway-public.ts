import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-gateway-public",
    type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    cases: [
        {
            kind: "violating",
            title: "listeners without infrastructure",
            props: {
                spec: {
                    listeners: [
                        {
                            name: "web",
                            port: 443,
                            protocol: "HTTPS",
                        },
                    ],
                },
            },
            findings: [
                "spec.infrastructure.annotations: the gateway may face the internet, got nothing; set the annotation service.beta.kubernetes.io/aws-load-balancer-scheme: internal, or declare the edge by an exemption",
            ],
        },
        {
            kind: "compliant",
            title: "internal by its infrastructure",
            props: {
                spec: {
                    listeners: [
                        {
                            port: 443,
                        },
                    ],
                    infrastructure: {
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
            title: "no listeners",
            props: {
                spec: {
                    listeners: [],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "infrastructure that says nothing of the scheme",
            props: {
                spec: {
                    listeners: [
                        {
                            port: 443,
                        },
                    ],
                    infrastructure: {
                        annotations: {
                            team: "internal",
                        },
                    },
                },
            },
            findings: [
                'spec.infrastructure.annotations: the gateway may face the internet, got {"team":"internal"}; set the annotation service.beta.kubernetes.io/aws-load-balancer-scheme: internal, or declare the edge by an exemption',
            ],
        },
        {
            kind: "absent",
            title: "nothing",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "infrastructure not known yet",
            props: {
                spec: {
                    listeners: [
                        {
                            port: 443,
                        },
                    ],
                    infrastructure: {
                        annotations: UNKNOWN,
                    },
                },
            },
            findings: [
                "spec.infrastructure.annotations: undecided until deployment, the value is not known in preview",
            ],
        },
    ],
};

export default cases;
