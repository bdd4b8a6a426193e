import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "dead-letter-target",
    type: "aws:cloudwatch/eventTarget:EventTarget",
    cases: [
        {
            kind: "violating",
            title: "a rule's function without a queue",
            props: {
                arn: "arn:aws:lambda:eu-west-1:123456789012:function:work",
            },
            findings: ["deadLetterConfig: failed calls are lost, got nothing; set it to a dead-letter queue"],
        },
        {
            kind: "violating",
            title: "a null config",
            props: {
                arn: "arn:aws:lambda:eu-west-1:123456789012:function:work",
                deadLetterConfig: null,
            },
            findings: ["deadLetterConfig: failed calls are lost, got nothing; set it to a dead-letter queue"],
        },
        {
            kind: "compliant",
            title: "with a queue",
            props: {
                arn: "arn:aws:lambda:eu-west-1:123456789012:function:work",
                deadLetterConfig: {
                    arn: "arn:aws:sqs:eu-west-1:123456789012:dead",
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a rule that fills a queue",
            props: {
                arn: "arn:aws:sqs:eu-west-1:123456789012:work",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a subscription by mail",
            type: "aws:sns/topicSubscription:TopicSubscription",
            props: {
                protocol: "email",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a subscription over HTTPS",
            type: "aws:sns/topicSubscription:TopicSubscription",
            props: {
                protocol: "https",
                endpoint: "https://example.com",
            },
            findings: ["redrivePolicy: failed calls are lost, got nothing; set it to a dead-letter queue"],
        },
        {
            kind: "absent",
            title: "a function",
            type: "aws:lambda/function:Function",
            props: {},
            findings: ["deadLetterConfig: failed calls are lost, got nothing; set it to a dead-letter queue"],
        },
        {
            kind: "absent",
            title: "a schedule",
            type: "aws:scheduler/schedule:Schedule",
            props: {
                target: {
                    arn: "arn:aws:lambda:eu-west-1:123456789012:function:work",
                },
            },
            findings: ["target.deadLetterConfig: failed calls are lost, got nothing; set it to a dead-letter queue"],
        },
        {
            kind: "unknown",
            title: "a queue not known yet is one",
            props: {
                deadLetterConfig: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
