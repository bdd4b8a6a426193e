import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "helm-image-tag",
    type: "kubernetes:helm.sh/v3:Release",
    cases: [
        {
            kind: "violating",
            title: "a tag of an image",
            props: {
                values: {
                    image: {
                        repository: "web",
                        tag: "latest",
                    },
                },
            },
            findings: ['values.image.tag: the tag latest moves, got "latest"; set it to a version tag or a digest'],
        },
        {
            kind: "violating",
            title: "an image as text",
            props: {
                values: {
                    image: "web:latest",
                },
            },
            findings: ['values.image: the tag latest moves, got "web:latest"; set it to a version tag or a digest'],
        },
        {
            kind: "compliant",
            title: "a version",
            props: {
                values: {
                    image: {
                        registry: "registry.example.com",
                        repository: "web",
                        tag: "1.4.2",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no tag: the chart's version decides",
            props: {
                values: {
                    image: {
                        repository: "web",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an empty tag: the chart's version decides",
            props: {
                values: {
                    image: {
                        repository: "web",
                        tag: "",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "latest with a digest",
            props: {
                values: {
                    image: {
                        repository: "web",
                        tag: "latest",
                        digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a side-car, deep in the values",
            props: {
                values: {
                    server: {
                        sidecars: [
                            {
                                name: "proxy",
                                image: "envoy",
                            },
                        ],
                    },
                },
            },
            findings: [
                'values.server.sidecars[0].image: the image has no tag, which means latest, got "envoy"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "evasion",
            title: "repository and tag beside each other",
            props: {
                values: {
                    exporter: {
                        repository: "exporter",
                        tag: "Latest",
                    },
                },
            },
            findings: ['values.exporter.tag: the tag Latest moves, got "Latest"; set it to a version tag or a digest'],
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
