import * as pulumi from "@pulumi/pulumi";
import type { EcsCluster } from "../foundation/ecs-cluster";
import { type CapacityShare, EcsService } from "../foundation/ecs-service";
import { EcsTask, type TaskSecret } from "../foundation/ecs-task";
import { ServiceScaling } from "../foundation/service-scaling";
import type { Edge } from "./edge";
import type { GpuCapacity } from "./gpu-capacity";
import type { Groups } from "./groups";
import type { ServiceNetwork } from "./network";
import { offHoursOf } from "./off-hours";
import { repositoryArn, type ServiceTasksArgs, sharedRegistry, taskProfile } from "./service-tasks";
import { type ServiceName, serviceNames } from "./stages";
import { tracking } from "./tracking";

export interface ServicesArgs extends ServiceTasksArgs {
    readonly cluster: EcsCluster;
    readonly edge: Edge;
    readonly gpuCapacity: GpuCapacity;
    readonly groups: Groups;
    readonly serviceNetwork: ServiceNetwork;
    /** Alarms of the api that undo its deployment. */
    readonly rollbackAlarmNames: readonly pulumi.Input<string>[];
    /** What the cluster's capacity and permissions consist of. */
    readonly after: readonly pulumi.Resource[];
}

/** The four services with their tasks and the number of these. */
export class Services extends pulumi.ComponentResource {
    readonly byName: Readonly<Record<ServiceName, EcsService>>;
    readonly tasks: Readonly<Record<ServiceName, EcsTask>>;

    constructor(name: string, args: ServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Services", name, {}, opts);
        const task = (service: ServiceName) => this.createTask(name, service, args);
        this.tasks = {
            api: task("api"),
            audioExtraction: task("audioExtraction"),
            transcription: task("transcription"),
            musicTermRecognition: task("musicTermRecognition"),
        };
        const service = (of: ServiceName) => this.createService(name, of, args);
        this.byName = {
            api: service("api"),
            audioExtraction: service("audioExtraction"),
            transcription: service("transcription"),
            musicTermRecognition: service("musicTermRecognition"),
        };
        this.registerOutputs({});
    }

    private createTask(name: string, service: ServiceName, args: ServicesArgs): EcsTask {
        const config = args.services[service];
        const profile = taskProfile(service, args);
        return new EcsTask(
            `${name}-${serviceNames[service]}`,
            {
                ...profile,
                family: `${args.prefix}-${serviceNames[service]}`,
                containerName: serviceNames[service],
                image: `${sharedRegistry(args)}/${config.image}`,
                repositoryArns: [repositoryArn(args, config.image)],
                cpu: config.cpu,
                memory: config.memory,
                environment: { ...profile.environment, ...config.environment },
                secrets: { ...profile.secrets, ...secretsOf(config.secrets) },
                logKeyArn: args.keys.operations.arn,
                logRetentionDays: args.logRetentionDays,
                exec: args.cluster.exec,
                region: args.region,
            },
            { parent: this },
        );
    }

    private createService(name: string, service: ServiceName, args: ServicesArgs): EcsService {
        const role = serviceNames[service];
        const config = args.services[service];
        const { traffic } = args.edge;
        const created = new EcsService(
            `${name}-${role}`,
            {
                serviceName: role,
                clusterArn: args.cluster.arn,
                task: this.tasks[service],
                capacity: capacityOf(service, args),
                desiredCount: config.minTasks,
                subnetIds: args.serviceNetwork.privateSubnetIds,
                securityGroupIds: [args.groups[service].securityGroupId],
                ...(service === "api"
                    ? {
                          loadBalancer: {
                              targetGroupArn: traffic.targetGroups.blue.arn,
                              blueGreen: {
                                  alternateTargetGroupArn: traffic.targetGroups.green.arn,
                                  productionRuleArn: traffic.productionRuleArn,
                                  testRuleArn: traffic.testRuleArn,
                                  roleArn: traffic.roleArn,
                                  bakeMinutes: args.deployment.bakeMinutes,
                              },
                          },
                          rollbackAlarmNames: args.rollbackAlarmNames,
                          after: [...args.after, traffic.permission],
                      }
                    : // jobs wait in a queue meanwhile, and there may be no GPU to spare for one task more
                      { minimumHealthyPercent: 50, after: [...args.after, ...args.files.mountTargets] }),
            },
            { parent: this },
        );
        new ServiceScaling(
            `${name}-${role}-scaling`,
            {
                clusterName: args.cluster.clusterName,
                serviceName: created.serviceName,
                min: config.minTasks,
                max: config.maxTasks,
                tracking: tracking(service, {
                    ...args,
                    gpuGroupName: args.gpuCapacity.groupName,
                }),
                offHours:
                    args.offHours &&
                    offHoursOf(
                        args,
                        service === "api"
                            ? { min: Math.min(args.offHours.apiTasks, config.maxTasks), max: config.maxTasks }
                            : {
                                  min: Math.min(args.offHours.workerTasks, config.minTasks),
                                  max: args.offHours.workerTasks,
                              },
                    ),
            },
            { parent: this },
        );
        return created;
    }
}

/** A secret and a parameter are read by different services of AWS. */
function secretsOf(arns: Readonly<Record<string, string>>): Record<string, TaskSecret> {
    return Object.fromEntries(
        Object.entries(arns).map(([name, arn]): [string, TaskSecret] => [
            name,
            arn.includes(":secretsmanager:") ? { secretArn: arn } : { parameterArn: arn },
        ]),
    );
}

/** Where tasks run. Workers may be taken away at two minutes' notice: their jobs go back to the queue. */
function capacityOf(service: ServiceName, args: ServicesArgs): CapacityShare[] {
    const gpu = [{ provider: args.gpuCapacity.providerName, weight: 1 }];
    const spot = [
        { provider: "FARGATE", weight: 1 },
        { provider: "FARGATE_SPOT", weight: 3 },
    ];
    const onInstances = args.services.musicTermRecognition.launch === "ec2";
    const shares: Readonly<Record<ServiceName, CapacityShare[]>> = {
        api: [{ provider: "FARGATE", weight: 1 }],
        audioExtraction: spot,
        transcription: gpu,
        musicTermRecognition: onInstances ? gpu : spot,
    };
    return shares[service];
}
