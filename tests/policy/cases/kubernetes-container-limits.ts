import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-container-limits",
    type: "kubernetes:apps/v1:Deployment",
    cases: [
        {
            kind: "violating",
            title: "no request for CPU",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    resources: {
                                        requests: {
                                            memory: "128Mi",
                                        },
                                        limits: {
                                            memory: "128Mi",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].resources.requests.cpu: the container does not say, got nothing; set it to a quantity",
            ],
        },
        {
            kind: "violating",
            title: "no requests",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    resources: {
                                        limits: {
                                            memory: "128Mi",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].resources.requests.cpu: the container does not say, got nothing; set it to a quantity",
                "spec.template.spec.containers[0].resources.requests.memory: the container does not say, got nothing; set it to a quantity",
            ],
        },
        {
            kind: "compliant",
            title: "requests and a memory limit",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    resources: {
                                        requests: {
                                            cpu: "100m",
                                            memory: "64Mi",
                                        },
                                        limits: {
                                            memory: "128Mi",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no limit on CPU",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    resources: {
                                        requests: {
                                            cpu: "1",
                                            memory: "1Gi",
                                        },
                                        limits: {
                                            memory: "1Gi",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "an init container without",
            props: {
                spec: {
                    template: {
                        spec: {
                            initContainers: [
                                {
                                    name: "init",
                                    image: "a:1",
                                },
                            ],
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    resources: {
                                        requests: {
                                            cpu: "100m",
                                            memory: "64Mi",
                                        },
                                        limits: {
                                            memory: "128Mi",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.initContainers[0].resources.requests.cpu: the container does not say, got nothing; set it to a quantity",
                "spec.template.spec.initContainers[0].resources.requests.memory: the container does not say, got nothing; set it to a quantity",
                "spec.template.spec.initContainers[0].resources.limits.memory: the container does not say, got nothing; set it to a quantity",
            ],
        },
        {
            kind: "absent",
            title: "no resources",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].resources.requests.cpu: the container does not say, got nothing; set it to a quantity",
                "spec.template.spec.containers[0].resources.requests.memory: the container does not say, got nothing; set it to a quantity",
                "spec.template.spec.containers[0].resources.limits.memory: the container does not say, got nothing; set it to a quantity",
            ],
        },
        {
            kind: "unknown",
            title: "resources not known yet",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    resources: UNKNOWN,
                                },
                            ],
                        },
                    },
                },
            },
            findings: [],
        },
    ],
};

export default cases;
