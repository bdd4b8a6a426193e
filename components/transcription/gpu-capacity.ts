import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { standardTags } from "../../config/tags";
import type { EcsCluster } from "../foundation/ecs-cluster";
import { type PartArgs, project } from "./args";
import type { Files } from "./files";
import { instanceProfile } from "./gpu-instances-role";
import { gpuMetricsConfig, gpuNamespace, gpuUserData } from "./gpu-user-data";
import type { ServiceNetwork } from "./network";
import { groupRecurrence } from "./off-hours";

export interface GpuCapacityArgs extends PartArgs {
    readonly cluster: EcsCluster;
    readonly files: Files;
    readonly serviceNetwork: ServiceNetwork;
    readonly securityGroupId: pulumi.Input<string>;
    readonly volumeKeyArn: pulumi.Input<string>;
}

/**
 * The newest image of AWS for GPU tasks on Amazon Linux 2023; EC2 looks it up at each launch, so a refresh of the
 * instances is a security update. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
const imageParameter = "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id";

/** GPU instances that come when tasks wait for them and go when they have none left. */
export class GpuCapacity extends pulumi.ComponentResource {
    /** Name of the capacity provider, for services. */
    readonly providerName: pulumi.Output<string>;
    /** Physical name, known beforehand: it is a dimension of the metrics. */
    readonly groupName: string;
    /** Types of the instances, preferred first. */
    readonly instanceTypes: readonly string[];

    constructor(name: string, args: GpuCapacityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:GpuCapacity", name, {}, opts);
        const parent = { parent: this };
        const { gpu } = args;
        this.groupName = `${args.prefix}-gpu`;
        this.instanceTypes = gpu.highLoad ? gpu.highLoadInstanceTypes : gpu.instanceTypes;

        const metrics = new aws.ssm.Parameter(
            `${name}-metrics`,
            {
                name: `/${args.prefix}/gpu-metrics`,
                description: "What the CloudWatch agent of the GPU instances collects",
                type: "String",
                value: JSON.stringify(gpuMetricsConfig(gpuNamespace(args.prefix))),
            },
            parent,
        );
        const { profile, policies } = instanceProfile(
            `${name}-instance`,
            { ...args, metricsParameterArn: metrics.arn },
            parent,
        );
        const template = this.launchTemplate(name, args, profile, metrics);
        const group = this.autoScalingGroup(name, args, template, policies);

        const provider = new aws.ecs.CapacityProvider(
            `${name}-provider`,
            {
                name: this.groupName,
                autoScalingGroupProvider: {
                    autoScalingGroupArn: group.arn,
                    // 100: no instance waits for tasks, tasks wait for instances
                    managedScaling: {
                        status: "ENABLED",
                        targetCapacity: 100,
                        minimumScalingStepSize: 1,
                        maximumScalingStepSize: Math.min(gpu.maxInstances, 10),
                        instanceWarmupPeriod: 300,
                    },
                    managedTerminationProtection: "ENABLED",
                    managedDraining: "ENABLED",
                },
            },
            parent,
        );
        this.providerName = provider.name;
        this.registerOutputs({ providerName: this.providerName });
    }

    private launchTemplate(
        name: string,
        args: GpuCapacityArgs,
        profile: aws.iam.InstanceProfile,
        metrics: aws.ssm.Parameter,
    ): aws.ec2.LaunchTemplate {
        // the provider's default tags don't reach what Auto Scaling launches
        const tags = {
            ...standardTags({ project, environment: args.environment, extra: args.tags }),
            Name: this.groupName,
        };
        return new aws.ec2.LaunchTemplate(
            `${name}-template`,
            {
                imageId: `resolve:ssm:${imageParameter}`,
                instanceType: this.instanceTypes[0],
                iamInstanceProfile: { arn: profile.arn },
                vpcSecurityGroupIds: [args.securityGroupId],
                ebsOptimized: "true",
                monitoring: { enabled: true },
                metadataOptions: {
                    httpEndpoint: "enabled",
                    httpTokens: "required",
                    // the ECS agent shares the instance's network; tasks have addresses of their own and roles by the agent
                    httpPutResponseHopLimit: 1,
                },
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            volumeType: "gp3",
                            volumeSize: args.gpu.rootVolumeGiB,
                            // large images are unpacked here while a job waits
                            throughput: 250,
                            iops: 3000,
                            encrypted: "true",
                            kmsKeyId: args.volumeKeyArn,
                            deleteOnTermination: "true",
                        },
                    },
                ],
                tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
                updateDefaultVersion: true,
                userData: gpuUserData({
                    clusterName: args.cluster.clusterName,
                    fileSystemId: args.files.fileSystem.id,
                    accessPointId: args.files.models.id,
                    metricsParameterName: metrics.name,
                    warmPool: args.gpu.warmPool !== undefined,
                }),
            },
            { parent: this },
        );
    }

    private autoScalingGroup(
        name: string,
        args: GpuCapacityArgs,
        template: aws.ec2.LaunchTemplate,
        policies: readonly pulumi.Resource[],
    ): aws.autoscaling.Group {
        const { gpu } = args;
        const version = pulumi.interpolate`${template.latestVersion}`;
        const group = new aws.autoscaling.Group(
            `${name}-group`,
            {
                name: this.groupName,
                minSize: gpu.minInstances,
                maxSize: gpu.maxInstances,
                vpcZoneIdentifiers: args.serviceNetwork.privateSubnetIds,
                healthCheckType: "EC2",
                healthCheckGracePeriod: 300,
                defaultInstanceWarmup: 300,
                // ECS takes the protection off once the last task has gone: needed for managed termination protection
                protectFromScaleIn: true,
                // a month at most on one image: a new instance starts from the newest
                maxInstanceLifetime: 30 * 86_400,
                // ECS decides how many there are, so there is nothing to wait for
                waitForCapacityTimeout: "0",
                enabledMetrics: ["GroupDesiredCapacity", "GroupInServiceInstances", "GroupTotalInstances"],
                ...(gpu.warmPool
                    ? {
                          launchTemplate: { id: template.id, version },
                          warmPool: {
                              poolState: "Stopped",
                              minSize: gpu.warmPool.minSize,
                              maxGroupPreparedCapacity: gpu.warmPool.maxPrepared,
                          },
                      }
                    : {
                          mixedInstancesPolicy: {
                              launchTemplate: {
                                  launchTemplateSpecification: { launchTemplateId: template.id, version },
                                  // no weights: ECS counts instances
                                  overrides: this.instanceTypes.map((instanceType) => ({ instanceType })),
                              },
                              instancesDistribution: {
                                  onDemandAllocationStrategy: "prioritized",
                                  onDemandBaseCapacity: 0,
                                  onDemandPercentageAboveBaseCapacity: 100 - gpu.spotShare,
                                  spotAllocationStrategy: "price-capacity-optimized",
                              },
                          },
                          capacityRebalance: gpu.spotShare > 0,
                      }),
                instanceRefresh: {
                    strategy: "Rolling",
                    preferences: {
                        minHealthyPercentage: 100,
                        maxHealthyPercentage: 200,
                        instanceWarmup: "300",
                        // all are protected, and draining lets jobs finish first; the default would skip them
                        scaleInProtectedInstances: "Refresh",
                        standbyInstances: "Terminate",
                        autoRollback: false,
                    },
                },
                tags: [
                    // put there by ECS; left out, the next deployment would take it away again
                    { key: "AmazonECSManaged", value: "true", propagateAtLaunch: true },
                    ...Object.entries(standardTags({ project, environment: args.environment, extra: args.tags })).map(
                        ([key, value]) => ({ key, value, propagateAtLaunch: false }),
                    ),
                ],
            },
            {
                parent: this,
                dependsOn: [...policies, ...args.files.mountTargets],
                // off-hours move it
                ignoreChanges: args.offHours && gpu.minInstances > 0 ? ["minSize"] : [],
            },
        );
        if (args.offHours && gpu.minInstances > 0) {
            const { offHours } = args;
            const schedule = (role: string, time: string, minSize: number) =>
                new aws.autoscaling.Schedule(
                    `${name}-${role}`,
                    {
                        scheduledActionName: role,
                        autoscalingGroupName: group.name,
                        recurrence: groupRecurrence(time, offHours.days),
                        timeZone: offHours.timeZone,
                        minSize,
                        // -1 leaves a value as it is
                        maxSize: -1,
                        desiredCapacity: -1,
                    },
                    { parent: this },
                );
            schedule("off-hours-begin", offHours.from, 0);
            schedule("off-hours-end", offHours.until, gpu.minInstances);
        }
        return group;
    }
}
