/**
 * GPUs of the NVIDIA instance types that EKS and ECS can schedule on, by type.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
export const gpusByInstanceType: Readonly<Record<string, number>> = {
    "g4dn.xlarge": 1,
    "g4dn.2xlarge": 1,
    "g4dn.4xlarge": 1,
    "g4dn.8xlarge": 1,
    "g4dn.12xlarge": 4,
    "g4dn.16xlarge": 1,
    "g4dn.metal": 8,
    "g5.xlarge": 1,
    "g5.2xlarge": 1,
    "g5.4xlarge": 1,
    "g5.8xlarge": 1,
    "g5.12xlarge": 4,
    "g5.16xlarge": 1,
    "g5.24xlarge": 4,
    "g5.48xlarge": 8,
    "g6.xlarge": 1,
    "g6.2xlarge": 1,
    "g6.4xlarge": 1,
    "g6.8xlarge": 1,
    "g6.12xlarge": 4,
    "g6.16xlarge": 1,
    "g6.24xlarge": 4,
    "g6.48xlarge": 8,
    "g6e.xlarge": 1,
    "g6e.2xlarge": 1,
    "g6e.4xlarge": 1,
    "g6e.8xlarge": 1,
    "g6e.12xlarge": 4,
    "g6e.16xlarge": 1,
    "g6e.24xlarge": 4,
    "g6e.48xlarge": 8,
    "p3.2xlarge": 1,
    "p3.8xlarge": 4,
    "p3.16xlarge": 8,
    "p4d.24xlarge": 8,
    "p5.48xlarge": 8,
};

export interface GpuInstance {
    /** NVIDIA GPUs. */
    readonly gpus: number;
    readonly vcpus: number;
    readonly memoryGiB: number;
    /** On demand, Linux, us-east-1; read on 2026-11-21 from https://aws.amazon.com/ec2/pricing/on-demand/ */
    readonly usdPerHour: number;
}

const of = (type: string, vcpus: number, memoryGiB: number, usdPerHour: number): GpuInstance => ({
    gpus: gpusByInstanceType[type] ?? 0,
    vcpus,
    memoryGiB,
    usdPerHour,
});

/** Of these, the ones that suit inference by tasks of ECS: T4 (g4dn), A10G (g5) and L4 (g6). */
export const gpuInstances: Readonly<Record<string, GpuInstance>> = {
    "g4dn.xlarge": of("g4dn.xlarge", 4, 16, 0.526),
    "g4dn.2xlarge": of("g4dn.2xlarge", 8, 32, 0.752),
    "g4dn.4xlarge": of("g4dn.4xlarge", 16, 64, 1.204),
    "g4dn.8xlarge": of("g4dn.8xlarge", 32, 128, 2.176),
    "g4dn.12xlarge": of("g4dn.12xlarge", 48, 192, 3.912),
    "g4dn.16xlarge": of("g4dn.16xlarge", 64, 256, 4.352),
    "g5.xlarge": of("g5.xlarge", 4, 16, 1.006),
    "g5.2xlarge": of("g5.2xlarge", 8, 32, 1.212),
    "g5.4xlarge": of("g5.4xlarge", 16, 64, 1.624),
    "g5.8xlarge": of("g5.8xlarge", 32, 128, 2.448),
    "g5.12xlarge": of("g5.12xlarge", 48, 192, 5.672),
    "g5.16xlarge": of("g5.16xlarge", 64, 256, 4.096),
    "g5.24xlarge": of("g5.24xlarge", 96, 384, 8.144),
    "g5.48xlarge": of("g5.48xlarge", 192, 768, 16.288),
    "g6.xlarge": of("g6.xlarge", 4, 16, 0.8048),
    "g6.2xlarge": of("g6.2xlarge", 8, 32, 0.9776),
    "g6.4xlarge": of("g6.4xlarge", 16, 64, 1.3232),
    "g6.8xlarge": of("g6.8xlarge", 32, 128, 2.0144),
    "g6.12xlarge": of("g6.12xlarge", 48, 192, 4.6016),
    "g6.16xlarge": of("g6.16xlarge", 64, 256, 3.3968),
    "g6.24xlarge": of("g6.24xlarge", 96, 384, 6.6752),
    "g6.48xlarge": of("g6.48xlarge", 192, 768, 13.3504),
};

/** MiB that the agents of the instance keep for themselves. */
export const reservedMiB = 512;

/** What tasks of ECS can take of an instance: the kernel keeps some 6 % of the memory, the agents the rest. */
export function usableByTasks(instance: GpuInstance): { readonly cpu: number; readonly memory: number } {
    return { cpu: instance.vcpus * 1024, memory: Math.floor(instance.memoryGiB * 1024 * 0.94) - reservedMiB };
}
