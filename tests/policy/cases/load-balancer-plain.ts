import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "load-balancer-plain",
    type: "aws:lb/listener:Listener",
    cases: [
        {
            kind: "violating",
            title: "HTTP that forwards",
            props: {
                protocol: "HTTP",
                defaultActions: [
                    {
                        type: "forward",
                    },
                ],
            },
            findings: [
                'protocol: the listener does not encrypt, got "HTTP"; set it to HTTPS or TLS, or redirect to HTTPS',
            ],
        },
        {
            kind: "violating",
            title: "a classic listener",
            type: "aws:elb/loadBalancer:LoadBalancer",
            props: {
                listeners: [
                    {
                        lbProtocol: "https",
                    },
                    {
                        lbProtocol: "http",
                    },
                ],
            },
            findings: [
                'listeners[1].lbProtocol: the listener does not encrypt, got "http"; set it to HTTPS or TLS, or redirect to HTTPS',
            ],
        },
        {
            kind: "compliant",
            title: "HTTPS",
            props: {
                protocol: "HTTPS",
                defaultActions: [
                    {
                        type: "forward",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "HTTP that redirects to HTTPS",
            props: {
                protocol: "HTTP",
                defaultActions: [
                    {
                        type: "redirect",
                        redirect: {
                            protocol: "HTTPS",
                            port: "443",
                            statusCode: "HTTP_301",
                        },
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "TCP handed on by a network load balancer",
            props: {
                protocol: "TCP",
                defaultActions: [
                    {
                        type: "forward",
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "HTTP that redirects to HTTP",
            props: {
                protocol: "HTTP",
                defaultActions: [
                    {
                        type: "redirect",
                        redirect: {
                            protocol: "HTTP",
                            statusCode: "HTTP_301",
                        },
                    },
                ],
            },
            findings: [
                'protocol: the listener does not encrypt, got "HTTP"; set it to HTTPS or TLS, or redirect to HTTPS',
            ],
        },
        {
            kind: "evasion",
            title: "a redirect that keeps the protocol",
            props: {
                protocol: "HTTP",
                defaultActions: [
                    {
                        type: "redirect",
                        redirect: {
                            protocol: "#{protocol}",
                            statusCode: "HTTP_301",
                        },
                    },
                ],
            },
            findings: [
                'protocol: the listener does not encrypt, got "HTTP"; set it to HTTPS or TLS, or redirect to HTTPS',
            ],
        },
        {
            kind: "evasion",
            title: "classic TCP",
            type: "aws:elb/loadBalancer:LoadBalancer",
            props: {
                listeners: [
                    {
                        lbProtocol: "tcp",
                    },
                ],
            },
            findings: [
                'listeners[0].lbProtocol: the listener does not encrypt, got "tcp"; set it to HTTPS or TLS, or redirect to HTTPS',
            ],
        },
        {
            kind: "absent",
            title: "no protocol: a gateway load balancer's listener",
            props: {},
            findings: [],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                protocol: UNKNOWN,
            },
            findings: ["protocol: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
