import { regionalArn } from "../foundation/arn";
import type { MetricAlarmArgs } from "../foundation/metric-alarm";
import type { AlarmsArgs } from "./alarms";
import { undeliveredQueueName } from "./events";
import {
    backlog,
    balancer,
    costPerTranscription,
    efs,
    failureRate,
    gpuUtilization,
    instancesInService,
    rds,
    taskCount,
} from "./metrics";
import { restartName } from "./password-rotation";
import { type ServiceName, serviceNames, stageNames } from "./stages";

/** Alarms by role. */
export type AlarmTable = Record<string, Omit<MetricAlarmArgs, "topicArn">>;

export function jobAlarms(args: AlarmsArgs): AlarmTable {
    return {
        ...Object.fromEntries(
            stageNames.map((stage) => [
                `backlog-${stage}`,
                {
                    description: `More than 100 jobs wait for ${stage}: workers are missing, stuck or too few.`,
                    of: backlog(args, stage),
                    threshold: 100,
                    period: 300,
                    periods: 3,
                },
            ]),
        ),
        "failed-jobs": {
            description: "More than 5 % of the jobs failed for good: look at a message of a dead-letter queue.",
            of: failureRate(args),
            threshold: 5,
            period: 300,
            periods: 3,
            ofThem: 2,
        },
        "undelivered-events": {
            description: "Events got lost: an upload is no job, or a new password wasn't handed out.",
            of: {
                namespace: "AWS/SQS",
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: { QueueName: undeliveredQueueName(args) },
                stat: "Maximum",
            },
            threshold: 0,
            period: 300,
            periods: 1,
        },
        "password-restart": {
            description:
                "The api wasn't restarted after the database's password changed: its connections are about to fail.",
            of: {
                namespace: "AWS/States",
                metricName: "ExecutionsFailed",
                dimensions: { StateMachineArn: regionalArn(args, "states", `stateMachine:${restartName(args)}`) },
                stat: "Sum",
            },
            threshold: 0,
            period: 300,
            periods: 1,
        },
        "cost-per-transcription": {
            description: `A transcription costs more than ${args.costPerTranscriptionUsd} USD of GPU time: instances idle, or jobs fail.`,
            of: costPerTranscription(args, args.gpuCapacity.groupName, args.gpuCapacity.instanceTypes),
            threshold: args.costPerTranscriptionUsd,
            period: 3600,
            periods: 3,
        },
    };
}

export function gpuAlarms(args: AlarmsArgs): AlarmTable {
    const { groupName } = args.gpuCapacity;
    return {
        "gpu-utilization": {
            description: "The GPUs have been busy for more than 90 %: there are as many instances as allowed.",
            of: gpuUtilization(args, groupName),
            threshold: 90,
            period: 300,
            periods: 3,
        },
        "gpu-instances-health": {
            description: "A GPU instance fails the status checks of EC2; Auto Scaling replaces it.",
            of: {
                namespace: "AWS/EC2",
                metricName: "StatusCheckFailed",
                dimensions: { AutoScalingGroupName: groupName },
                stat: "Maximum",
            },
            threshold: 0,
            periods: 5,
        },
        // an instance without a working GPU or agent says nothing, and scaling would be blind
        "gpu-metrics-missing": {
            description:
                "GPU instances are in service but publish no metrics: driver or agent failed, see the runbook.",
            of: {
                expression: "IF(FILL(instances, 0) > FILL(reporting, 0), 1, 0)",
                label: "Instances without metrics",
                metrics: {
                    instances: instancesInService(groupName, "Maximum"),
                    reporting: gpuUtilization(args, groupName, "SampleCount"),
                },
            },
            threshold: 0,
            period: 60,
            periods: 20,
        },
    };
}

export function serviceAlarms(args: AlarmsArgs): AlarmTable {
    return Object.fromEntries(
        (Object.keys(serviceNames) as ServiceName[]).map((service) => [
            `running-${serviceNames[service]}`,
            {
                description: `Fewer tasks of ${serviceNames[service]} run than should: they crash, or there is no capacity.`,
                of: {
                    expression: "FILL(desired, 0) - FILL(running, 0)",
                    label: "Missing tasks",
                    metrics: {
                        desired: taskCount(args.prefix, service, "DesiredTaskCount"),
                        running: taskCount(args.prefix, service, "RunningTaskCount"),
                    },
                },
                threshold: 0,
                // GPU instances take up to ten minutes to come
                periods: service === "api" ? 5 : 20,
            },
        ]),
    );
}

export function balancerAlarms({ edge: { loadBalancer } }: AlarmsArgs): AlarmTable {
    return {
        "balancer-errors": {
            description: "The load balancer itself answers with errors (5xx): no task of the api is well.",
            of: balancer(loadBalancer, "HTTPCode_ELB_5XX_Count", "Sum"),
            threshold: 10,
            periods: 3,
        },
        "balancer-rejections": {
            description: "The load balancer turns connections away.",
            of: balancer(loadBalancer, "RejectedConnectionCount", "Sum"),
            threshold: 0,
            periods: 3,
        },
    };
}

export function storageAlarms({ files, jobDatabase, storage, database }: AlarmsArgs): AlarmTable {
    const fileSystemId = files.fileSystem.id;
    const gib = 1024 ** 3;
    return {
        // only where throughput is earned by size are there credits to run out of
        ...(storage.efs.throughputMode === "bursting"
            ? {
                  "files-burst-credits": {
                      description: "The file system's burst credits run out; it is about to become very slow.",
                      of: efs(fileSystemId, "BurstCreditBalance", "Minimum"),
                      // of 2.1 TiB that a new file system starts with
                      threshold: 0.2 * 1024 ** 4,
                      when: "below" as const,
                      period: 300,
                      periods: 3,
                  },
              }
            : {
                  "files-throughput": {
                      description: "The file system works near the throughput that it may have.",
                      of: {
                          expression: "100 * (FILL(moved, 0) / PERIOD(moved)) / permitted",
                          label: "Throughput used, %",
                          metrics: {
                              moved: efs(fileSystemId, "MeteredIOBytes", "Sum"),
                              permitted: efs(fileSystemId, "PermittedThroughput", "Average"),
                          },
                      },
                      threshold: 90,
                      period: 300,
                      periods: 3,
                  },
              }),
        "files-io": {
            description: "The file system is near its limit of operations.",
            of: efs(fileSystemId, "PercentIOLimit", "Maximum"),
            threshold: 90,
            period: 300,
            periods: 3,
        },
        "database-cpu": {
            description: "The database's CPU has been busy for more than 85 %: see Performance Insights.",
            of: rds(jobDatabase.identifier, "CPUUtilization", "Average"),
            threshold: 85,
            period: 300,
            periods: 3,
        },
        "database-storage": {
            description: "The database has less than a tenth of its storage left and is about to reach its maximum.",
            of: rds(jobDatabase.identifier, "FreeStorageSpace", "Minimum"),
            threshold: Math.round(database.storageGiB * 0.1 * gib),
            when: "below",
            period: 300,
            periods: 3,
        },
        "database-memory": {
            description: "The database has less than 128 MiB of memory left: connections or the class are the cause.",
            of: rds(jobDatabase.identifier, "FreeableMemory", "Minimum"),
            threshold: 128 * 1024 ** 2,
            when: "below",
            period: 300,
            periods: 3,
        },
        "database-connections": {
            description: "The database has more than 150 connections: tasks leak them.",
            of: rds(jobDatabase.identifier, "DatabaseConnections", "Maximum"),
            threshold: 150,
            period: 300,
            periods: 3,
        },
    };
}
