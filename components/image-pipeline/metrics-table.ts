import type * as pulumi from "@pulumi/pulumi";
import type { Metric, MetricMath } from "../foundation/metrics";

/** What the pipeline's parts are called in CloudWatch. */
export interface ObservedNames {
    readonly apiName: string;
    readonly stageName: string;
    /** Functions by role, with their time-outs. */
    readonly functions: Readonly<Record<string, { readonly functionName: string; readonly timeoutSeconds: number }>>;
    readonly clusterIdentifier: pulumi.Input<string>;
    readonly proxyName: string;
    readonly eksClusterName: pulumi.Input<string>;
    readonly namespace: string;
    /** Deployments by slug. */
    readonly deployments: Readonly<Record<string, string>>;
    /** Queues by slug, each with its dead-letter queue. */
    readonly queues: Readonly<
        Record<string, { readonly queue: pulumi.Input<string>; readonly deadLetters: pulumi.Input<string> }>
    >;
    readonly undeliveredQueue: pulumi.Input<string>;
    readonly busName: pulumi.Input<string>;
    readonly ruleNames: readonly string[];
    readonly bucketName: pulumi.Input<string>;
    readonly replicaName: pulumi.Input<string>;
    readonly webAclName: string;
}

type Dimensions = Metric["dimensions"];

const of =
    (namespace: string) =>
    (metricName: string, dimensions: Dimensions, stat: string): Metric => ({ namespace, metricName, dimensions, stat });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export const apiMetric = of("AWS/ApiGateway");
/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const lambdaMetric = of("AWS/Lambda");
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const queueMetric = of("AWS/SQS");
/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html */
export const databaseMetric = of("AWS/RDS");
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html */
export const containerMetric = of("ContainerInsights");
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export const eventMetric = of("AWS/Events");
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html */
export const bucketMetric = of("AWS/S3");
/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html */
export const firewallMetric = of("AWS/WAFV2");

export const apiDimensions = (names: ObservedNames): Dimensions => ({
    ApiName: names.apiName,
    Stage: names.stageName,
});

export const replicationDimensions = (names: ObservedNames): Dimensions => ({
    SourceBucket: names.bucketName,
    DestinationBucket: names.replicaName,
    RuleId: "all",
});

/** GPUs that pods hold, in percent of those that nodes have. */
export const gpuUse = (names: ObservedNames): MetricMath => {
    const dimensions = { ClusterName: names.eksClusterName };
    return {
        expression: "100 * used / limit",
        label: "GPUs in use (%)",
        metrics: {
            used: containerMetric("node_gpu_usage_total", dimensions, "Average"),
            limit: containerMetric("node_gpu_limit", dimensions, "Average"),
        },
    };
};
