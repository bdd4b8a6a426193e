import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dashboardBody, type Graph } from "../foundation/metrics";
import type { AlarmsArgs } from "./alarms";
import { edgeRegion } from "./args";
import type { Edge } from "./edge";
import {
    business,
    businessMetrics,
    cacheNode,
    charges,
    cloudFront,
    ecs,
    errorsOf,
    latencyOf,
    rds,
    requestsOf,
    taskCount,
    unhealthyTasks,
} from "./metrics";
import { serviceName } from "./services";

export interface DashboardsArgs extends Omit<AlarmsArgs, "topicArn" | "vaultName"> {
    readonly appEdge: Edge;
}

interface Page {
    /** Region of the metrics. */
    readonly region: string;
    readonly sections: Readonly<Record<string, readonly Graph[]>>;
}

/** Four pages for four questions: is it well, is it used, what does it cost, where does it drift. */
export class Dashboards extends pulumi.ComponentResource {
    /** Names by page. */
    readonly names: Readonly<Record<string, string>>;

    constructor(name: string, args: DashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Dashboards", name, {}, opts);
        const pages: Readonly<Record<string, Page>> = {
            health: { region: args.region, sections: health(args) },
            business: { region: args.region, sections: usage(args) },
            // billing has metrics in us-east-1 only, as CloudFront has
            cost: { region: edgeRegion, sections: cost(args) },
            trends: { region: args.region, sections: trends(args) },
        };
        this.names = Object.fromEntries(Object.keys(pages).map((page) => [page, `${args.prefix}-${page}`]));
        for (const [page, { region, sections }] of Object.entries(pages)) {
            new aws.cloudwatch.Dashboard(
                `${name}-${page}`,
                { dashboardName: `${args.prefix}-${page}`, dashboardBody: dashboardBody(region, sections) },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}

const names = (args: DashboardsArgs) => Object.keys(args.services);

function health(args: DashboardsArgs): Page["sections"] {
    const { balancer, appDatabase, appCache } = args;
    const groups = Object.values(balancer.targetGroups);
    const of = (metricName: string) => names(args).map((service) => ecs(args.prefix, serviceName(service), metricName));
    return {
        Requests: [
            {
                title: "Errors (5xx)",
                lines: groups.map((group) => errorsOf(balancer.loadBalancer, group)),
                threshold: 10,
            },
            {
                title: "Latency p95, s",
                lines: groups.map((group) => latencyOf(balancer.loadBalancer, group, "p95")),
                threshold: 1,
            },
            {
                title: "Tasks that don't answer",
                lines: groups.map((group) => unhealthyTasks(balancer.loadBalancer, group)),
            },
        ],
        Services: [
            { title: "CPU, %", lines: of("CPUUtilization"), threshold: 85 },
            { title: "Memory, %", lines: of("MemoryUtilization"), threshold: 85 },
            {
                title: "Running tasks",
                lines: names(args).map((service) => taskCount(args.prefix, serviceName(service))),
            },
        ],
        Stores: [
            {
                title: "Database CPU, %",
                lines: [rds(appDatabase.identifier, "CPUUtilization", "Average")],
                threshold: 80,
            },
            { title: "Database connections", lines: [rds(appDatabase.identifier, "DatabaseConnections", "Maximum")] },
            { title: "Database storage left", lines: [rds(appDatabase.identifier, "FreeStorageSpace", "Minimum")] },
            {
                title: "Cache memory, %",
                lines: appCache.nodeIds.map((node) => cacheNode(node, "DatabaseMemoryUsagePercentage", "Maximum")),
                threshold: 85,
            },
            {
                title: "Cache CPU, %",
                lines: appCache.nodeIds.map((node) => cacheNode(node, "EngineCPUUtilization", "Average")),
                threshold: 80,
            },
            { title: "Evictions", lines: appCache.nodeIds.map((node) => cacheNode(node, "Evictions", "Sum")) },
        ],
    };
}

function usage(args: DashboardsArgs): Page["sections"] {
    const metrics = Object.keys(businessMetrics) as (keyof typeof businessMetrics)[];
    return {
        "What people do": metrics.map((metric) => ({ title: metric, lines: [business(args, metric)], period: 3600 })),
    };
}

function cost(args: DashboardsArgs): Page["sections"] {
    const services = ["AmazonECS", "AmazonRDS", "AmazonElastiCache", "AmazonCloudFront", "AmazonS3", "AmazonVPC"];
    const day = 86_400;
    return {
        "Charges of the account this month, USD": [
            { title: "All", lines: [charges()], period: day, threshold: args.monthlyBudgetUsd },
            { title: "By service", lines: services.map((service) => charges(service)), period: day },
        ],
        "What drives them": [
            {
                title: "Bytes handed out",
                lines: [cloudFront(args.appEdge.distribution.id, "BytesDownloaded", "Sum")],
                period: day,
            },
            { title: "Requests", lines: [cloudFront(args.appEdge.distribution.id, "Requests", "Sum")], period: day },
        ],
    };
}

function trends(args: DashboardsArgs): Page["sections"] {
    const { balancer, appDatabase } = args;
    const groups = Object.values(balancer.targetGroups);
    const day = 86_400;
    return {
        "Day by day": [
            { title: "Requests", lines: groups.map((group) => requestsOf(balancer.loadBalancer, group)), period: day },
            ...["p50", "p95", "p99"].map((stat) => ({
                title: `Latency ${stat}, s`,
                lines: groups.map((group) => latencyOf(balancer.loadBalancer, group, stat)),
                period: day,
            })),
            {
                title: "Database: reads and writes a second",
                lines: ["ReadIOPS", "WriteIOPS"].map((metric) => rds(appDatabase.identifier, metric, "Average")),
                period: day,
            },
            {
                title: "Database: latency, s",
                lines: ["ReadLatency", "WriteLatency"].map((metric) => rds(appDatabase.identifier, metric, "Average")),
                period: day,
            },
        ],
    };
}
