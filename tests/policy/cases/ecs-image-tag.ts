import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "ecs-image-tag",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    cases: [
        {
            kind: "violating",
            title: "latest",
            props: {
                containerDefinitions: '[{"name":"web","image":"nginx:latest"}]',
            },
            findings: [
                'containerDefinitions[0].image: the tag latest moves, got "nginx:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "compliant",
            title: "a version",
            props: {
                containerDefinitions:
                    '[{"name":"web","image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2"}]',
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a digest",
            props: {
                containerDefinitions:
                    '[{"name":"web","image":"nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}]',
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second container, without a tag",
            props: {
                containerDefinitions: '[{"image":"nginx:1.27.3"},{"image":"localhost:5000/side"}]',
            },
            findings: [
                'containerDefinitions[1].image: the image has no tag, which means latest, got "localhost:5000/side"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "evasion",
            title: "no JSON",
            props: {
                containerDefinitions: "[{image: nginx}]",
            },
            findings: [
                'containerDefinitions: the text is no JSON, so that nobody can judge it, got "[{image: nginx}]"; set it to a JSON list of container definitions',
            ],
        },
        {
            kind: "absent",
            title: "no definitions",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown as a whole, as in a first preview",
            props: {
                containerDefinitions: UNKNOWN,
            },
            findings: ["containerDefinitions: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
