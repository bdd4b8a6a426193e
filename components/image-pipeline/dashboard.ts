import type { Graph } from "../foundation/metrics";
import type { AlarmLimits } from "./alarm-table";
import {
    apiDimensions,
    apiMetric,
    bucketMetric,
    containerMetric,
    databaseMetric,
    eventMetric,
    firewallMetric,
    gpuUse,
    lambdaMetric,
    type ObservedNames,
    queueMetric,
    replicationDimensions,
} from "./metrics-table";

/** Graphs of the dashboard under their headings, in the order that an image takes. */
export function dashboardSections(
    names: ObservedNames,
    limits: AlarmLimits,
): Readonly<Record<string, readonly Graph[]>> {
    const api = apiDimensions(names);
    const functions = Object.values(names.functions).map(({ functionName }) => ({ FunctionName: functionName }));
    const queues = Object.values(names.queues);
    const database = { DBClusterIdentifier: names.clusterIdentifier };
    const cluster = { ClusterName: names.eksClusterName };
    const deployments = Object.values(names.deployments).map((deployment) => ({
        ...cluster,
        Namespace: names.namespace,
        PodName: deployment,
    }));
    return {
        "Upload API": [
            {
                title: "Requests and errors",
                lines: [
                    apiMetric("Count", api, "Sum"),
                    apiMetric("4XXError", api, "Sum"),
                    apiMetric("5XXError", api, "Sum"),
                ],
            },
            { title: "Latency p95 (ms)", lines: [apiMetric("Latency", api, "p95")], threshold: 3000 },
            {
                title: "Blocked by the firewall",
                lines: [firewallMetric("BlockedRequests", { WebACL: names.webAclName, Rule: "ALL" }, "Sum")],
            },
        ],
        "Events and queues": [
            {
                title: "Events by rule",
                lines: names.ruleNames.map((RuleName) =>
                    eventMetric("MatchedEvents", { EventBusName: names.busName, RuleName }, "Sum"),
                ),
            },
            {
                title: "Age of the oldest message (s)",
                lines: queues.map(({ queue }) =>
                    queueMetric("ApproximateAgeOfOldestMessage", { QueueName: queue }, "Maximum"),
                ),
            },
            {
                title: "Dead letters",
                lines: [...queues.map(({ deadLetters }) => deadLetters), names.undeliveredQueue].map((QueueName) =>
                    queueMetric("ApproximateNumberOfMessagesVisible", { QueueName }, "Maximum"),
                ),
                threshold: 0,
            },
        ],
        "Functions on Lambda": [
            { title: "Errors", lines: functions.map((dimensions) => lambdaMetric("Errors", dimensions, "Sum")) },
            { title: "Throttles", lines: functions.map((dimensions) => lambdaMetric("Throttles", dimensions, "Sum")) },
            {
                title: "Duration p95 (ms)",
                lines: functions.map((dimensions) => lambdaMetric("Duration", dimensions, "p95")),
            },
        ],
        "Models on the cluster": [
            { title: "GPUs in use", lines: [gpuUse(names)] },
            {
                title: "Nodes, and failed ones",
                lines: [
                    containerMetric("cluster_node_count", cluster, "Average"),
                    containerMetric("cluster_failed_node_count", cluster, "Maximum"),
                ],
            },
            {
                title: "Restarts",
                lines: deployments.map((dimensions) =>
                    containerMetric("pod_number_of_container_restarts", dimensions, "Maximum"),
                ),
            },
        ],
        Database: [
            {
                title: "Capacity units",
                lines: [databaseMetric("ServerlessDatabaseCapacity", database, "Average")],
                threshold: limits.maxCapacity,
            },
            {
                title: "Connections",
                lines: [
                    databaseMetric("DatabaseConnections", database, "Maximum"),
                    databaseMetric("ClientConnections", { ProxyName: names.proxyName }, "Sum"),
                ],
                threshold: Math.floor(limits.maxConnections * 0.8),
            },
            {
                title: "Images not yet copied",
                lines: [bucketMetric("OperationsPendingReplication", replicationDimensions(names), "Maximum")],
            },
        ],
    };
}
