import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-container-probes",
    type: "kubernetes:apps/v1:Deployment",
    cases: [
        {
            kind: "violating",
            title: "a port without a probe",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    ports: [
                                        {
                                            containerPort: 80,
                                        },
                                    ],
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].readinessProbe: the container does not say when it is ready, got nothing; set it to a request or command that succeeds when it is",
            ],
        },
        {
            kind: "compliant",
            title: "a port with a probe",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    ports: [
                                        {
                                            containerPort: 80,
                                        },
                                    ],
                                    readinessProbe: {
                                        httpGet: {
                                            path: "/",
                                            port: 80,
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
            title: "a job with a port",
            type: "kubernetes:batch/v1:Job",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    ports: [
                                        {
                                            containerPort: 80,
                                        },
                                    ],
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
            title: "a liveness probe only",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    ports: [
                                        {
                                            containerPort: 80,
                                        },
                                    ],
                                    livenessProbe: {
                                        httpGet: {
                                            path: "/",
                                            port: 80,
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].readinessProbe: the container does not say when it is ready, got nothing; set it to a request or command that succeeds when it is",
            ],
        },
        {
            kind: "absent",
            title: "no ports",
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
            findings: [],
        },
        {
            kind: "unknown",
            title: "a probe not known yet",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    ports: [
                                        {
                                            containerPort: 80,
                                        },
                                    ],
                                    readinessProbe: UNKNOWN,
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
