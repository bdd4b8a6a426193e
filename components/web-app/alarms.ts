import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { connectionLimit } from "../../config/database-memory";
import type { Database } from "../foundation/database";
import { type MetricAlarmArgs, metricAlarm } from "../foundation/metric-alarm";
import type { Metric } from "../foundation/metrics";
import type { PartArgs } from "./args";
import type { Balancer } from "./balancer";
import type { Cache } from "./cache";
import { cacheNode, ecs, latencyOf, rds, unhealthyTasks } from "./metrics";
import { serviceName } from "./services";

export interface AlarmsArgs extends PartArgs {
    readonly topicArn: pulumi.Input<string>;
    readonly balancer: Balancer;
    readonly appDatabase: Database;
    readonly appCache: Cache;
    readonly vaultName: pulumi.Input<string>;
}

type AlarmSpec = Omit<MetricAlarmArgs, "topicArn">;
type Specs = Readonly<Record<string, AlarmSpec>>;

/** What people are told about; docs/web-app.md says what to do. Errors of services are beside these: see services.ts. */
export class Alarms extends pulumi.ComponentResource {
    /** By role. */
    readonly byRole: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;

    constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Alarms", name, {}, opts);
        const specs: Specs = {
            ...serviceAlarms(args),
            ...databaseAlarms(args),
            ...cacheAlarms(args),
            ...backupAlarms(args),
        };
        this.byRole = Object.fromEntries(
            Object.entries(specs).map(([role, spec]) => [
                role,
                metricAlarm(`${name}-${role}`, { ...spec, topicArn: args.topicArn }, { parent: this }),
            ]),
        );
        this.registerOutputs({});
    }
}

/** Four data points of five minutes: what lasts, not what passes. */
const lasting = { period: 300, periods: 4, ofThem: 3 } as const;

function serviceAlarms(args: AlarmsArgs): Specs {
    const { loadBalancer, targetGroups } = args.balancer;
    const perService = Object.keys(args.services).flatMap((service): [string, AlarmSpec][] => {
        const usage = (metricName: string, what: string): AlarmSpec => ({
            description: `Tasks of ${service} use over 85 % of their ${what} although scaling should add some: raise maxTasks or their size.`,
            of: ecs(args.prefix, serviceName(service), metricName),
            threshold: 85,
            ...lasting,
        });
        const targetGroup = targetGroups[service];
        return [
            [`${service}-cpu`, usage("CPUUtilization", "CPU")],
            [`${service}-memory`, usage("MemoryUtilization", "memory")],
            ...(targetGroup
                ? ([
                      [
                          `${service}-latency`,
                          {
                              description: `One request in twenty to ${service} takes more than 1 s (p95). Look at the database's load first.`,
                              of: latencyOf(loadBalancer, targetGroup, "p95"),
                              threshold: 1,
                              periods: 5,
                              ofThem: 4,
                          },
                      ],
                      [
                          `${service}-unhealthy`,
                          {
                              description: `Tasks of ${service} don't answer their health check.`,
                              of: unhealthyTasks(loadBalancer, targetGroup),
                              threshold: 0,
                              periods: 5,
                          },
                      ],
                  ] satisfies [string, AlarmSpec][])
                : []),
        ];
    });
    return {
        ...Object.fromEntries(perService),
        "balancer-errors": {
            description: "The load balancer itself answers with errors: no task could take the requests.",
            of: {
                namespace: "AWS/ApplicationELB",
                metricName: "HTTPCode_ELB_5XX_Count",
                dimensions: { LoadBalancer: loadBalancer.arnSuffix },
                stat: "Sum",
            },
            threshold: 10,
            periods: 3,
            ofThem: 2,
        },
    };
}

function databaseAlarms({ appDatabase, database }: AlarmsArgs): Specs {
    const of = (metricName: string, stat: string): Metric => rds(appDatabase.identifier, metricName, stat);
    const connections = connectionLimit(database.instanceClass);
    const gib = 1024 ** 3;
    return {
        "database-cpu": {
            description: "The database's CPU is over 80 %. Performance Insights shows which statements.",
            of: of("CPUUtilization", "Average"),
            threshold: 80,
            ...lasting,
        },
        ...(connections === undefined
            ? {}
            : {
                  "database-connections": {
                      description: `Over 80 % of the database's ${connections} connections are in use.`,
                      of: of("DatabaseConnections", "Maximum"),
                      threshold: Math.floor(connections * 0.8),
                      periods: 3,
                  },
              }),
        "database-storage": {
            description: "Less than a tenth of the storage that the database may grow to at first is left.",
            of: of("FreeStorageSpace", "Minimum"),
            when: "below",
            threshold: Math.floor(database.storageGiB * gib * 0.1),
            period: 300,
            periods: 1,
        },
        "database-memory": {
            description: "The database swaps: the class is too small, or there are too many connections.",
            of: of("SwapUsage", "Average"),
            threshold: 256 * 1024 ** 2,
            ...lasting,
        },
        ...Object.fromEntries(
            Object.entries(appDatabase.replicas).map(([role, replica]) => [
                `database-${role}-lag`,
                {
                    description: "The read replica is more than a minute behind: people don't see what they just did.",
                    of: rds(replica.identifier, "ReplicaLag", "Maximum"),
                    threshold: 60,
                    periods: 5,
                },
            ]),
        ),
    };
}

/** Each node for itself: an average would hide the one that is full. */
function cacheAlarms({ appCache, cache }: AlarmsArgs): Specs {
    return Object.fromEntries(
        appCache.nodeIds.flatMap((node): [string, AlarmSpec][] => {
            const role = node.slice(appCache.groupId.length + 1);
            return [
                [
                    `cache-${role}-cpu`,
                    {
                        description: `Cache node ${node} has no time left: its one thread is over 80 % busy.`,
                        of: cacheNode(node, "EngineCPUUtilization", "Average"),
                        threshold: 80,
                        ...lasting,
                    },
                ],
                [
                    `cache-${role}-memory`,
                    {
                        description: `Cache node ${node} is over 85 % full.`,
                        of: cacheNode(node, "DatabaseMemoryUsagePercentage", "Maximum"),
                        threshold: 85,
                        ...lasting,
                    },
                ],
                [
                    `cache-${role}-evictions`,
                    {
                        description: `Cache node ${node} throws keys away before their time: take a larger ${cache.nodeType.split(".")[1]} node or more shards.`,
                        of: cacheNode(node, "Evictions", "Sum"),
                        threshold: 100,
                        period: 300,
                        periods: 2,
                    },
                ],
            ];
        }),
    );
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html */
function backupAlarms({ vaultName }: AlarmsArgs): Specs {
    const failed = (metricName: string, what: string): AlarmSpec => ({
        description: `${what} failed: the recovery point objective is at stake. AWS Backup's job list says why.`,
        of: { namespace: "AWS/Backup", metricName, dimensions: { BackupVaultName: vaultName }, stat: "Sum" },
        threshold: 0,
        period: 3600,
        periods: 1,
    });
    return {
        "backup-failed": failed("NumberOfBackupJobsFailed", "A backup"),
        "backup-copy-failed": failed("NumberOfCopyJobsFailed", "The copy of a backup to the second region"),
    };
}
