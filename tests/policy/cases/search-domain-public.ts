import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "search-domain-public",
    type: "aws:opensearch/domain:Domain",
    cases: [
        {
            kind: "violating",
            title: "VPC options without subnets",
            props: {
                vpcOptions: {
                    subnetIds: [],
                },
            },
            findings: [
                "vpcOptions.subnetIds: the domain has an endpoint on the internet, got []; set it to private subnets",
            ],
        },
        {
            kind: "violating",
            title: "an Elasticsearch domain",
            type: "aws:elasticsearch/domain:Domain",
            props: {
                vpcOptions: {
                    subnetIds: [],
                },
            },
            findings: [
                "vpcOptions.subnetIds: the domain has an endpoint on the internet, got []; set it to private subnets",
            ],
        },
        {
            kind: "violating",
            title: "a serverless network policy for all",
            type: "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
            props: {
                type: "network",
                policy: '[{"AllowFromPublic":true,"Rules":[]}]',
            },
            findings: [
                "policy[0].AllowFromPublic: the collection is open to the internet, got true; set it to false, and SourceVPCEs",
            ],
        },
        {
            kind: "compliant",
            title: "in a VPC",
            props: {
                vpcOptions: {
                    subnetIds: ["subnet-1"],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an encryption policy",
            type: "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
            props: {
                type: "encryption",
                policy: '{"AWSOwnedKey":true}',
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "public in the second rule only",
            type: "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
            props: {
                type: "network",
                policy: '[{"AllowFromPublic":false},{"AllowFromPublic":true}]',
            },
            findings: [
                "policy[1].AllowFromPublic: the collection is open to the internet, got true; set it to false, and SourceVPCEs",
            ],
        },
        {
            kind: "evasion",
            title: "a network policy that is no JSON",
            type: "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
            props: {
                type: "network",
                policy: "{",
            },
            findings: ['policy: the policy is no JSON, got "{"; set it to a list of network rules'],
        },
        {
            kind: "absent",
            title: "no VPC options",
            props: {},
            findings: [
                "vpcOptions.subnetIds: the domain has an endpoint on the internet, got nothing; set it to private subnets",
            ],
        },
        {
            kind: "unknown",
            title: "subnets not known yet",
            props: {
                vpcOptions: {
                    subnetIds: [UNKNOWN],
                },
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "a network policy not known yet",
            type: "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
            props: {
                type: "network",
                policy: UNKNOWN,
            },
            findings: ["policy: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
