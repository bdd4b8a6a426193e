import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "batch-image-tag",
    type: "aws:batch/jobDefinition:JobDefinition",
    cases: [
        {
            kind: "violating",
            title: "latest",
            props: {
                type: "container",
                containerProperties: '{"image":"job:latest"}',
            },
            findings: [
                'containerProperties.image: the tag latest moves, got "job:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a node range",
            props: {
                type: "multinode",
                nodeProperties:
                    '{"nodeRangeProperties":[{"container":{"image":"job:1"}},{"container":{"image":"job"}}]}',
            },
            findings: [
                'nodeProperties.nodeRangeProperties[1].container.image: the image has no tag, which means latest, got "job"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a task of ECS properties",
            props: {
                ecsProperties: '{"taskProperties":[{"containers":[{"image":"job:latest"}]}]}',
            },
            findings: [
                'ecsProperties.taskProperties[0].containers[0].image: the tag latest moves, got "job:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a pod",
            props: {
                eksProperties: {
                    podProperties: {
                        containers: [
                            {
                                image: "job",
                            },
                        ],
                    },
                },
            },
            findings: [
                'eksProperties.podProperties.containers[0].image: the image has no tag, which means latest, got "job"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "compliant",
            title: "a version",
            props: {
                containerProperties: '{"image":"job:2.0.1"}',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a digest",
            props: {
                containerProperties:
                    '{"image":"job@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}',
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "no JSON",
            props: {
                containerProperties: "image=job",
            },
            findings: [
                'containerProperties: the text is no JSON, so that nobody can judge it, got "image=job"; set it to a JSON object',
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
            title: "unknown",
            props: {
                containerProperties: UNKNOWN,
            },
            findings: ["containerProperties: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
