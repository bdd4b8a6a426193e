import type { MetricAlarmArgs } from "../foundation/metric-alarm";
import {
    apiDimensions,
    apiMetric,
    bucketMetric,
    containerMetric,
    databaseMetric,
    lambdaMetric,
    type ObservedNames,
    queueMetric,
    replicationDimensions,
} from "./metrics-table";

/** What makes a value a fault, beside what is watched. */
export interface AlarmLimits {
    /** Most capacity units of the database. */
    readonly maxCapacity: number;
    /** Connections that the database allows. */
    readonly maxConnections: number;
}

type AlarmSpec = Omit<MetricAlarmArgs, "topicArn">;

/**
 * The pipeline's alarms by role, beside those on age and dead letters that each queue brings along.
 * Descriptions are for whoever is woken by them: what is wrong, and where to look first.
 */
export function alarmTable(names: ObservedNames, limits: AlarmLimits): Readonly<Record<string, AlarmSpec>> {
    return {
        ...apiAlarms(names),
        ...functionAlarms(names),
        ...databaseAlarms(names, limits),
        ...clusterAlarms(names),
        "undelivered-events": {
            description:
                "EventBridge could not deliver events: look at one in the queue of undelivered events, mend the target's policy or key, then send them again.",
            of: queueMetric("ApproximateNumberOfMessagesVisible", { QueueName: names.undeliveredQueue }, "Maximum"),
            threshold: 0,
            period: 300,
            periods: 1,
        },
        "replication-failures": {
            description: "Images were not copied to the replica: look at the replication role and the replica's key.",
            of: bucketMetric("OperationsFailedReplication", replicationDimensions(names), "Sum"),
            threshold: 0,
            period: 300,
            periods: 1,
        },
    };
}

function apiAlarms(names: ObservedNames): Record<string, AlarmSpec> {
    const dimensions = apiDimensions(names);
    return {
        "api-5xx": {
            description: "More than 5 % of requests to the API fail: look at the upload function's log.",
            // A rate: the average of ones and zeros.
            of: apiMetric("5XXError", dimensions, "Average"),
            threshold: 0.05,
            period: 300,
            periods: 2,
        },
        "api-latency": {
            description:
                "The slowest requests to the API take more than 3 s: look at cold starts of the upload function.",
            of: apiMetric("Latency", dimensions, "p95"),
            threshold: 3000,
            period: 300,
            periods: 3,
        },
    };
}

function functionAlarms(names: ObservedNames): Record<string, AlarmSpec> {
    return Object.fromEntries(
        Object.entries(names.functions).flatMap(([role, { functionName, timeoutSeconds }]) => {
            const dimensions = { FunctionName: functionName };
            return [
                [
                    `${role}-errors`,
                    {
                        description: `${functionName} fails: look at its log; messages go to the dead-letter queue after five tries.`,
                        of: lambdaMetric("Errors", dimensions, "Sum"),
                        threshold: 0,
                        period: 300,
                        periods: 3,
                        ofThem: 2,
                    },
                ],
                [
                    `${role}-throttles`,
                    {
                        description: `${functionName} is refused invocations: raise its reserved concurrency or the account's limit.`,
                        of: lambdaMetric("Throttles", dimensions, "Sum"),
                        threshold: 0,
                        period: 300,
                        periods: 3,
                    },
                ],
                [
                    `${role}-duration`,
                    {
                        description: `${functionName} takes more than 80 % of its ${timeoutSeconds} s: give it memory or smaller batches before AWS ends it.`,
                        of: lambdaMetric("Duration", dimensions, "p95"),
                        threshold: timeoutSeconds * 800,
                        period: 300,
                        periods: 3,
                    },
                ],
            ] satisfies [string, AlarmSpec][];
        }),
    );
}

function databaseAlarms(names: ObservedNames, limits: AlarmLimits): Record<string, AlarmSpec> {
    const dimensions = { DBClusterIdentifier: names.clusterIdentifier };
    return {
        "database-capacity": {
            description: `Aurora runs at more than 90 % of its ${limits.maxCapacity} capacity units: look for slow statements, or raise database.maxCapacity.`,
            of: databaseMetric("ACUUtilization", dimensions, "Average"),
            threshold: 90,
            period: 300,
            periods: 3,
        },
        "database-connections": {
            description: `More than 80 % of the ${limits.maxConnections} connections that Aurora allows are taken: look at who connects past the proxy.`,
            of: databaseMetric("DatabaseConnections", dimensions, "Maximum"),
            threshold: Math.floor(limits.maxConnections * 0.8),
            period: 300,
            periods: 3,
        },
        "database-proxy-waits": {
            description:
                "Workloads wait for connections of RDS Proxy: look for long transactions, or raise database.maxCapacity.",
            of: databaseMetric("DatabaseConnectionsBorrowLatency", { ProxyName: names.proxyName }, "Average"),
            // Microseconds.
            threshold: 5_000_000,
            period: 300,
            periods: 3,
        },
    };
}

function clusterAlarms(names: ObservedNames): Record<string, AlarmSpec> {
    const cluster = { ClusterName: names.eksClusterName };
    return {
        "nodes-failed": {
            description: "Nodes of the cluster have failed: `kubectl get nodes`, then the node's events.",
            of: containerMetric("cluster_failed_node_count", cluster, "Maximum"),
            threshold: 0,
            period: 300,
            periods: 2,
        },
        "models-pending": {
            description:
                "Models wait for a GPU node for more than half an hour: look at the autoscaler's log, the GPU quota and EC2's capacity.",
            of: containerMetric("pod_status_pending", { ...cluster, Namespace: names.namespace }, "Maximum"),
            threshold: 0,
            period: 300,
            periods: 6,
        },
        ...Object.fromEntries(
            Object.entries(names.deployments).map(([slug, deployment]) => [
                `${slug}-restarts`,
                {
                    description: `Pods of ${deployment} restart again and again: \`kubectl logs --previous\`, and its memory limit.`,
                    of: containerMetric(
                        "pod_number_of_container_restarts",
                        { ...cluster, Namespace: names.namespace, PodName: deployment },
                        "Maximum",
                    ),
                    threshold: 3,
                    period: 300,
                    periods: 2,
                } satisfies AlarmSpec,
            ]),
        ),
    };
}
