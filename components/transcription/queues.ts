import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PrivateBucket } from "../foundation/bucket";
import type { Statement } from "../foundation/policy-document";
import { QueueWithDlq } from "../foundation/queue";
import type { PartArgs } from "./args";
import { ruleArn, ruleName } from "./events";
import { queueName } from "./metrics";
import { prefixes, type ServiceName, type StageName, stageNames, stages } from "./stages";

export interface QueuesArgs extends PartArgs {
    readonly keyArn: pulumi.Input<string>;
    readonly alarmTopicArn: pulumi.Input<string>;
    readonly media: PrivateBucket;
    /** Takes events that the first queue didn't. */
    readonly undelivered: aws.sqs.Queue;
}

/** A queue a stage, and the rule that puts each upload into the first one. */
export class Queues extends pulumi.ComponentResource {
    readonly byStage: Readonly<Record<StageName, QueueWithDlq>>;

    constructor(name: string, args: QueuesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Queues", name, {}, opts);
        const queue = (stage: StageName) => {
            const { jobSeconds, tries, maxWaitSeconds } = stages[stage];
            return new QueueWithDlq(
                `${name}-${stage}`,
                {
                    queueName: queueName(args, stage),
                    keyArn: args.keyArn,
                    visibilityTimeoutSeconds: jobSeconds,
                    maxReceiveCount: tries,
                    // long enough to wait for working hours over a weekend
                    retentionSeconds: 7 * 86_400,
                    maxAgeSeconds: args.offHours ? Math.max(maxWaitSeconds, 4 * 86_400) : maxWaitSeconds,
                    alarmTopicArn: args.alarmTopicArn,
                    senders:
                        stage === "extraction"
                            ? { Uploads: { service: "events.amazonaws.com", sourceArn: ruleArn(args, "Uploads") } }
                            : undefined,
                },
                { parent: this },
            );
        };
        this.byStage = {
            extraction: queue("extraction"),
            transcription: queue("transcription"),
            terms: queue("terms"),
            results: queue("results"),
        };
        this.notify(name, args);
        this.registerOutputs({});
    }

    private notify(name: string, args: QueuesArgs): void {
        const { extraction } = this.byStage;
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
        const rule = new aws.cloudwatch.EventRule(
            `${name}-uploads`,
            {
                name: ruleName(args, "Uploads"),
                description: "Each complete upload becomes a job of the first stage",
                eventPattern: pulumi.jsonStringify({
                    source: ["aws.s3"],
                    "detail-type": ["Object Created"],
                    detail: {
                        bucket: { name: [args.media.bucketName] },
                        object: { key: [{ prefix: prefixes.uploads }] },
                    },
                }),
            },
            { parent: this },
        );
        new aws.cloudwatch.EventTarget(
            `${name}-uploads`,
            {
                rule: rule.name,
                arn: extraction.arn,
                deadLetterConfig: { arn: args.undelivered.arn },
                retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
            },
            { parent: this },
        );
    }

    /** What a service may do with the queues: take jobs of its stages and hand them on, nothing else. */
    statements(service: ServiceName): Statement[] {
        const own = stageNames.filter((stage) => stages[stage].worker === service);
        const next = own.flatMap((stage) => stages[stage].next ?? []);
        return [
            {
                sid: "TakeJobs",
                actions: [
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:ChangeMessageVisibility",
                    "sqs:GetQueueAttributes",
                ],
                resources: own.map((stage) => this.byStage[stage].arn),
            },
            ...(next.length > 0
                ? [
                      {
                          sid: "HandJobsOn",
                          actions: ["sqs:SendMessage"],
                          resources: next.map((stage) => this.byStage[stage].arn),
                      },
                  ]
                : []),
        ];
    }
}

/**
 * The same for the program in the container: where its jobs come from and go to. The addresses follow from names, so that
 * a preview shows the whole task definition to the policies.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export function queueEnvironment(args: PartArgs, service: ServiceName): Record<string, string> {
    const url = (stage: StageName) =>
        `https://sqs.${args.region}.amazonaws.com/${args.accountId}/${queueName(args, stage)}`;
    const own = stageNames.filter((stage) => stages[stage].worker === service);
    return Object.fromEntries(
        own.flatMap((stage): [string, string][] => {
            const next = stages[stage].next;
            return [
                ["INPUT_QUEUE_URL", url(stage)],
                ...(next ? [["OUTPUT_QUEUE_URL", url(next)] satisfies [string, string]] : []),
            ];
        }),
    );
}
