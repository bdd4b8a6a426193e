import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dashboardBody, type Graph } from "../foundation/metrics";
import type { AlarmsArgs } from "./alarms";
import {
    backlog,
    backlogPerTask,
    balancer,
    costPerTranscription,
    deadLetters,
    done,
    efs,
    failureRate,
    gpuMemory,
    gpuUtilization,
    instancesInService,
    ofTargets,
    rds,
    requestsPerTask,
    taskCount,
} from "./metrics";
import { type ServiceName, serviceNames, stageNames } from "./stages";

type DashboardArgs = Omit<AlarmsArgs, "topicArn">;

/** One page that answers: do people get their transcripts, what is in the way, and what does it cost. */
export function dashboard(
    name: string,
    args: DashboardArgs,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.Dashboard {
    return new aws.cloudwatch.Dashboard(
        name,
        { dashboardName: args.prefix, dashboardBody: dashboardBody(args.region, sections(args)) },
        opts,
    );
}

function sections(args: DashboardArgs): Record<string, readonly Graph[]> {
    const { prefix, edge, gpuCapacity, files, jobDatabase } = args;
    const { loadBalancer, traffic } = edge;
    const services = Object.keys(serviceNames) as ServiceName[];
    return {
        Jobs: [
            { title: "Waiting", lines: stageNames.map((stage) => backlog(args, stage)), threshold: 100 },
            { title: "Done", lines: stageNames.map((stage) => done(args, stage)) },
            { title: "Failed, %", lines: [failureRate(args)], threshold: 5 },
            { title: "In dead-letter queues", lines: stageNames.map((stage) => deadLetters(args, stage)) },
            {
                title: "Waiting per task",
                lines: (["audioExtraction", "transcription", "musicTermRecognition"] as const).map((service) =>
                    backlogPerTask(args, prefix, service),
                ),
            },
            {
                title: "USD per transcription (GPU, list price)",
                lines: [costPerTranscription(args, gpuCapacity.groupName, gpuCapacity.instanceTypes)],
                period: 3600,
                threshold: args.costPerTranscriptionUsd,
            },
        ],
        GPU: [
            { title: "Busy, %", lines: [gpuUtilization(args, gpuCapacity.groupName)], threshold: 90 },
            { title: "Memory, %", lines: [gpuMemory(args, gpuCapacity.groupName)] },
            { title: "Instances", lines: [instancesInService(gpuCapacity.groupName)] },
        ],
        Api: [
            { title: "Requests", lines: [balancer(loadBalancer, "RequestCount", "Sum")] },
            { title: "Requests per task", lines: [requestsPerTask(prefix, loadBalancer, traffic.targetGroups)] },
            {
                title: "Errors",
                lines: [
                    ofTargets(loadBalancer, traffic.targetGroups, "HTTPCode_Target_5XX_Count", "api"),
                    balancer(loadBalancer, "HTTPCode_ELB_5XX_Count", "Sum"),
                ],
            },
            {
                title: "Latency, s",
                lines: ["p50", "p95", "p99"].map((stat) => balancer(loadBalancer, "TargetResponseTime", stat)),
                threshold: 2,
            },
            {
                title: "Running tasks",
                lines: services.map((service) => taskCount(prefix, service, "RunningTaskCount")),
            },
            { title: "Wanted tasks", lines: services.map((service) => taskCount(prefix, service, "DesiredTaskCount")) },
        ],
        Storage: [
            {
                title: "Database CPU, %",
                lines: [rds(jobDatabase.identifier, "CPUUtilization", "Average")],
                threshold: 85,
            },
            { title: "Database connections", lines: [rds(jobDatabase.identifier, "DatabaseConnections", "Maximum")] },
            { title: "Database storage left", lines: [rds(jobDatabase.identifier, "FreeStorageSpace", "Minimum")] },
            { title: "Files: operations, % of limit", lines: [efs(files.fileSystem.id, "PercentIOLimit", "Maximum")] },
            { title: "Files: burst credits", lines: [efs(files.fileSystem.id, "BurstCreditBalance", "Minimum")] },
            { title: "Files: bytes", lines: [efs(files.fileSystem.id, "TotalIOBytes", "Sum")] },
        ],
    };
}
