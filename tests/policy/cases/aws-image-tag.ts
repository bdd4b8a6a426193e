import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "aws-image-tag",
    type: "aws:lambda/function:Function",
    cases: [
        {
            kind: "violating",
            title: "a function",
            props: {
                imageUri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn:latest",
            },
            findings: [
                'imageUri: the tag latest moves, got "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a build",
            type: "aws:codebuild/project:Project",
            props: {
                environment: {
                    image: "node",
                },
            },
            findings: [
                'environment.image: the image has no tag, which means latest, got "node"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a model",
            type: "aws:sagemaker/model:Model",
            props: {
                primaryContainer: {
                    image: "model:latest",
                },
            },
            findings: [
                'primaryContainer.image: the tag latest moves, got "model:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "a model of several containers",
            type: "aws:sagemaker/model:Model",
            props: {
                containers: [
                    {
                        image: "model:1.0",
                    },
                    {
                        image: "model",
                    },
                ],
            },
            findings: [
                'containers[1].image: the image has no tag, which means latest, got "model"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "violating",
            title: "an App Runner service",
            type: "aws:apprunner/service:Service",
            props: {
                sourceConfiguration: {
                    imageRepository: {
                        imageIdentifier: "public.ecr.aws/team/web",
                    },
                },
            },
            findings: [
                'sourceConfiguration.imageRepository.imageIdentifier: the image has no tag, which means latest, got "public.ecr.aws/team/web"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "compliant",
            title: "a version",
            props: {
                imageUri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn:1.4.2",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a build image of AWS's",
            type: "aws:codebuild/project:Project",
            props: {
                environment: {
                    image: "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an image that was pushed to Lightsail",
            type: "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion",
            props: {
                containers: [
                    {
                        image: ":web.web.3",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a build image of AWS's, latest",
            type: "aws:codebuild/project:Project",
            props: {
                environment: {
                    image: "aws/codebuild/standard:latest",
                },
            },
            findings: [
                'environment.image: the tag latest moves, got "aws/codebuild/standard:latest"; set it to a version tag or a digest',
            ],
        },
        {
            kind: "absent",
            title: "a function from an archive",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                imageUri: UNKNOWN,
            },
            findings: ["imageUri: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
