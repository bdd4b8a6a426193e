import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "load-balancer-without-waf",
    stackCases: [
        {
            kind: "violating",
            title: "a public one alone",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        internal: false,
                    },
                },
            ],
            findings: ["edge: the public load balancer has no web ACL; add a WebAclAssociation for it"],
        },
        {
            kind: "compliant",
            title: "with a web ACL",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        internal: false,
                    },
                },
                {
                    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
                    name: "waf",
                    props: {
                        resourceArn: UNKNOWN,
                    },
                    refers: {
                        resourceArn: ["edge"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "an internal one",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "inside",
                    props: {
                        internal: true,
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "a network load balancer cannot have one",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        internal: false,
                        loadBalancerType: "network",
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "a web ACL of another",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        internal: false,
                    },
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "other",
                    props: {
                        internal: true,
                    },
                },
                {
                    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
                    name: "waf",
                    props: {},
                    refers: {
                        resourceArn: ["other"],
                    },
                },
            ],
            findings: ["edge: the public load balancer has no web ACL; add a WebAclAssociation for it"],
        },
        {
            kind: "absent",
            title: "nothing said is public",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {},
                },
            ],
            findings: ["edge: the public load balancer has no web ACL; add a WebAclAssociation for it"],
        },
        {
            kind: "unknown",
            title: "internal not known yet",
            resources: [
                {
                    type: "aws:ssm/parameter:Parameter",
                    name: "settings",
                    props: {},
                },
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        internal: UNKNOWN,
                    },
                    refers: {
                        internal: ["settings"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "unknown",
            title: "what AWS fills in is not the program's",
            resources: [
                {
                    type: "aws:lb/loadBalancer:LoadBalancer",
                    name: "edge",
                    props: {
                        internal: UNKNOWN,
                    },
                },
            ],
            findings: ["edge: the public load balancer has no web ACL; add a WebAclAssociation for it"],
        },
    ],
};

export default cases;
