import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "ecr-tag-mutable",
    type: "aws:ecr/repository:Repository",
    cases: [
        {
            kind: "violating",
            title: "mutable",
            props: {
                imageTagMutability: "MUTABLE",
            },
            findings: [
                'imageTagMutability: tags can be moved to other images, got "MUTABLE"; set imageTagMutability: "IMMUTABLE"',
            ],
        },
        {
            kind: "compliant",
            title: "immutable",
            props: {
                imageTagMutability: "IMMUTABLE",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "immutable but for named tags",
            props: {
                imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a template for repositories",
            type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
            props: {
                imageTagMutability: "MUTABLE",
            },
            findings: [
                'imageTagMutability: tags can be moved to other images, got "MUTABLE"; set imageTagMutability: "IMMUTABLE"',
            ],
        },
        {
            kind: "absent",
            title: "a repository of awsx.ecr.Repository says nothing",
            component: "awsx:ecr:Repository",
            props: {},
            findings: [
                'imageTagMutability: tags can be moved to other images, got nothing; set imageTagMutability: "IMMUTABLE" (made by awsx.ecr.Repository: set its imageTagMutability: "IMMUTABLE")',
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                imageTagMutability: UNKNOWN,
            },
            findings: ["imageTagMutability: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
