import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { WebAppService } from "../../config/platforms/web-app-services";
import { EcsCluster } from "../foundation/ecs-cluster";
import { type CapacityShare, EcsService } from "../foundation/ecs-service";
import { EcsTask } from "../foundation/ecs-task";
import { encryptedLogGroup } from "../foundation/log-group";
import { metricAlarm } from "../foundation/metric-alarm";
import { ServiceScaling } from "../foundation/service-scaling";
import type { Balancer } from "./balancer";
import { errorsOf, requestsPerTask } from "./metrics";
import type { AppNetwork } from "./network";
import { imageOf, type Repositories } from "./repositories";
import { type ServiceTaskArgs, taskProfile } from "./service-task";

export interface ServicesArgs extends ServiceTaskArgs {
    readonly appNetwork: AppNetwork;
    readonly balancer: Balancer;
    readonly repositories: Repositories;
    readonly topicArn: pulumi.Input<string>;
}

/** Name that people type: `taskava-api` within the cluster `taskava-prod`. */
export const serviceName = (service: string) => `taskava-${service}`;

/** The services of the config on ECS Fargate. */
export class Services extends pulumi.ComponentResource {
    readonly cluster: EcsCluster;
    readonly byName: Readonly<Record<string, EcsService>>;
    readonly tasks: Readonly<Record<string, EcsTask>>;
    readonly logGroupName: pulumi.Output<string>;

    constructor(name: string, args: ServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Services", name, {}, opts);
        const parent = { parent: this };
        const operationsKey = args.keys.operations.arn;
        this.cluster = new EcsCluster(
            name,
            { clusterName: args.prefix, kmsKeyArn: operationsKey, logRetentionDays: args.logRetentionDays },
            parent,
        );
        const capacity = new aws.ecs.ClusterCapacityProviders(
            `${name}-capacity`,
            {
                clusterName: this.cluster.clusterName,
                capacityProviders: ["FARGATE", "FARGATE_SPOT"],
                defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
            },
            parent,
        );
        // one group for all, so that one `aws logs tail` shows how they work together
        const logGroup = encryptedLogGroup(
            `${name}-log`,
            {
                logGroupName: `/aws/ecs/${args.prefix}`,
                retentionDays: args.logRetentionDays,
                keyArn: operationsKey,
            },
            parent,
        );
        this.logGroupName = logGroup.name;
        this.tasks = Object.fromEntries(
            Object.entries(args.services).map(([service, config]) => [
                service,
                new EcsTask(`${name}-${service}`, { ...this.taskArgs(service, config, args), logGroup }, parent),
            ]),
        );
        this.byName = Object.fromEntries(
            Object.entries(this.tasks).flatMap(([service, task]) => {
                const config = args.services[service];
                return config ? [[service, this.createService(name, service, config, task, capacity, args)]] : [];
            }),
        );
        this.registerOutputs({ clusterName: this.cluster.clusterName });
    }

    private taskArgs(service: string, config: WebAppService, args: ServicesArgs) {
        const repository = args.repositories.byService[service];
        return {
            ...taskProfile(config, args),
            family: `${args.prefix}-${service}`,
            containerName: service,
            image: imageOf(args, service, config.tag),
            repositoryArns: repository ? [repository.arn] : [],
            cpu: config.cpu,
            memory: config.memory,
            architecture: config.architecture,
            port: config.port,
            command: config.command,
            writablePaths: config.writablePaths,
            healthCheck: config.healthCommand === undefined ? undefined : { command: config.healthCommand },
            // what was taken from a queue goes back to it: Spot gives two minutes' notice
            stopTimeout: config.port === undefined ? 120 : 30,
            logKeyArn: args.keys.operations.arn,
            logRetentionDays: args.logRetentionDays,
            exec: config.exec ? this.cluster.exec : undefined,
            region: args.region,
        };
    }

    private createService(
        name: string,
        service: string,
        config: WebAppService,
        task: EcsTask,
        capacity: pulumi.Resource,
        args: ServicesArgs,
    ): EcsService {
        const parent = { parent: this };
        const { balancer } = args;
        const targetGroup = balancer.targetGroups[service];
        const group = args.appNetwork.services[service];
        // ECS goes by the alarm's name
        const rollback = targetGroup
            ? [
                  metricAlarm(
                      `${name}-${service}-errors`,
                      {
                          alarmName: `${args.prefix}-${service}-errors`,
                          description: `${service} answers with errors (5xx). A deployment under way is undone; look at its log.`,
                          of: errorsOf(balancer.loadBalancer, targetGroup),
                          threshold: 10,
                          periods: 3,
                          ofThem: 2,
                          topicArn: args.topicArn,
                      },
                      parent,
                  ).name,
              ]
            : [];
        const created = new EcsService(
            `${name}-${service}`,
            {
                serviceName: serviceName(service),
                clusterArn: this.cluster.arn,
                task,
                capacity: capacityOf(config),
                desiredCount: config.minTasks,
                subnetIds: args.appNetwork.network.privateSubnetIds,
                securityGroupIds: group ? [group.securityGroupId] : [],
                loadBalancer: targetGroup && { targetGroupArn: targetGroup.arn },
                rollbackAlarmNames: rollback,
                after: [capacity, ...(balancer.rules[service] ?? [])],
            },
            parent,
        );
        new ServiceScaling(
            `${name}-${service}-scaling`,
            {
                clusterName: this.cluster.clusterName,
                serviceName: created.serviceName,
                min: config.minTasks,
                max: config.maxTasks,
                tracking: {
                    cpu: { of: "ECSServiceAverageCPUUtilization", target: config.cpuTarget },
                    memory: { of: "ECSServiceAverageMemoryUtilization", target: config.memoryTarget },
                    ...(config.requestsPerTask !== undefined && targetGroup
                        ? {
                              requests: {
                                  of: requestsPerTask(balancer.loadBalancer, targetGroup),
                                  target: config.requestsPerTask,
                              },
                          }
                        : {}),
                },
            },
            parent,
        );
        return created;
    }
}

/** Where tasks run: shares of spare capacity and of capacity that stays. */
export function capacityOf({ spotPercent }: Pick<WebAppService, "spotPercent">): CapacityShare[] {
    const shares = [
        { provider: "FARGATE", weight: 100 - spotPercent },
        { provider: "FARGATE_SPOT", weight: spotPercent },
    ];
    return shares.filter(({ weight }) => weight > 0);
}
