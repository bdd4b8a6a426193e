import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "instance-metadata-v2",
    type: "aws:ec2/instance:Instance",
    cases: [
        {
            kind: "violating",
            title: "optional",
            props: {
                metadataOptions: {
                    httpTokens: "optional",
                },
            },
            findings: [
                'metadataOptions.httpTokens: version 1 of the metadata service answers, got "optional"; set metadataOptions.httpTokens: "required"',
            ],
        },
        {
            kind: "compliant",
            title: "required",
            props: {
                metadataOptions: {
                    httpTokens: "required",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no metadata service",
            props: {
                metadataOptions: {
                    httpEndpoint: "disabled",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a hop limit only",
            props: {
                metadataOptions: {
                    httpPutResponseHopLimit: 1,
                },
            },
            findings: [
                'metadataOptions.httpTokens: version 1 of the metadata service answers, got nothing; set metadataOptions.httpTokens: "required"',
            ],
        },
        {
            kind: "absent",
            title: "a template of eks.Cluster says nothing",
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            component: "eks:index:Cluster",
            props: {},
            findings: [
                'metadataOptions.httpTokens: version 1 of the metadata service answers, got nothing; set metadataOptions.httpTokens: "required" (made by eks.Cluster: set its skipDefaultNodeGroup: true, and node groups of your own)',
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                metadataOptions: {
                    httpTokens: UNKNOWN,
                },
            },
            findings: ["metadataOptions.httpTokens: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
