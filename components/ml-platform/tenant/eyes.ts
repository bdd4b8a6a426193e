import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tenantResource } from "../../../config/tenant-names";
import { budget } from "../../foundation/budget";
import { metricAlarm } from "../../foundation/metric-alarm";
import { dashboardBody, type Graph } from "../../foundation/metrics";
import type { TenantScope } from "./args";
import type { ClusterRole, EmrCluster } from "./emr-cluster";
import { emrMetric } from "./metrics";

/** A cluster as its tenant's eyes see it. */
export interface WatchedCluster {
    readonly cluster: EmrCluster;
    readonly budgetUsd: number;
    readonly memoryThresholdPercent: number;
}

export interface TenantEyesArgs {
    readonly scope: TenantScope;
    readonly clusters: Readonly<Partial<Record<ClusterRole, WatchedCluster>>>;
    readonly topicArn: pulumi.Input<string>;
    readonly emails: readonly string[];
}

/** What raises an alarm beside scarce memory, by a key for the name. */
const alarmTable = {
    hdfs: {
        metric: "HDFSUtilization",
        threshold: 80,
        periods: 3,
        says: "more than 80 % of HDFS is used: clear it, or add core nodes",
    },
    unhealthy: {
        metric: "MRUnhealthyNodes",
        threshold: 0,
        periods: 2,
        says: "YARN counts nodes as unhealthy: look at their disks and logs; EMR replaces them if they stay so",
    },
    idle: {
        metric: "IsIdle",
        threshold: 0.99,
        // 24 hours of five minutes each
        periods: 288,
        says: "nothing has run for a day, but nodes are paid for: make it smaller",
    },
} as const;

/** Budgets, alarms and the dashboard of one tenant. */
export class TenantEyes extends pulumi.ComponentResource {
    readonly dashboardName: string;

    constructor(name: string, args: TenantEyesArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:TenantEyes", name, {}, opts);
        const { scope } = args;
        const parent = { parent: this } as const;
        const clusters = Object.entries(args.clusters) as [ClusterRole, WatchedCluster][];
        for (const [role, { cluster, budgetUsd }] of clusters) {
            budget(
                `${name}-${role}-budget`,
                {
                    budgetName: tenantResource(scope, `${role}-budget`),
                    monthlyUsd: budgetUsd,
                    tags: { Tenant: scope.tenant, Cluster: role },
                    emails: args.emails,
                },
                parent,
            );
            for (const [key, { metric, threshold, periods, says }] of Object.entries(alarmTable)) {
                metricAlarm(
                    `${name}-${role}-${key}`,
                    {
                        of: emrMetric(cluster.clusterId, metric, "Average"),
                        description: `${cluster.clusterName}: ${says}`,
                        threshold,
                        period: 300,
                        periods,
                        topicArn: args.topicArn,
                    },
                    parent,
                );
            }
        }
        this.tellOfFailedSteps(name, args, clusters);
        this.dashboardName = tenantResource(scope, "dashboard");
        new aws.cloudwatch.Dashboard(
            `${name}-dashboard`,
            {
                dashboardName: this.dashboardName,
                dashboardBody: dashboardBody(
                    scope.region,
                    Object.fromEntries(clusters.map(([role, watched]) => [`${scope.tenant} ${role}`, graphs(watched)])),
                ),
            },
            parent,
        );
        this.registerOutputs({});
    }

    /** Failed steps are no metric but events. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-cloudwatch-events.html */
    private tellOfFailedSteps(
        name: string,
        { scope, topicArn }: TenantEyesArgs,
        clusters: readonly (readonly [ClusterRole, WatchedCluster])[],
    ): void {
        const rule = new aws.cloudwatch.EventRule(
            `${name}-failed-steps`,
            {
                description: `Steps that fail on clusters of tenant ${scope.tenant}`,
                eventPattern: pulumi.jsonStringify({
                    source: ["aws.emr"],
                    "detail-type": ["EMR Step Status Change"],
                    detail: {
                        state: ["FAILED"],
                        clusterId: clusters.map(([, { cluster }]) => cluster.clusterId),
                    },
                }),
            },
            { parent: this },
        );
        new aws.cloudwatch.EventTarget(
            `${name}-failed-steps`,
            {
                rule: rule.name,
                arn: topicArn,
                inputTransformer: {
                    inputPaths: { step: "$.detail.name", cluster: "$.detail.clusterId", message: "$.detail.message" },
                    inputTemplate: `"Tenant ${scope.tenant}: step <step> failed on cluster <cluster>. <message>"`,
                },
            },
            { parent: this },
        );
    }
}

function graphs({ cluster, memoryThresholdPercent }: WatchedCluster): readonly Graph[] {
    const metric = (name: string, stat = "Average") => emrMetric(cluster.clusterId, name, stat);
    return [
        {
            title: "Memory free, percent",
            lines: [metric("YARNMemoryAvailablePercentage")],
            threshold: memoryThresholdPercent,
        },
        { title: "Nodes", lines: [metric("CoreNodesRunning"), metric("TaskNodesRunning"), metric("MRUnhealthyNodes")] },
        { title: "HDFS used, percent", lines: [metric("HDFSUtilization")], threshold: alarmTable.hdfs.threshold },
        {
            title: "Applications",
            lines: [metric("AppsRunning"), metric("AppsPending"), metric("AppsFailed", "Sum")],
        },
        { title: "Containers waiting", lines: [metric("ContainerPending")] },
        { title: "Idle", lines: [metric("IsIdle")] },
    ];
}
