import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "argo-revision",
    type: "kubernetes:argoproj.io/v1alpha1:Application",
    cases: [
        {
            kind: "violating",
            title: "HEAD",
            props: {
                spec: {
                    source: {
                        repoURL: "https://git.example.com/app",
                        targetRevision: "HEAD",
                    },
                },
            },
            findings: [
                'spec.source.targetRevision: the revision moves, got "HEAD"; set it to a tag, a commit or an exact chart version',
            ],
        },
        {
            kind: "violating",
            title: "an image tag among parameters",
            props: {
                spec: {
                    source: {
                        targetRevision: "v1.2.3",
                        helm: {
                            parameters: [
                                {
                                    name: "image.tag",
                                    value: "latest",
                                },
                            ],
                        },
                    },
                },
            },
            findings: [
                'spec.source.helm.parameters[0].value: the tag moves, got "latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "compliant",
            title: "a tag",
            props: {
                spec: {
                    source: {
                        targetRevision: "v1.2.3",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a commit",
            props: {
                spec: {
                    source: {
                        targetRevision: "8cd440f0c1b2a3948576655443322110ffeeddcc",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second of several sources",
            props: {
                spec: {
                    sources: [
                        {
                            targetRevision: "1.2.3",
                        },
                        {
                            targetRevision: "main",
                        },
                    ],
                },
            },
            findings: [
                'spec.sources[1].targetRevision: the revision moves, got "main"; set it to a tag, a commit or an exact chart version',
            ],
        },
        {
            kind: "evasion",
            title: "a range of chart versions",
            props: {
                spec: {
                    source: {
                        chart: "redis",
                        targetRevision: "18.x",
                    },
                },
            },
            findings: [
                'spec.source.targetRevision: the revision moves, got "18.x"; set it to a tag, a commit or an exact chart version',
            ],
        },
        {
            kind: "evasion",
            title: "the template of a set",
            type: "kubernetes:argoproj.io/v1alpha1:ApplicationSet",
            props: {
                spec: {
                    template: {
                        spec: {
                            source: {
                                targetRevision: "HEAD",
                            },
                        },
                    },
                },
            },
            findings: [
                'spec.template.spec.source.targetRevision: the revision moves, got "HEAD"; set it to a tag, a commit or an exact chart version',
            ],
        },
        {
            kind: "absent",
            title: "no revision",
            props: {
                spec: {
                    source: {
                        repoURL: "https://git.example.com/app",
                    },
                },
            },
            findings: [
                "spec.source.targetRevision: the revision moves, got nothing; set it to a tag, a commit or an exact chart version",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                spec: {
                    source: {
                        targetRevision: UNKNOWN,
                    },
                },
            },
            findings: ["spec.source.targetRevision: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
