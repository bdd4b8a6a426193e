import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ArgChecks } from "./checks";
import type { EcsTask } from "./ecs-task";

/** Capacity that tasks are placed on: `base` tasks first, the rest by `weight`. */
export interface CapacityShare {
    /** `FARGATE`, `FARGATE_SPOT` or a capacity provider of the cluster. */
    readonly provider: pulumi.Input<string>;
    /** 0 to 1000. */
    readonly weight: number;
    /** @default 0 */
    readonly base?: number;
}

/** Traffic goes to a new version as a whole, after it was seen well, and back as a whole. */
export interface BlueGreen {
    /** Target group that isn't in use at the moment. */
    readonly alternateTargetGroupArn: pulumi.Input<string>;
    /** Rule whose weights ECS moves. */
    readonly productionRuleArn: pulumi.Input<string>;
    /** Rule that shows the new version before people get it. @default none */
    readonly testRuleArn?: pulumi.Input<string>;
    /** Role by which ECS changes rules and target groups. */
    readonly roleArn: pulumi.Input<string>;
    /** Minutes that the old version stays after the switch, 0 to 1440. */
    readonly bakeMinutes: number;
}

export interface EcsServiceArgs {
    /** Physical name; people type it. */
    readonly serviceName: string;
    readonly clusterArn: pulumi.Input<string>;
    readonly task: EcsTask;
    readonly capacity: readonly CapacityShare[];
    /** Tasks at first; scaling changes it afterwards. */
    readonly desiredCount: number;
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly securityGroupIds: readonly pulumi.Input<string>[];
    /** @default none: the service isn't called, it takes its work itself */
    readonly loadBalancer?: {
        readonly targetGroupArn: pulumi.Input<string>;
        /** @default tasks are replaced one after the other */
        readonly blueGreen?: BlueGreen;
        /** Seconds in which a new task may fail the load balancer's check. @default 60 */
        readonly gracePeriod?: number;
    };
    /** Alarms that undo a deployment while it runs. @default none */
    readonly rollbackAlarmNames?: readonly pulumi.Input<string>[];
    /** Percent of the tasks that have to stay during a deployment. @default 100 */
    readonly minimumHealthyPercent?: number;
    /** Percent of the tasks that there may be during a deployment. @default 200 */
    readonly maximumPercent?: number;
    /** Wait until the deployment is finished, and fail when it is undone. @default true */
    readonly waitForSteadyState?: boolean;
    /** What has to be there before tasks start, for example the listener. @default none */
    readonly after?: readonly pulumi.Resource[];
}

/** A service whose failed deployments undo themselves. */
export class EcsService extends pulumi.ComponentResource {
    readonly service: aws.ecs.Service;
    readonly serviceName: pulumi.Output<string>;

    constructor(name: string, args: EcsServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { task, loadBalancer } = args;
        new ArgChecks(`EcsService ${name}`)
            .expect(
                loadBalancer === undefined || task.port !== undefined,
                "task",
                "must have a port, for the load balancer to call",
            )
            .done();
        super("platforms:foundation:EcsService", name, {}, opts);
        const maximumPercent = args.maximumPercent ?? 200;
        this.service = new aws.ecs.Service(
            `${name}-service`,
            {
                name: args.serviceName,
                cluster: args.clusterArn,
                taskDefinition: task.arn,
                desiredCount: args.desiredCount,
                capacityProviderStrategies: args.capacity.map(({ provider, ...share }) => ({
                    capacityProvider: provider,
                    ...share,
                })),
                // a change of the capacity's shares reaches running tasks only through a new deployment
                forceNewDeployment: true,
                networkConfiguration: {
                    subnets: args.subnetIds,
                    securityGroups: [...args.securityGroupIds],
                    assignPublicIp: false,
                },
                deploymentController: { type: "ECS" },
                deploymentCircuitBreaker: { enable: true, rollback: true },
                deploymentConfiguration: loadBalancer?.blueGreen
                    ? { strategy: "BLUE_GREEN", bakeTimeInMinutes: String(loadBalancer.blueGreen.bakeMinutes) }
                    : { strategy: "ROLLING" },
                deploymentMinimumHealthyPercent: args.minimumHealthyPercent ?? 100,
                deploymentMaximumPercent: maximumPercent,
                // needs room for one task more than wanted
                availabilityZoneRebalancing: maximumPercent > 100 ? "ENABLED" : "DISABLED",
                alarms: args.rollbackAlarmNames?.length
                    ? { enable: true, rollback: true, alarmNames: [...args.rollbackAlarmNames] }
                    : undefined,
                loadBalancers: loadBalancer ? [loadBalancerOf(task, loadBalancer)] : undefined,
                healthCheckGracePeriodSeconds: loadBalancer ? (loadBalancer.gracePeriod ?? 60) : undefined,
                enableExecuteCommand: task.canExec,
                enableEcsManagedTags: true,
                propagateTags: "SERVICE",
                waitForSteadyState: args.waitForSteadyState ?? true,
            },
            {
                parent: this,
                // scaling decides how many there are
                ignoreChanges: ["desiredCount"],
                dependsOn: [...task.policies, ...(args.after ?? [])],
                // instances with GPUs take ten minutes to come, models some more to load
                customTimeouts: { create: "40m", update: "60m", delete: "30m" },
            },
        );
        this.serviceName = this.service.name;
        this.registerOutputs({ serviceName: this.serviceName });
    }
}

function loadBalancerOf(
    task: EcsTask,
    { targetGroupArn, blueGreen }: NonNullable<EcsServiceArgs["loadBalancer"]>,
): aws.types.input.ecs.ServiceLoadBalancer {
    return {
        targetGroupArn,
        containerName: task.containerName,
        containerPort: task.port ?? 0,
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html
        advancedConfiguration: blueGreen && {
            alternateTargetGroupArn: blueGreen.alternateTargetGroupArn,
            productionListenerRule: blueGreen.productionRuleArn,
            testListenerRule: blueGreen.testRuleArn,
            roleArn: blueGreen.roleArn,
        },
    };
}
