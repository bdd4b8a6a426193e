import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricAlarm } from "../foundation/metric-alarm";
import { dashboardBody } from "../foundation/metrics";
import { type AlarmLimits, alarmTable } from "./alarm-table";
import { dashboardSections } from "./dashboard";
import type { ObservedNames } from "./metrics-table";
import { type PipelinePlace, project } from "./place";

export interface OperationsArgs extends PipelinePlace {
    readonly names: ObservedNames;
    readonly limits: AlarmLimits;
    readonly alarmTopicArn: pulumi.Input<string>;
}

/** Alarms and the dashboard of the whole pipeline. */
export class Operations extends pulumi.ComponentResource {
    readonly dashboardName: string;

    constructor(name: string, args: OperationsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:Operations", name, {}, opts);
        const parent = { parent: this };
        for (const [role, spec] of Object.entries(alarmTable(args.names, args.limits))) {
            metricAlarm(`${name}-${role}`, { ...spec, topicArn: args.alarmTopicArn }, parent);
        }
        this.dashboardName = `${project}-${args.environment}`;
        new aws.cloudwatch.Dashboard(
            `${name}-dashboard`,
            {
                dashboardName: this.dashboardName,
                dashboardBody: dashboardBody(args.region, dashboardSections(args.names, args.limits)),
            },
            parent,
        );
        this.registerOutputs({ dashboardName: this.dashboardName });
    }
}
