import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-pod-security",
    type: "kubernetes:apps/v1:Deployment",
    cases: [
        {
            kind: "violating",
            title: "a privileged container",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                        privileged: true,
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].securityContext.privileged: the container is privileged, got true; set it to false",
            ],
        },
        {
            kind: "violating",
            title: "the node's network",
            props: {
                spec: {
                    template: {
                        spec: {
                            hostNetwork: true,
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.hostNetwork: the pod shares the node's namespace, got true; set it to false",
            ],
        },
        {
            kind: "violating",
            title: "a path of the node",
            props: {
                spec: {
                    template: {
                        spec: {
                            volumes: [
                                {
                                    name: "root",
                                    hostPath: {
                                        path: "/",
                                    },
                                },
                            ],
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.volumes[0].hostPath: the volume type is not among the restricted ones, got {"path":"/"}; set the volume to another type',
            ],
        },
        {
            kind: "compliant",
            title: "restricted",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
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
            title: "user and filter set by the pod",
            props: {
                spec: {
                    template: {
                        spec: {
                            securityContext: {
                                runAsNonRoot: true,
                                seccompProfile: {
                                    type: "RuntimeDefault",
                                },
                            },
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        capabilities: {
                                            drop: ["ALL"],
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
            title: "the one capability that may be added",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                            add: ["NET_BIND_SERVICE"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
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
            title: "the container takes back what its pod sets",
            props: {
                spec: {
                    template: {
                        spec: {
                            securityContext: {
                                runAsNonRoot: true,
                            },
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: false,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].securityContext.runAsNonRoot: the container may run as root, got false; set it to true",
            ],
        },
        {
            kind: "evasion",
            title: "a user of number nought",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                        runAsUser: 0,
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].securityContext.runAsUser: the container runs as root, got 0; set it to another user",
            ],
        },
        {
            kind: "evasion",
            title: "a capability added beside the one",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                            add: ["NET_BIND_SERVICE", "SYS_ADMIN"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].securityContext.capabilities.add[1]: a capability is added, got "SYS_ADMIN"; set none but NET_BIND_SERVICE',
            ],
        },
        {
            kind: "absent",
            title: "no security context",
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
                "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: the process may gain privileges, got nothing; set it to false",
                "spec.template.spec.containers[0].securityContext.runAsNonRoot: the container may run as root, got nothing; set it to true",
                "spec.template.spec.containers[0].securityContext.seccompProfile.type: system calls are not filtered, got nothing; set it to RuntimeDefault",
                'spec.template.spec.containers[0].securityContext.capabilities.drop: capabilities are kept, got nothing; set it to ["ALL"]',
            ],
        },
        {
            kind: "unknown",
            title: "unknown flags",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "a:1",
                                    securityContext: {
                                        allowPrivilegeEscalation: false,
                                        runAsNonRoot: true,
                                        capabilities: {
                                            drop: ["ALL"],
                                        },
                                        seccompProfile: {
                                            type: "RuntimeDefault",
                                        },
                                        privileged: UNKNOWN,
                                    },
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].securityContext.privileged: undecided until deployment, the value is not known in preview",
            ],
        },
    ],
};

export default cases;
