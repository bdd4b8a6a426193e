import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "kubernetes-image-tag",
    type: "kubernetes:apps/v1:Deployment",
    cases: [
        {
            kind: "violating",
            title: "latest",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag latest moves, got "nginx:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "no tag",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the image has no tag, which means latest, got "nginx"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "an init container",
            props: {
                spec: {
                    template: {
                        spec: {
                            initContainers: [
                                {
                                    name: "init",
                                    image: "busybox:latest",
                                },
                            ],
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:1.27.3",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.initContainers[0].image: the tag latest moves, got "busybox:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a pod's ephemeral container",
            type: "kubernetes:core/v1:Pod",
            props: {
                spec: {
                    containers: [
                        {
                            image: "a:1",
                        },
                    ],
                    ephemeralContainers: [
                        {
                            image: "busybox",
                        },
                    ],
                },
            },
            findings: [
                'spec.ephemeralContainers[0].image: the image has no tag, which means latest, got "busybox"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a cron job",
            type: "kubernetes:batch/v1:CronJob",
            props: {
                spec: {
                    jobTemplate: {
                        spec: {
                            template: {
                                spec: {
                                    containers: [
                                        {
                                            image: "backup:latest",
                                        },
                                    ],
                                },
                            },
                        },
                    },
                },
            },
            findings: [
                'spec.jobTemplate.spec.template.spec.containers[0].image: the tag latest moves, got "backup:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a stateful set",
            type: "kubernetes:apps/v1:StatefulSet",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    image: "postgres",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the image has no tag, which means latest, got "postgres"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a daemon set",
            type: "kubernetes:apps/v1:DaemonSet",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    image: "agent:latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag latest moves, got "agent:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a job",
            type: "kubernetes:batch/v1:Job",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    image: "agent:latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag latest moves, got "agent:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a replica set",
            type: "kubernetes:apps/v1:ReplicaSet",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    image: "agent:latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag latest moves, got "agent:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a replication controller",
            type: "kubernetes:core/v1:ReplicationController",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    image: "agent:latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag latest moves, got "agent:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a deployment within a list",
            type: "kubernetes:core/v1:List",
            props: {
                items: [
                    {
                        kind: "Deployment",
                        spec: {
                            template: {
                                spec: {
                                    containers: [
                                        {
                                            name: "web",
                                            image: "nginx",
                                        },
                                    ],
                                },
                            },
                        },
                    },
                ],
            },
            findings: [
                'items[0].spec.template.spec.containers[0].image: the image has no tag, which means latest, got "nginx"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a custom resource that embeds a pod",
            type: "kubernetes:ray.io/v1:RayCluster",
            props: {
                spec: {
                    podTemplate: {
                        spec: {
                            containers: [
                                {
                                    name: "ray",
                                    image: "ray",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.podTemplate.spec.containers[0].image: the image has no tag, which means latest, got "ray"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "compliant",
            title: "a version",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "registry.example.com:5000/team/web:1.4.2",
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
            title: "a digest",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
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
            title: "latest with a digest",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
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
            title: "a tag that only contains the word",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:1.27-latest",
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
            title: "a config map that holds a manifest",
            type: "kubernetes:core/v1:ConfigMap",
            props: {
                data: {
                    pod: '{"containers":[{"image":"nginx"}]}',
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a registry's port instead of a tag",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "registry.example.com:5000/web",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the image has no tag, which means latest, got "registry.example.com:5000/web"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "evasion",
            title: "in other letters",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:LATEST",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag LATEST moves, got "nginx:LATEST"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "evasion",
            title: "the second container",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:1.27.3",
                                },
                                {
                                    name: "side",
                                    image: "envoy",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[1].image: the image has no tag, which means latest, got "envoy"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "evasion",
            title: "a digest cut short",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx@sha256:0123",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the text is no image reference, got "nginx@sha256:0123"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "evasion",
            title: "a moving tag of the stack's config",
            config: {
                movingTags: ["latest", "stable"],
            },
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
                                    image: "nginx:stable",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.containers[0].image: the tag stable moves, got "nginx:stable"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "absent",
            title: "no image",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "web",
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
            title: "an unknown image beside a moving one",
            props: {
                spec: {
                    template: {
                        spec: {
                            containers: [
                                {
                                    name: "a",
                                    image: UNKNOWN,
                                },
                                {
                                    name: "b",
                                    image: "nginx:latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                "spec.template.spec.containers[0].image: undecided until deployment, the value is not known in preview",
                'spec.template.spec.containers[1].image: the tag latest moves, got "nginx:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "unknown",
            title: "an unknown template",
            props: {
                spec: {
                    template: UNKNOWN,
                },
            },
            findings: ["spec.template.spec: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
