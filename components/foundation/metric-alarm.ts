import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { alarmQueries, type Metric, type MetricMath } from "./metrics";

export interface MetricAlarmArgs {
    /** What it means for people and what to do first; part of the notification. */
    readonly description: string;
    /** One metric, or a value computed from several. */
    readonly of: Metric | MetricMath;
    /** Alarm when the value is beyond this one. */
    readonly threshold: number;
    /** @default "above" */
    readonly when?: "above" | "below";
    /** Seconds of one data point. @default 60 */
    readonly period?: number;
    /** Data points looked at. @default 5 */
    readonly periods?: number;
    /** Data points beyond the threshold that raise the alarm. @default all of `periods` */
    readonly ofThem?: number;
    /** What silence means. @default "notBreaching" */
    readonly missing?: "breaching" | "notBreaching" | "ignore" | "missing";
    /** SNS topic that alarm and recovery are sent to. @default none: the alarm only steers a deployment */
    readonly topicArn?: pulumi.Input<string>;
    /** Physical name, where something else looks it up. @default autonamed */
    readonly alarmName?: string;
}

/** A CloudWatch alarm that tells both the fault and the recovery. */
export function metricAlarm(
    name: string,
    args: MetricAlarmArgs,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
    const period = args.period ?? 60;
    const periods = args.periods ?? 5;
    const actions = args.topicArn === undefined ? undefined : [args.topicArn];
    return new aws.cloudwatch.MetricAlarm(
        name,
        {
            name: args.alarmName,
            alarmDescription: args.description,
            comparisonOperator: args.when === "below" ? "LessThanThreshold" : "GreaterThanThreshold",
            threshold: args.threshold,
            evaluationPeriods: periods,
            datapointsToAlarm: args.ofThem ?? periods,
            treatMissingData: args.missing ?? "notBreaching",
            alarmActions: actions,
            okActions: actions,
            ...("expression" in args.of ? { metricQueries: alarmQueries(args.of, period) } : single(args.of, period)),
        },
        opts,
    );
}

/** Percentiles and other extended statistics have a field of their own. */
function single({ stat, ...metric }: Metric, period: number) {
    const extended = /^(p|tm|tc|ts|wm|pr)[\d(]/i.test(stat);
    return { ...metric, period, ...(extended ? { extendedStatistic: stat } : { statistic: stat }) };
}
