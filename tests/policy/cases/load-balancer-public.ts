import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "load-balancer-public",
    type: "aws:lb/loadBalancer:LoadBalancer",
    cases: [
        {
            kind: "violating",
            title: "internal is false",
            props: {
                internal: false,
            },
            findings: ["internal: the load balancer faces the internet, got false; set internal: true"],
        },
        {
            kind: "violating",
            title: "a classic one",
            type: "aws:elb/loadBalancer:LoadBalancer",
            props: {
                internal: false,
            },
            findings: ["internal: the load balancer faces the internet, got false; set internal: true"],
        },
        {
            kind: "violating",
            title: "the older token of the type",
            type: "aws:alb/loadBalancer:LoadBalancer",
            props: {
                internal: false,
            },
            findings: ["internal: the load balancer faces the internet, got false; set internal: true"],
        },
        {
            kind: "compliant",
            title: "internal",
            props: {
                internal: true,
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a gateway load balancer has no such property",
            props: {
                loadBalancerType: "gateway",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a network load balancer that says nothing",
            props: {
                loadBalancerType: "network",
            },
            findings: ["internal: the load balancer faces the internet, got nothing; set internal: true"],
        },
        {
            kind: "absent",
            title: "nothing said",
            props: {},
            findings: ["internal: the load balancer faces the internet, got nothing; set internal: true"],
        },
        {
            kind: "unknown",
            title: "internal unknown",
            props: {
                internal: UNKNOWN,
            },
            findings: ["internal: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
