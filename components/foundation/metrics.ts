import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** One CloudWatch metric with the statistic that is read from it. */
export interface Metric {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
    /** `Average`, `Sum`, `p95` ... */
    readonly stat: string;
}

/**
 * A value computed from metrics. The same one serves an alarm, a scaling policy and a dashboard, so that what people see
 * is what acts. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export interface MetricMath {
    /** Over the keys of `metrics`, for example `100 * failed / (failed + done)`. */
    readonly expression: string;
    /** By the id that the expression uses: a lower-case letter first. */
    readonly metrics: Readonly<Record<string, Metric>>;
    /** Name of the result in graphs and notifications. */
    readonly label: string;
}

/** As `metricQueries` of a CloudWatch alarm. @param period seconds of one data point */
export function alarmQueries(math: MetricMath, period: number): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
    return [
        { id: "result", expression: math.expression, label: math.label, returnData: true },
        ...Object.entries(math.metrics).map(([id, { stat, ...metric }]) => ({
            id,
            metric: { ...metric, stat, period },
        })),
    ];
}

/** As `customizedMetricSpecification` of a target tracking policy, which reads it every minute. */
export function scalingMetric(
    math: MetricMath,
): aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecification {
    return {
        metrics: [
            { id: "result", expression: math.expression, label: math.label, returnData: true },
            ...Object.entries(math.metrics).map(([id, { stat, dimensions, namespace, metricName }]) => ({
                id,
                returnData: false,
                metricStat: {
                    stat,
                    metric: {
                        namespace,
                        metricName,
                        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
                    },
                },
            })),
        ],
    };
}

/** As the `metrics` of a dashboard widget. */
export function widgetMetrics(lines: readonly (Metric | MetricMath)[]): unknown[] {
    return lines.flatMap((line, index): unknown[] => {
        if (!("expression" in line)) {
            return [row(line, { stat: line.stat })];
        }
        // ids are shared by all lines of a widget
        const prefix = `l${index}`;
        const ids = Object.keys(line.metrics);
        const expression = ids.reduce(
            (text, id) => text.replace(new RegExp(`\\b${id}\\b`, "g"), `${prefix}${id}`),
            line.expression,
        );
        return [
            [{ id: `${prefix}result`, expression, label: line.label }],
            ...Object.entries(line.metrics).map(([id, metric]) =>
                row(metric, { id: `${prefix}${id}`, stat: metric.stat, visible: false }),
            ),
        ];
    });
}

function row(metric: Metric, options: Readonly<Record<string, unknown>>): unknown[] {
    return [metric.namespace, metric.metricName, ...Object.entries(metric.dimensions).flat(), options];
}

/** One graph of a dashboard. */
export interface Graph {
    readonly title: string;
    readonly lines: readonly (Metric | MetricMath)[];
    /** Seconds of one point. @default 300 */
    readonly period?: number;
    /** Horizontal line, for example where the alarm stands. */
    readonly threshold?: number;
    /** @default "timeSeries" */
    readonly view?: "timeSeries" | "singleValue";
}

/**
 * Body of a CloudWatch dashboard: graphs in rows of three under headings.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(
    region: string,
    sections: Readonly<Record<string, readonly Graph[]>>,
): pulumi.Output<string> {
    const height = 6;
    let y = 0;
    const widgets = Object.entries(sections).flatMap(([heading, graphs]) => {
        const top = y;
        y += 1 + Math.ceil(graphs.length / 3) * height;
        return [
            { type: "text", x: 0, y: top, width: 24, height: 1, properties: { markdown: `## ${heading}` } },
            ...graphs.map((graph, index) => ({
                type: "metric",
                x: (index % 3) * 8,
                y: top + 1 + Math.floor(index / 3) * height,
                width: 8,
                height,
                properties: {
                    title: graph.title,
                    region,
                    view: graph.view ?? "timeSeries",
                    period: graph.period ?? 300,
                    metrics: widgetMetrics(graph.lines),
                    ...(graph.threshold === undefined
                        ? {}
                        : { annotations: { horizontal: [{ value: graph.threshold, label: "alarm" }] } }),
                },
            })),
        ];
    });
    return pulumi.jsonStringify({ widgets });
}
