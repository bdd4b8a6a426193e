import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "dead-letter-queue",
    stackCases: [
        {
            kind: "violating",
            title: "a queue alone",
            resources: [
                {
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {},
                },
            ],
            findings: ["work: redrivePolicy: failed messages are lost; set it to a dead-letter queue"],
        },
        {
            kind: "compliant",
            title: "a queue with another for failures",
            resources: [
                {
                    type: "aws:sqs/queue:Queue",
                    name: "dead",
                    props: {},
                },
                {
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {
                        redrivePolicy:
                            '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":3}',
                    },
                    refers: {
                        redrivePolicy: ["dead"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "a queue for the failures of a function",
            resources: [
                {
                    type: "aws:sqs/queue:Queue",
                    name: "dead",
                    props: {},
                },
                {
                    type: "aws:lambda/function:Function",
                    name: "fn",
                    props: {
                        deadLetterConfig: {
                            targetArn: UNKNOWN,
                        },
                    },
                    refers: {
                        deadLetterConfig: ["dead"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "the policy as a resource of its own",
            resources: [
                {
                    type: "aws:sqs/queue:Queue",
                    name: "dead",
                    props: {
                        redriveAllowPolicy: "{}",
                    },
                },
                {
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {},
                },
                {
                    type: "aws:sqs/redrivePolicy:RedrivePolicy",
                    name: "policy",
                    props: {
                        queueUrl: UNKNOWN,
                    },
                    refers: {
                        queueUrl: ["work"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "a policy without a target",
            resources: [
                {
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {
                        redrivePolicy: "{}",
                    },
                },
            ],
            findings: ["work: redrivePolicy: failed messages are lost; set it to a dead-letter queue"],
        },
        {
            kind: "evasion",
            title: "a policy that is no JSON",
            resources: [
                {
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {
                        redrivePolicy: "dead",
                    },
                },
            ],
            findings: ["work: redrivePolicy: failed messages are lost; set it to a dead-letter queue"],
        },
        {
            kind: "absent",
            title: "no queues",
            resources: [],
            findings: [],
        },
        {
            kind: "unknown",
            title: "a policy not known yet",
            resources: [
                {
                    type: "aws:ssm/parameter:Parameter",
                    name: "settings",
                    props: {},
                },
                {
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {
                        redrivePolicy: UNKNOWN,
                    },
                    refers: {
                        redrivePolicy: ["settings"],
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
                    type: "aws:sqs/queue:Queue",
                    name: "work",
                    props: {
                        redrivePolicy: UNKNOWN,
                        redriveAllowPolicy: UNKNOWN,
                    },
                },
            ],
            findings: ["work: redrivePolicy: failed messages are lost; set it to a dead-letter queue"],
        },
    ],
};

export default cases;
