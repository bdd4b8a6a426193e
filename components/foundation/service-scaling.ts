import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type MetricMath, scalingMetric } from "./metrics";

/** Keeps one value near a target by changing the number of tasks. */
export interface Tracking {
    /** One of ECS's own metrics, or a value computed from metrics. */
    readonly of: "ECSServiceAverageCPUUtilization" | "ECSServiceAverageMemoryUtilization" | MetricMath;
    readonly target: number;
    /** Seconds between two steps down. @default 300 */
    readonly scaleInCooldown?: number;
    /** Seconds between two steps up. @default 60 */
    readonly scaleOutCooldown?: number;
}

/** Times at which fewer tasks are enough, as cron expressions of Application Auto Scaling. */
export interface OffHours {
    /** For example `cron(0 20 ? * MON-FRI *)`. */
    readonly begin: string;
    readonly end: string;
    /** IANA time zone of both. */
    readonly timeZone: string;
    /** Tasks meanwhile, at least and at most. */
    readonly min: number;
    readonly max: number;
}

export interface ServiceScalingArgs {
    readonly clusterName: pulumi.Input<string>;
    readonly serviceName: pulumi.Input<string>;
    /** Tasks at least. */
    readonly min: number;
    /** Tasks at most. */
    readonly max: number;
    /** By what they follow. The one that asks for most tasks wins. */
    readonly tracking: Readonly<Record<string, Tracking>>;
    /** @default none */
    readonly offHours?: OffHours;
}

/** How many tasks a service of ECS has. */
export class ServiceScaling extends pulumi.ComponentResource {
    readonly target: aws.appautoscaling.Target;

    constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:ServiceScaling", name, {}, opts);
        const parent = { parent: this };
        const scalable = {
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: pulumi.interpolate`service/${args.clusterName}/${args.serviceName}`,
        };
        this.target = new aws.appautoscaling.Target(
            `${name}-target`,
            { ...scalable, minCapacity: args.min, maxCapacity: args.max },
            // scheduled actions move these between office hours and off-hours
            { parent: this, ignoreChanges: args.offHours ? ["minCapacity", "maxCapacity"] : [] },
        );
        const ofTarget = {
            serviceNamespace: this.target.serviceNamespace,
            scalableDimension: this.target.scalableDimension,
            resourceId: this.target.resourceId,
        };
        for (const [role, { of, ...tracking }] of Object.entries(args.tracking)) {
            new aws.appautoscaling.Policy(
                `${name}-${role}`,
                {
                    ...ofTarget,
                    policyType: "TargetTrackingScaling",
                    targetTrackingScalingPolicyConfiguration: {
                        targetValue: tracking.target,
                        scaleInCooldown: tracking.scaleInCooldown ?? 300,
                        scaleOutCooldown: tracking.scaleOutCooldown ?? 60,
                        ...(typeof of === "string"
                            ? { predefinedMetricSpecification: { predefinedMetricType: of } }
                            : { customizedMetricSpecification: scalingMetric(of) }),
                    },
                },
                parent,
            );
        }
        if (args.offHours) {
            const { begin, end, timeZone, min, max } = args.offHours;
            const schedule = (role: string, cron: string, minCapacity: number, maxCapacity: number) =>
                new aws.appautoscaling.ScheduledAction(
                    `${name}-${role}`,
                    {
                        ...ofTarget,
                        schedule: cron,
                        timezone: timeZone,
                        scalableTargetAction: { minCapacity, maxCapacity },
                    },
                    parent,
                );
            schedule("off-hours-begin", begin, min, max);
            schedule("off-hours-end", end, args.min, args.max);
        }
        this.registerOutputs({});
    }
}
