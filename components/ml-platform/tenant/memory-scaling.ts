import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricAlarm } from "../../foundation/metric-alarm";
import { taskFleetName } from "./fleets";
import { emrMetric } from "./metrics";
import { scalingMachine } from "./scaling-machine";

export interface MemoryScalingArgs {
    /** Physical name of the cluster; its alarms are called after it. */
    readonly clusterName: string;
    readonly machineName: string;
    readonly clusterId: pulumi.Input<string>;
    readonly roleArn: pulumi.Input<string>;
    readonly topicArn: pulumi.Input<string>;
    /** Percent of memory free below which nodes are added. */
    readonly memoryThresholdPercent: number;
    /** Percent of memory free above which nodes go. */
    readonly memoryReleasePercent: number;
    readonly min: number;
    readonly max: number;
    readonly step: number;
}

/** Adds and removes task nodes by the memory that YARN has left. */
export class MemoryScaling extends pulumi.ComponentResource {
    readonly scarceAlarm: aws.cloudwatch.MetricAlarm;

    constructor(name: string, args: MemoryScalingArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:MemoryScaling", name, {}, opts);
        const parent = { parent: this } as const;
        const free = emrMetric(args.clusterId, "YARNMemoryAvailablePercentage", "Average");
        const shared = { of: free, period: 300 } as const;
        this.scarceAlarm = metricAlarm(
            `${name}-scarce`,
            {
                ...shared,
                alarmName: `${args.clusterName}-memory-scarce`,
                description: `${args.clusterName}: less than ${args.memoryThresholdPercent} % of YARN's memory is free; task nodes are being added, up to ${args.max}`,
                threshold: args.memoryThresholdPercent,
                when: "below",
                periods: 1,
                topicArn: args.topicArn,
            },
            parent,
        );
        const plentyAlarm = metricAlarm(
            `${name}-plenty`,
            {
                ...shared,
                alarmName: `${args.clusterName}-memory-plenty`,
                description: `${args.clusterName}: more than ${args.memoryReleasePercent} % of YARN's memory is free; steers scaling, nobody need act`,
                threshold: args.memoryReleasePercent,
                // slower down than up: a pause between two jobs shouldn't cost the nodes of the second
                periods: 3,
            },
            parent,
        );
        const machine = new aws.sfn.StateMachine(
            `${name}-machine`,
            {
                name: args.machineName,
                roleArn: args.roleArn,
                definition: pulumi
                    .all([args.clusterId, this.scarceAlarm.name, plentyAlarm.name])
                    .apply(([clusterId, scarceAlarm, plentyAlarmName]) =>
                        JSON.stringify(
                            scalingMachine({
                                clusterId,
                                fleetName: taskFleetName,
                                scarceAlarm,
                                plentyAlarm: plentyAlarmName,
                                min: args.min,
                                max: args.max,
                                step: args.step,
                            }),
                        ),
                    ),
            },
            parent,
        );
        const rule = new aws.cloudwatch.EventRule(
            `${name}-tick`,
            {
                description: `Looks after the size of ${args.clusterName}`,
                // as often as EMR writes metrics; one look moves one step, so that two can't get in each other's way
                scheduleExpression: "rate(5 minutes)",
            },
            parent,
        );
        new aws.cloudwatch.EventTarget(
            `${name}-tick`,
            { rule: rule.name, arn: machine.arn, roleArn: args.roleArn },
            parent,
        );
        this.registerOutputs({});
    }
}
