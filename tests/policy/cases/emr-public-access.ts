import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "emr-public-access",
    type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
    cases: [
        {
            kind: "violating",
            title: "the block is off",
            props: {
                blockPublicSecurityGroupRules: false,
            },
            findings: ["blockPublicSecurityGroupRules: public clusters are let through, got false; set it to true"],
        },
        {
            kind: "compliant",
            title: "the block is on",
            props: {
                blockPublicSecurityGroupRules: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a port that the stack's config permits",
            config: {
                permittedPorts: [22],
            },
            props: {
                blockPublicSecurityGroupRules: true,
                permittedPublicSecurityGroupRuleRanges: [
                    {
                        minRange: 22,
                        maxRange: 22,
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "on, with a wide exception",
            props: {
                blockPublicSecurityGroupRules: true,
                permittedPublicSecurityGroupRuleRanges: [
                    {
                        minRange: 0,
                        maxRange: 65535,
                    },
                ],
            },
            findings: [
                'permittedPublicSecurityGroupRuleRanges[0]: the ports may be public, got {"maxRange":65535,"minRange":0}; set no permitted ranges',
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: ["blockPublicSecurityGroupRules: public clusters are let through, got nothing; set it to true"],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                blockPublicSecurityGroupRules: UNKNOWN,
            },
            findings: ["blockPublicSecurityGroupRules: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
