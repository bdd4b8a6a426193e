import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "required-tags",
    type: "aws:sqs/queue:Queue",
    cases: [
        {
            kind: "violating",
            title: "one is missing",
            props: {
                tags: {
                    Project: "demo",
                },
            },
            findings: [
                'tags: tags are missing: Environment, got {"Project":"demo"}; set them, or the provider\'s defaultTags',
            ],
        },
        {
            kind: "compliant",
            title: "both",
            props: {
                tags: {
                    Project: "demo",
                    Environment: "dev",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "both by the provider",
            props: {
                tagsAll: {
                    Project: "demo",
                    Environment: "dev",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "in other letters",
            props: {
                tags: {
                    project: "demo",
                    environment: "dev",
                },
            },
            findings: [
                'tags: tags are missing: Project, Environment, got {"environment":"dev","project":"demo"}; set them, or the provider\'s defaultTags',
            ],
        },
        {
            kind: "evasion",
            title: "those of the stack's config",
            config: {
                requiredTags: ["CostCenter"],
            },
            props: {
                tags: {
                    Project: "demo",
                    Environment: "dev",
                },
            },
            findings: [
                'tags: tags are missing: CostCenter, got {"Environment":"dev","Project":"demo"}; set them, or the provider\'s defaultTags',
            ],
        },
        {
            kind: "absent",
            title: "no tags",
            props: {},
            findings: [
                "tags: tags are missing: Project, Environment, got nothing; set them, or the provider's defaultTags",
            ],
        },
        {
            kind: "unknown",
            title: "unknown tags",
            props: {
                tags: UNKNOWN,
            },
            findings: ["tags: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
