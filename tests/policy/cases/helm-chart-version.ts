import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "helm-chart-version",
    type: "kubernetes:helm.sh/v3:Release",
    cases: [
        {
            kind: "violating",
            title: "a range",
            props: {
                chart: "redis",
                version: "^18.0.0",
            },
            findings: ['version: the version is a range, got "^18.0.0"; set it to one exact version'],
        },
        {
            kind: "compliant",
            title: "a version",
            props: {
                chart: "redis",
                version: "18.6.1",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a chart in the program's folder",
            props: {
                chart: "./charts/web",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a packed chart",
            props: {
                chart: "https://example.com/web-1.2.3.tgz",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "any patch",
            props: {
                chart: "redis",
                version: "18.6",
            },
            findings: ['version: the version is a range, got "18.6"; set it to one exact version'],
        },
        {
            kind: "evasion",
            title: "an empty version",
            props: {
                chart: "redis",
                version: "",
            },
            findings: [
                'version: the chart has no version, which means the newest, got ""; set it to one exact version',
            ],
        },
        {
            kind: "absent",
            title: "no version",
            props: {
                chart: "redis",
            },
            findings: [
                "version: the chart has no version, which means the newest, got nothing; set it to one exact version",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                chart: "redis",
                version: UNKNOWN,
            },
            findings: ["version: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
