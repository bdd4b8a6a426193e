import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "database-force-tls",
    type: "aws:rds/parameterGroup:ParameterGroup",
    cases: [
        {
            kind: "violating",
            title: "PostgreSQL with the parameter off",
            props: {
                family: "postgres16",
                parameters: [
                    {
                        name: "rds.force_ssl",
                        value: "0",
                    },
                ],
            },
            findings: [
                'parameters[0].value: plain connections are let in, got "0"; set the parameter rds.force_ssl to refuse them',
            ],
        },
        {
            kind: "violating",
            title: "Redshift with the parameter off",
            type: "aws:redshift/parameterGroup:ParameterGroup",
            props: {
                family: "redshift-1.0",
                parameters: [
                    {
                        name: "require_ssl",
                        value: "false",
                    },
                ],
            },
            findings: [
                'parameters[0].value: plain connections are let in, got "false"; set the parameter require_ssl to refuse them',
            ],
        },
        {
            kind: "violating",
            title: "DocumentDB with TLS off",
            type: "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
            props: {
                family: "docdb5.0",
                parameters: [
                    {
                        name: "tls",
                        value: "disabled",
                    },
                ],
            },
            findings: [
                'parameters[0].value: plain connections are let in, got "disabled"; set the parameter tls to refuse them',
            ],
        },
        {
            kind: "compliant",
            title: "MySQL that demands it",
            props: {
                family: "mysql8.0",
                parameters: [
                    {
                        name: "require_secure_transport",
                        value: "1",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "PostgreSQL 16 demands it by default",
            props: {
                family: "postgres16",
                parameters: [
                    {
                        name: "log_connections",
                        value: "1",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a group for Aurora's instances cannot hold it",
            props: {
                family: "aurora-mysql8.0",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "an engine without such a parameter",
            props: {
                family: "oracle-ee-19",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "PostgreSQL 14 does not by default",
            props: {
                family: "postgres14",
                parameters: [
                    {
                        name: "log_connections",
                        value: "1",
                    },
                ],
            },
            findings: [
                'parameters: plain connections are let in, got [{"name":"log_connections","value":"1"}]; set the parameter rds.force_ssl to refuse them',
            ],
        },
        {
            kind: "evasion",
            title: "an Aurora cluster group",
            type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
            props: {
                family: "aurora-mysql8.0",
                parameters: [
                    {
                        name: "require_secure_transport",
                        value: "OFF",
                    },
                ],
            },
            findings: [
                'parameters[0].value: plain connections are let in, got "OFF"; set the parameter require_secure_transport to refuse them',
            ],
        },
        {
            kind: "absent",
            title: "no parameters",
            props: {
                family: "mysql8.0",
            },
            findings: [
                "parameters: plain connections are let in, got nothing; set the parameter require_secure_transport to refuse them",
            ],
        },
        {
            kind: "unknown",
            title: "an unknown value",
            props: {
                family: "mysql8.0",
                parameters: [
                    {
                        name: "require_secure_transport",
                        value: UNKNOWN,
                    },
                ],
            },
            findings: ["parameters[0].value: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
