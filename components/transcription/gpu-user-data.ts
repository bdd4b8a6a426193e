import * as pulumi from "@pulumi/pulumi";
import { reservedMiB } from "../../config/gpu-instances";

export interface GpuUserDataArgs {
    readonly clusterName: pulumi.Input<string>;
    readonly fileSystemId: pulumi.Input<string>;
    /** Access point of the models' directory. */
    readonly accessPointId: pulumi.Input<string>;
    /** Parameter with the CloudWatch agent's configuration. */
    readonly metricsParameterName: pulumi.Input<string>;
    readonly warmPool: boolean;
}

/** Where the models of Whisper are mounted on the instance. */
export const modelCachePath = "/mnt/model-cache";

/**
 * What an instance does when it starts. It joins the cluster last: one without a GPU, models or metrics never gets a task.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
 */
export function gpuUserData(args: GpuUserDataArgs): pulumi.Output<string> {
    // settings: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
    const agent = pulumi.interpolate`ECS_CLUSTER=${args.clusterName}
ECS_ENABLE_GPU_SUPPORT=true
ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
ECS_AWSVPC_BLOCK_IMDS=true
ECS_RESERVED_MEMORY=${reservedMiB}
ECS_IMAGE_PULL_BEHAVIOR=prefer-cached
ECS_CONTAINER_STOP_TIMEOUT=120s
${args.warmPool ? "ECS_WARM_POOLS_CHECK=true\n" : ""}`;
    const script = pulumi.interpolate`#!/bin/bash
set -euo pipefail
nvidia-smi -L
dnf install -y amazon-efs-utils amazon-cloudwatch-agent
mkdir -p ${modelCachePath}
echo "${args.fileSystemId}:/ ${modelCachePath} efs _netdev,noresvport,tls,iam,accesspoint=${args.accessPointId} 0 0" >> /etc/fstab
mount ${modelCachePath}
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c ssm:${args.metricsParameterName}
cat >> /etc/ecs/ecs.config <<'CONFIG'
${agent}CONFIG
`;
    return script.apply((text) => Buffer.from(text).toString("base64"));
}

/** Namespace of the metrics that instances publish. */
export const gpuNamespace = (prefix: string) => `${prefix}/gpu`;

/**
 * The CloudWatch agent asks the driver for these every minute; the sums by Auto Scaling group are what scaling and alarms
 * read, because instances come and go.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-NVIDIA-GPU.html
 */
export function gpuMetricsConfig(namespace: string): Record<string, unknown> {
    return {
        agent: { metrics_collection_interval: 60 },
        metrics: {
            namespace,
            append_dimensions: {
                // biome-ignore lint/suspicious/noTemplateCurlyInString: the agent's own notation
                AutoScalingGroupName: "${aws:AutoScalingGroupName}",
                // biome-ignore lint/suspicious/noTemplateCurlyInString: the agent's own notation
                InstanceId: "${aws:InstanceId}",
            },
            aggregation_dimensions: [["AutoScalingGroupName"], ["InstanceId"]],
            metrics_collected: {
                nvidia_gpu: {
                    measurement: [
                        "utilization_gpu",
                        "utilization_memory",
                        "memory_used",
                        "memory_total",
                        "temperature_gpu",
                    ],
                },
                disk: { measurement: ["used_percent"], resources: ["/"], drop_device: true },
                mem: { measurement: ["used_percent"] },
            },
        },
    };
}

/** What the agent calls the percent of time in which the GPU was busy. */
export const gpuUtilizationMetric = "nvidia_smi_utilization_gpu";
