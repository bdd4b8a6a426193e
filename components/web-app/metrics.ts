import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer } from "../foundation/load-balancer";
import type { Metric, MetricMath } from "../foundation/metrics";
import { businessNamespace } from "./service-task";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const ofTargets = (
    { arnSuffix }: LoadBalancer,
    targetGroup: aws.lb.TargetGroup,
    metricName: string,
    stat: string,
): Metric => ({
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions: { LoadBalancer: arnSuffix, TargetGroup: targetGroup.arnSuffix },
    stat,
});

export const errorsOf = (balancer: LoadBalancer, targetGroup: aws.lb.TargetGroup): Metric =>
    ofTargets(balancer, targetGroup, "HTTPCode_Target_5XX_Count", "Sum");

export const latencyOf = (balancer: LoadBalancer, targetGroup: aws.lb.TargetGroup, stat: string): Metric =>
    ofTargets(balancer, targetGroup, "TargetResponseTime", stat);

export const requestsOf = (balancer: LoadBalancer, targetGroup: aws.lb.TargetGroup): Metric =>
    ofTargets(balancer, targetGroup, "RequestCount", "Sum");

/** Requests a minute for each task that is well. */
export const requestsPerTask = (balancer: LoadBalancer, targetGroup: aws.lb.TargetGroup): MetricMath => ({
    expression: "requests / IF(FILL(tasks, 0) > 0, tasks, 1)",
    label: "Requests a minute per task",
    metrics: {
        requests: requestsOf(balancer, targetGroup),
        tasks: ofTargets(balancer, targetGroup, "HealthyHostCount", "Average"),
    },
});

export const unhealthyTasks = (balancer: LoadBalancer, targetGroup: aws.lb.TargetGroup): Metric =>
    ofTargets(balancer, targetGroup, "UnHealthyHostCount", "Maximum");

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
export const ecs = (cluster: string, service: string, metricName: string, stat = "Average"): Metric => ({
    namespace: "AWS/ECS",
    metricName,
    dimensions: { ClusterName: cluster, ServiceName: service },
    stat,
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
export const taskCount = (cluster: string, service: string): Metric => ({
    namespace: "ECS/ContainerInsights",
    metricName: "RunningTaskCount",
    dimensions: { ClusterName: cluster, ServiceName: service },
    stat: "Average",
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
export const rds = (identifier: pulumi.Input<string>, metricName: string, stat: string): Metric => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: identifier },
    stat,
});

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html */
export const cacheNode = (nodeId: string, metricName: string, stat: string): Metric => ({
    namespace: "AWS/ElastiCache",
    metricName,
    dimensions: { CacheClusterId: nodeId },
    stat,
});

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html */
export const cloudFront = (distributionId: pulumi.Input<string>, metricName: string, stat: string): Metric => ({
    namespace: "AWS/CloudFront",
    metricName,
    dimensions: { DistributionId: distributionId, Region: "Global" },
    stat,
});

/** Charges of the account so far this month. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html */
export const charges = (serviceName?: string): Metric => ({
    namespace: "AWS/Billing",
    metricName: "EstimatedCharges",
    dimensions: { ...(serviceName === undefined ? {} : { ServiceName: serviceName }), Currency: "USD" },
    stat: "Maximum",
});

/** Metrics that the app publishes itself, with the statistic that makes sense of them. docs/web-app.md tells its people. */
export const businessMetrics = {
    SignUps: "Sum",
    ActiveUsers: "Maximum",
    WorkspacesCreated: "Sum",
    TasksCreated: "Sum",
    TasksCompleted: "Sum",
    JobsFailed: "Sum",
} as const;

export const business = (args: { readonly prefix: string }, metricName: keyof typeof businessMetrics): Metric => ({
    namespace: businessNamespace(args),
    metricName,
    dimensions: {},
    stat: businessMetrics[metricName],
});
