import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-network-policy-open",
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    cases: [
        {
            kind: "violating",
            title: "everything lets in",
            props: {
                spec: {
                    ingress: [{}],
                },
            },
            findings: [
                "spec.ingress[0].from: the rule lets in everything, got nothing; set it to the selectors or ranges that may connect",
            ],
        },
        {
            kind: "violating",
            title: "the world",
            props: {
                spec: {
                    ingress: [
                        {
                            from: [
                                {
                                    ipBlock: {
                                        cidr: "0.0.0.0/0",
                                    },
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [
                'spec.ingress[0].from[0].ipBlock.cidr: the rule lets in the internet, got "0.0.0.0/0"; set it to a range of your own networks',
            ],
        },
        {
            kind: "compliant",
            title: "a namespace",
            props: {
                spec: {
                    ingress: [
                        {
                            from: [
                                {
                                    namespaceSelector: {},
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "default deny",
            props: {
                spec: {
                    podSelector: {},
                    policyTypes: ["Ingress"],
                    ingress: [],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "egress to the world",
            props: {
                spec: {
                    egress: [
                        {
                            to: [
                                {
                                    ipBlock: {
                                        cidr: "0.0.0.0/0",
                                    },
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "an empty list of sources",
            props: {
                spec: {
                    ingress: [
                        {
                            from: [],
                            ports: [
                                {
                                    port: 80,
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [
                "spec.ingress[0].from: the rule lets in everything, got []; set it to the selectors or ranges that may connect",
            ],
        },
        {
            kind: "evasion",
            title: "the second rule lets in everything",
            props: {
                spec: {
                    ingress: [
                        {
                            from: [
                                {
                                    podSelector: {},
                                },
                            ],
                        },
                        {
                            ports: [
                                {
                                    port: 5432,
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [
                "spec.ingress[1].from: the rule lets in everything, got nothing; set it to the selectors or ranges that may connect",
            ],
        },
        {
            kind: "absent",
            title: "no spec",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown sources",
            props: {
                spec: {
                    ingress: [
                        {
                            from: UNKNOWN,
                        },
                    ],
                },
            },
            findings: ["spec.ingress[0].from: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
