import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "dlm-copy-encryption",
    type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    cases: [
        {
            kind: "violating",
            title: "a copy in plain",
            props: {
                policyDetails: {
                    schedules: [
                        {
                            crossRegionCopyRules: [
                                {
                                    target: "eu-central-1",
                                    encrypted: false,
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [
                "policyDetails.schedules[0].crossRegionCopyRules[0].encrypted: the copy is not encrypted, got false; set it to true, with cmkArn",
            ],
        },
        {
            kind: "compliant",
            title: "an encrypted copy",
            props: {
                policyDetails: {
                    schedules: [
                        {
                            crossRegionCopyRules: [
                                {
                                    target: "eu-central-1",
                                    encrypted: true,
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no copies to other regions",
            props: {
                policyDetails: {
                    schedules: [
                        {
                            name: "daily",
                        },
                    ],
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "the second rule says nothing",
            props: {
                policyDetails: {
                    schedules: [
                        {
                            crossRegionCopyRules: [
                                {
                                    encrypted: true,
                                },
                                {
                                    target: "eu-north-1",
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [
                "policyDetails.schedules[0].crossRegionCopyRules[1].encrypted: the copy is not encrypted, got nothing; set it to true, with cmkArn",
            ],
        },
        {
            kind: "evasion",
            title: "copies of shared snapshots",
            props: {
                policyDetails: {
                    action: {
                        crossRegionCopies: [
                            {
                                target: "eu-central-1",
                                encryptionConfiguration: {
                                    encrypted: false,
                                },
                            },
                        ],
                    },
                },
            },
            findings: [
                "policyDetails.action.crossRegionCopies[0].encryptionConfiguration.encrypted: the copy is not encrypted, got false; set it to true, with cmkArn",
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
                policyDetails: {
                    schedules: [
                        {
                            crossRegionCopyRules: [
                                {
                                    encrypted: UNKNOWN,
                                },
                            ],
                        },
                    ],
                },
            },
            findings: [
                "policyDetails.schedules[0].crossRegionCopyRules[0].encrypted: undecided until deployment, the value is not known in preview",
            ],
        },
    ],
};

export default cases;
