import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Database } from "../foundation/database";
import { metricAlarm } from "../foundation/metric-alarm";
import { type AlarmTable, balancerAlarms, gpuAlarms, jobAlarms, serviceAlarms, storageAlarms } from "./alarm-tables";
import type { PartArgs } from "./args";
import type { Edge } from "./edge";
import type { Files } from "./files";
import type { GpuCapacity } from "./gpu-capacity";
import { balancer, ofTargets } from "./metrics";

export interface AlarmsArgs extends PartArgs {
    readonly topicArn: pulumi.Input<string>;
    readonly edge: Edge;
    readonly files: Files;
    readonly jobDatabase: Database;
    readonly gpuCapacity: GpuCapacity;
}

/** Alarms of the api by which ECS undoes a deployment: physical names, for ECS goes by these. */
export function rollbackAlarms(
    name: string,
    args: PartArgs & { readonly edge: Edge; readonly topicArn: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions,
): readonly aws.cloudwatch.MetricAlarm[] {
    const { loadBalancer, traffic } = args.edge;
    return [
        metricAlarm(
            `${name}-errors`,
            {
                alarmName: `${args.prefix}-api-errors`,
                description: "The api answers with errors (5xx). A deployment under way is undone; look at its log.",
                of: ofTargets(loadBalancer, traffic.targetGroups, "HTTPCode_Target_5XX_Count", "Errors a minute"),
                threshold: 10,
                periods: 3,
                ofThem: 2,
                topicArn: args.topicArn,
            },
            opts,
        ),
        metricAlarm(
            `${name}-latency`,
            {
                alarmName: `${args.prefix}-api-latency`,
                description: "One request in twenty takes more than 2 s. A deployment under way is undone.",
                of: balancer(loadBalancer, "TargetResponseTime", "p95"),
                threshold: 2,
                periods: 5,
                ofThem: 3,
                topicArn: args.topicArn,
            },
            opts,
        ),
    ];
}

/** What people are told about; the runbooks in docs/transcription.md say what to do. */
export class Alarms extends pulumi.ComponentResource {
    /** By role. */
    readonly byRole: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;

    constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Alarms", name, {}, opts);
        const alarms: AlarmTable = {
            ...jobAlarms(args),
            ...gpuAlarms(args),
            ...serviceAlarms(args),
            ...balancerAlarms(args),
            ...storageAlarms(args),
        };
        this.byRole = Object.fromEntries(
            Object.entries(alarms).map(([role, alarm]) => [
                role,
                metricAlarm(`${name}-${role}`, { ...alarm, topicArn: args.topicArn }, { parent: this }),
            ]),
        );
        this.registerOutputs({});
    }
}
