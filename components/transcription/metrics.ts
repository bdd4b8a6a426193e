import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { gpuInstances } from "../../config/gpu-instances";
import type { LoadBalancer } from "../foundation/load-balancer";
import type { Metric, MetricMath } from "../foundation/metrics";
import type { PartArgs } from "./args";
import { gpuNamespace, gpuUtilizationMetric } from "./gpu-user-data";
import { type ServiceName, type StageName, serviceNames, stageNames, stages } from "./stages";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const sqs = (queueName: string, metricName: string, stat: string): Metric => ({
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: queueName },
    stat,
});

export const queueName = (args: PartArgs, stage: StageName) => `${args.prefix}-${stage}`;

/** Jobs that wait. */
export const backlog = (args: PartArgs, stage: StageName): Metric =>
    sqs(queueName(args, stage), "ApproximateNumberOfMessagesVisible", "Maximum");

/** Jobs that nobody could do, as they lie in the dead-letter queue. */
export const deadLetters = (args: PartArgs, stage: StageName): Metric =>
    sqs(`${queueName(args, stage)}-dlq`, "ApproximateNumberOfMessagesVisible", "Maximum");

/** Jobs that were done: a worker deletes them then. */
export const done = (args: PartArgs, stage: StageName): Metric =>
    sqs(queueName(args, stage), "NumberOfMessagesDeleted", "Sum");

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html */
export const taskCount = (
    clusterName: string,
    service: ServiceName,
    metricName: "RunningTaskCount" | "DesiredTaskCount",
): Metric => ({
    namespace: "ECS/ContainerInsights",
    metricName,
    dimensions: { ClusterName: clusterName, ServiceName: serviceNames[service] },
    stat: "Average",
});

/** Jobs that wait per task that works; with no task, as if there were one, so that the first one starts. */
export function backlogPerTask(args: PartArgs, clusterName: string, service: ServiceName): MetricMath {
    const own = stageNames.filter((stage) => stages[stage].worker === service);
    const waiting = Object.fromEntries(own.map((stage) => [`waiting${stage}`, backlog(args, stage)]));
    return {
        expression: `(${Object.keys(waiting).join(" + ")}) / IF(FILL(running, 0) > 0, running, 1)`,
        label: "Jobs waiting per task",
        metrics: { ...waiting, running: taskCount(clusterName, service, "RunningTaskCount") },
    };
}

/**
 * Failures of jobs in percent, over all stages. SQS doesn't count what it moves to a dead-letter queue as sent there, so
 * failures are what these queues grew by.
 */
export function failureRate(args: PartArgs): MetricMath {
    const failed = stageNames.map((stage) => `IF(DIFF(dead${stage}) > 0, DIFF(dead${stage}), 0)`).join(" + ");
    const succeeded = stageNames.map((stage) => `FILL(done${stage}, 0)`).join(" + ");
    return {
        expression: `100 * (${failed}) / IF((${failed}) + (${succeeded}) > 0, (${failed}) + (${succeeded}), 1)`,
        label: "Failed jobs, %",
        metrics: Object.fromEntries(
            stageNames.flatMap((stage) => [
                [`dead${stage}`, deadLetters(args, stage)],
                [`done${stage}`, done(args, stage)],
            ]),
        ),
    };
}

/** Percent of time in which the GPUs were busy, over all instances. */
export const gpuUtilization = (args: PartArgs, groupName: string, stat = "Average"): Metric => ({
    namespace: gpuNamespace(args.prefix),
    metricName: gpuUtilizationMetric,
    dimensions: { AutoScalingGroupName: groupName },
    stat,
});

export const gpuMemory = (args: PartArgs, groupName: string): Metric => ({
    ...gpuUtilization(args, groupName),
    metricName: "nvidia_smi_utilization_memory",
});

export const instancesInService = (groupName: string, stat = "Average"): Metric => ({
    namespace: "AWS/AutoScaling",
    metricName: "GroupInServiceInstances",
    dimensions: { AutoScalingGroupName: groupName },
    stat,
});

/**
 * What the GPU instances of an hour cost, shared by the transcriptions of that hour. An estimate by list prices for seeing
 * trends as they begin; the bill is in the budget. Read it with a period of one hour.
 */
export function costPerTranscription(args: PartArgs, groupName: string, instanceTypes: readonly string[]): MetricMath {
    const usd = Math.max(...instanceTypes.map((type) => gpuInstances[type]?.usdPerHour ?? 0));
    return {
        expression: `${usd} * FILL(instances, 0) / IF(FILL(finished, 0) > 0, finished, 1)`,
        label: "USD per transcription",
        metrics: { instances: instancesInService(groupName), finished: done(args, "transcription") },
    };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export const balancer = (loadBalancer: LoadBalancer, metricName: string, stat: string): Metric => ({
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions: { LoadBalancer: loadBalancer.arnSuffix },
    stat,
});

export interface TargetGroups {
    readonly blue: aws.lb.TargetGroup;
    readonly green: aws.lb.TargetGroup;
}

/** Adds up both target groups: which of them serves people changes with each deployment. */
export function ofTargets(
    loadBalancer: LoadBalancer,
    { blue, green }: TargetGroups,
    metricName: string,
    label: string,
): MetricMath {
    const of = (group: aws.lb.TargetGroup): Metric => ({
        ...balancer(loadBalancer, metricName, "Sum"),
        dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: group.arnSuffix },
    });
    return {
        expression: "FILL(blue, 0) + FILL(green, 0)",
        label,
        metrics: { blue: of(blue), green: of(green) },
    };
}

/** Requests a minute per task, whichever of the two target groups serves. */
export function requestsPerTask(
    clusterName: string,
    loadBalancer: LoadBalancer,
    targetGroups: TargetGroups,
): MetricMath {
    const requests = ofTargets(loadBalancer, targetGroups, "RequestCount", "Requests");
    return {
        expression: `(${requests.expression}) / IF(FILL(running, 0) > 0, running, 1)`,
        label: "Requests a minute per task",
        metrics: { ...requests.metrics, running: taskCount(clusterName, "api", "RunningTaskCount") },
    };
}

export const efs = (fileSystemId: pulumi.Input<string>, metricName: string, stat: string): Metric => ({
    namespace: "AWS/EFS",
    metricName,
    dimensions: { FileSystemId: fileSystemId },
    stat,
});

export const rds = (identifier: pulumi.Input<string>, metricName: string, stat: string): Metric => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: identifier },
    stat,
});
