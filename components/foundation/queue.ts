import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameProblem, nameRules } from "../../config/names";
import { alarm } from "./alarms";
import { ArgChecks } from "./checks";
import { denyInsecureTransport, policyDocument, type Statement } from "./policy-document";

/** An AWS service that sends to a queue on behalf of one resource. */
export interface QueueSender {
    readonly service: "events.amazonaws.com" | "s3.amazonaws.com" | "sns.amazonaws.com";
    /** The rule, bucket or topic. */
    readonly sourceArn: pulumi.Input<string>;
}

export interface QueueWithDlqArgs {
    /** Physical name; the dead-letter queue adds `-dlq`. @default autonamed */
    readonly queueName?: string;
    /** Key whose policy lets the senders use it. */
    readonly keyArn: pulumi.Input<string>;
    /** Seconds that a message is hidden once received, 0 to 43200. */
    readonly visibilityTimeoutSeconds: number;
    /** Longest run of the consumer in seconds; visibility must be at least six times that. @default not checked */
    readonly consumerTimeoutSeconds?: number;
    /** Deliveries before a message goes to the dead-letter queue, 1 to 1000. @default 5 */
    readonly maxReceiveCount?: number;
    /** Seconds that unread messages are kept, 60 to 1209600. @default 345600, four days */
    readonly retentionSeconds?: number;
    /** Services that send, by a name with letters and digits only. @default none: roles send by their own policies */
    readonly senders?: Readonly<Record<string, QueueSender>>;
    /** Topic for the alarms on message age and dead letters. @default no alarms */
    readonly alarmTopicArn?: pulumi.Input<string>;
    /** Age in seconds of the oldest message that is too old. @default 900 */
    readonly maxAgeSeconds?: number;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html */
const longestRetention = 1_209_600;

/** An encrypted queue; what can't be processed ends in a second one, where people find it. */
export class QueueWithDlq extends pulumi.ComponentResource {
    readonly queue: aws.sqs.Queue;
    readonly deadLetterQueue: aws.sqs.Queue;
    readonly arn: pulumi.Output<string>;
    readonly url: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
    readonly deadLetterArn: pulumi.Output<string>;

    constructor(name: string, args: QueueWithDlqArgs, opts?: pulumi.ComponentResourceOptions) {
        checkArgs(name, args);
        super("platforms:foundation:QueueWithDlq", name, {}, opts);
        const child = { parent: this } as const;
        this.deadLetterQueue = new aws.sqs.Queue(
            `${name}-dlq`,
            {
                name: args.queueName === undefined ? undefined : `${args.queueName}-dlq`,
                kmsMasterKeyId: args.keyArn,
                // Counted from the first sending, so it must outlast the queue's own.
                messageRetentionSeconds: longestRetention,
            },
            child,
        );
        this.queue = new aws.sqs.Queue(
            `${name}-queue`,
            {
                name: args.queueName,
                kmsMasterKeyId: args.keyArn,
                visibilityTimeoutSeconds: args.visibilityTimeoutSeconds,
                messageRetentionSeconds: args.retentionSeconds ?? 345_600,
                // Long polling: no empty answers, and none missed.
                receiveWaitTimeSeconds: 20,
                redrivePolicy: pulumi.jsonStringify({
                    deadLetterTargetArn: this.deadLetterQueue.arn,
                    maxReceiveCount: args.maxReceiveCount ?? 5,
                }),
            },
            child,
        );
        new aws.sqs.RedriveAllowPolicy(
            `${name}-redrive-allow`,
            {
                queueUrl: this.deadLetterQueue.id,
                redriveAllowPolicy: pulumi.jsonStringify({
                    redrivePermission: "byQueue",
                    sourceQueueArns: [this.queue.arn],
                }),
            },
            child,
        );
        this.arn = this.queue.arn;
        this.url = this.queue.url;
        this.name = this.queue.name;
        this.deadLetterArn = this.deadLetterQueue.arn;
        queuePolicy(`${name}-queue-policy`, this.queue, sendStatements(args.senders ?? {}, this.arn), child);
        queuePolicy(`${name}-dlq-policy`, this.deadLetterQueue, [], child);
        if (args.alarmTopicArn !== undefined) {
            this.createAlarms(name, args, args.alarmTopicArn);
        }
        this.registerOutputs({ arn: this.arn, url: this.url, deadLetterArn: this.deadLetterArn });
    }

    /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
    private createAlarms(name: string, args: QueueWithDlqArgs, topicArn: pulumi.Input<string>): void {
        const metric = { namespace: "AWS/SQS", statistic: "Maximum", topicArn } as const;
        const maxAgeSeconds = args.maxAgeSeconds ?? 900;
        alarm(
            `${name}-age-alarm`,
            {
                ...metric,
                description: `Messages in ${name} wait for more than ${maxAgeSeconds} s: the consumer is stuck, failing or too slow.`,
                metricName: "ApproximateAgeOfOldestMessage",
                dimensions: { QueueName: this.queue.name },
                threshold: maxAgeSeconds,
                periods: 3,
            },
            { parent: this },
        );
        alarm(
            `${name}-dlq-alarm`,
            {
                ...metric,
                description: `Messages of ${name} could not be processed and lie in its dead-letter queue: look at one, mend, redrive.`,
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: { QueueName: this.deadLetterQueue.name },
                threshold: 0,
            },
            { parent: this },
        );
    }
}

function queuePolicy(
    name: string,
    queue: aws.sqs.Queue,
    statements: readonly Statement[],
    opts: pulumi.CustomResourceOptions,
): void {
    const policy = policyDocument([...denyInsecureTransport("sqs:*", [queue.arn]), ...statements]);
    new aws.sqs.QueuePolicy(name, { queueUrl: queue.id, policy }, opts);
}

function sendStatements(
    senders: Readonly<Record<string, QueueSender>>,
    queueArn: pulumi.Output<string>,
): readonly Statement[] {
    return Object.entries(senders).map(([sid, { service, sourceArn }]) => ({
        sid,
        principals: { service: [service] },
        actions: ["sqs:SendMessage"],
        resources: [queueArn],
        conditions: { ArnEquals: { "aws:SourceArn": sourceArn } },
    }));
}

function checkArgs(name: string, args: QueueWithDlqArgs): void {
    const checks = new ArgChecks(`QueueWithDlq ${name}`);
    const problem = args.queueName === undefined ? undefined : nameProblem(`${args.queueName}-dlq`, nameRules.sqsQueue);
    const consumer = args.consumerTimeoutSeconds;
    checks
        .expect(problem === undefined, "queueName", `gives no name for SQS: ${problem}`)
        .expectWhole(args.visibilityTimeoutSeconds, 0, 43_200, "visibilityTimeoutSeconds")
        // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
        .expect(
            consumer === undefined || args.visibilityTimeoutSeconds >= 6 * consumer,
            "visibilityTimeoutSeconds",
            `must be at least ${6 * (consumer ?? 0)}, six times the consumer's ${consumer} s, got ${args.visibilityTimeoutSeconds}: a slow batch would be delivered twice`,
        )
        .expectWhole(args.maxReceiveCount, 1, 1000, "maxReceiveCount")
        .expectWhole(args.retentionSeconds, 60, longestRetention, "retentionSeconds")
        .expectWhole(args.maxAgeSeconds, 1, longestRetention, "maxAgeSeconds");
    for (const sid of Object.keys(args.senders ?? {})) {
        checks.expect(/^[A-Za-z0-9]+$/.test(sid), `senders.${sid}`, "must be a name of letters and digits only");
    }
    checks.done();
}
