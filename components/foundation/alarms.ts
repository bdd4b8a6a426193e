import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./arn";
import { ArgChecks } from "./checks";
import { EncryptionKey } from "./key";
import { eventBridgeMayUseKey, servicesMayUseKey } from "./key-statements";
import { denyInsecureTransport, policyDocument, type Statement } from "./policy-document";

export interface AlarmTopicArgs extends Place {
    /** Physical name, where other systems look the topic up. @default autonamed */
    readonly topicName?: string;
    /** Key whose policy lets CloudWatch, Budgets (and EventBridge) use it. @default a key of the topic's own */
    readonly keyArn?: pulumi.Input<string>;
    /** Addresses that each get a message to confirm first. @default nobody: subscribe later */
    readonly emails?: readonly string[];
    /** Rules of EventBridge may publish too. @default false */
    readonly eventBridge?: boolean;
}

/** An encrypted topic that alarms and budgets of the account report to. */
export class AlarmTopic extends pulumi.ComponentResource {
    readonly topic: aws.sns.Topic;
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
        const checks = new ArgChecks(`AlarmTopic ${name}`);
        for (const email of args.emails ?? []) {
            checks.expect(
                /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email),
                "emails",
                `must be e-mail addresses, got "${email}"`,
            );
        }
        checks.done();
        super("platforms:foundation:AlarmTopic", name, {}, opts);
        const keyArn =
            args.keyArn ??
            new EncryptionKey(
                `${name}-data`,
                {
                    accountId: args.accountId,
                    region: args.region,
                    description: `Alarms of ${name}`,
                    statements: [
                        servicesMayUseKey(args.accountId, ["cloudwatch", "budgets"]),
                        ...(args.eventBridge ? eventBridgeMayUseKey(args) : []),
                    ],
                },
                { parent: this },
            ).arn;
        this.topic = new aws.sns.Topic(
            `${name}-topic`,
            { name: args.topicName, kmsMasterKeyId: keyArn },
            { parent: this },
        );
        const policy = new aws.sns.TopicPolicy(
            `${name}-topic-policy`,
            { arn: this.topic.arn, policy: topicPolicy(this.topic.arn, args) },
            { parent: this },
        );
        // Budgets test whether they may publish, so the ARN is handed out together with the policy.
        this.arn = policy.arn;
        for (const email of args.emails ?? []) {
            new aws.sns.TopicSubscription(
                `${name}-${email}`,
                { topic: this.topic.arn, protocol: "email", endpoint: email },
                { parent: this },
            );
        }
        this.registerOutputs({ arn: this.arn });
    }
}

function topicPolicy(topicArn: pulumi.Output<string>, args: AlarmTopicArgs): pulumi.Output<string> {
    const publish = { actions: ["sns:Publish"], resources: [topicArn] } as const;
    // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    const statements: readonly Statement[] = [
        {
            sid: "AlarmsAndBudgets",
            principals: { service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
            ...publish,
            conditions: { StringEquals: { "aws:SourceAccount": args.accountId } },
        },
        // EventBridge publishes without saying whose rule it is, so a condition would shut it out:
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
        ...(args.eventBridge
            ? [{ sid: "EventBridge", principals: { service: ["events.amazonaws.com"] }, ...publish }]
            : []),
    ];
    return policyDocument([...denyInsecureTransport("sns:Publish", [topicArn]), ...statements]);
}

/** A metric over a period. */
interface MetricArgs {
    /** For example `AWS/SQS`. */
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions?: Readonly<Record<string, pulumi.Input<string>>>;
    /** A statistic, or a percentile such as `p95`. */
    readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | "SampleCount" | `p${number}`;
}

export interface AlarmArgs extends MetricArgs {
    /** What is wrong and what to do first, for whoever is woken by it. */
    readonly description: string;
    /** Topic that hears when it starts and when it is over. */
    readonly topicArn: pulumi.Input<string>;
    readonly threshold: number;
    /** @default ">" */
    readonly comparison?: keyof typeof comparisons;
    /** Seconds of one period: 10, 20, 30 or a multiple of 60. @default 300 */
    readonly periodSeconds?: number;
    /** Periods that are looked at. @default 1 */
    readonly periods?: number;
    /** Periods among these that must be bad. @default all of them */
    readonly badPeriods?: number;
    /** What no data means. @default "notBreaching": nothing happens, nothing is wrong */
    readonly missingData?: "breaching" | "notBreaching" | "ignore" | "missing";
    /** Physical name. @default autonamed */
    readonly alarmName?: string;
}

const comparisons = {
    ">": "GreaterThanThreshold",
    ">=": "GreaterThanOrEqualToThreshold",
    "<": "LessThanThreshold",
    "<=": "LessThanOrEqualToThreshold",
} as const;

/** An alarm on one metric. */
export function alarm(name: string, args: AlarmArgs, opts?: pulumi.CustomResourceOptions): aws.cloudwatch.MetricAlarm {
    const periods = args.periods ?? 1;
    const period = args.periodSeconds ?? 300;
    new ArgChecks(`Alarm ${name}`)
        .expect(args.description.trim().length > 0, "description", "must say what is wrong")
        .expect(
            [10, 20, 30].includes(period) || (Number.isInteger(period / 60) && period > 0),
            "periodSeconds",
            `must be 10, 20, 30 or a multiple of 60, got ${period}`,
        )
        .expectWhole(periods, 1, 1440, "periods")
        .expectWhole(args.badPeriods, 1, periods, "badPeriods")
        .done();
    const percentile = /^p\d/.test(args.statistic);
    return new aws.cloudwatch.MetricAlarm(
        name,
        {
            name: args.alarmName,
            alarmDescription: args.description,
            namespace: args.namespace,
            metricName: args.metricName,
            dimensions: args.dimensions ? { ...args.dimensions } : undefined,
            statistic: percentile ? undefined : args.statistic,
            extendedStatistic: percentile ? args.statistic : undefined,
            comparisonOperator: comparisons[args.comparison ?? ">"],
            threshold: args.threshold,
            period,
            evaluationPeriods: periods,
            datapointsToAlarm: args.badPeriods ?? periods,
            treatMissingData: args.missingData ?? "notBreaching",
            alarmActions: [args.topicArn],
            okActions: [args.topicArn],
        },
        opts,
    );
}
