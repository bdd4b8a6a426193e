import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "global-accelerator",
    type: "aws:globalaccelerator/accelerator:Accelerator",
    cases: [
        {
            kind: "violating",
            title: "enabled",
            props: {
                enabled: true,
            },
            findings: [
                "enabled: the accelerator faces the internet, got true; set enabled: false, or declare it by an exemption",
            ],
        },
        {
            kind: "compliant",
            title: "disabled",
            props: {
                enabled: false,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "disabled as text",
            props: {
                enabled: "false",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a custom routing accelerator",
            type: "aws:globalaccelerator/customRoutingAccelerator:CustomRoutingAccelerator",
            props: {
                enabled: true,
            },
            findings: [
                "enabled: the accelerator faces the internet, got true; set enabled: false, or declare it by an exemption",
            ],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: [
                "enabled: the accelerator faces the internet, got nothing; set enabled: false, or declare it by an exemption",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                enabled: UNKNOWN,
            },
            findings: ["enabled: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
