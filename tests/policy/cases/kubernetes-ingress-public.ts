import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-ingress-public",
    type: "kubernetes:networking.k8s.io/v1:Ingress",
    cases: [
        {
            kind: "violating",
            title: "facing the internet",
            props: {
                metadata: {
                    annotations: {
                        "alb.ingress.kubernetes.io/scheme": "internet-facing",
                    },
                },
            },
            findings: [
                'metadata.annotations["alb.ingress.kubernetes.io/scheme"]: the ingress faces the internet, got "internet-facing"; set it to internal, or declare the edge by an exemption',
            ],
        },
        {
            kind: "violating",
            title: "class parameters",
            type: "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
            props: {
                spec: {
                    scheme: "internet-facing",
                },
            },
            findings: [
                'spec.scheme: the ingress faces the internet, got "internet-facing"; set it to internal, or declare the edge by an exemption',
            ],
        },
        {
            kind: "compliant",
            title: "internal",
            props: {
                metadata: {
                    annotations: {
                        "alb.ingress.kubernetes.io/scheme": "internal",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "another annotation with that word",
            props: {
                metadata: {
                    annotations: {
                        "alb.ingress.kubernetes.io/group.name": "internet-facing",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "written in capitals",
            props: {
                metadata: {
                    annotations: {
                        "alb.ingress.kubernetes.io/scheme": "INTERNET-FACING",
                    },
                },
            },
            findings: [
                'metadata.annotations["alb.ingress.kubernetes.io/scheme"]: the ingress faces the internet, got "INTERNET-FACING"; set it to internal, or declare the edge by an exemption',
            ],
        },
        {
            kind: "absent",
            title: "no annotations",
            props: {
                metadata: {},
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown annotations",
            props: {
                metadata: {
                    annotations: UNKNOWN,
                },
            },
            findings: [
                'metadata.annotations["alb.ingress.kubernetes.io/scheme"]: undecided until deployment, the value is not known in preview',
            ],
        },
    ],
};

export default cases;
