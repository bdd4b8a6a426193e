export interface GpuInstance {
    /** NVIDIA GPUs. */
    readonly gpus: number;
    readonly vcpus: number;
    readonly memoryGiB: number;
    /** On demand, Linux, us-east-1; read on 2026-11-21 from https://aws.amazon.com/ec2/pricing/on-demand/ */
    readonly usdPerHour: number;
}

const of = (gpus: number, vcpus: number, memoryGiB: number, usdPerHour: number): GpuInstance => ({
    gpus,
    vcpus,
    memoryGiB,
    usdPerHour,
});

/**
 * Instance types with NVIDIA GPUs that suit inference: T4 (g4dn), A10G (g5) and L4 (g6).
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
export const gpuInstances: Readonly<Record<string, GpuInstance>> = {
    "g4dn.xlarge": of(1, 4, 16, 0.526),
    "g4dn.2xlarge": of(1, 8, 32, 0.752),
    "g4dn.4xlarge": of(1, 16, 64, 1.204),
    "g4dn.8xlarge": of(1, 32, 128, 2.176),
    "g4dn.12xlarge": of(4, 48, 192, 3.912),
    "g4dn.16xlarge": of(1, 64, 256, 4.352),
    "g5.xlarge": of(1, 4, 16, 1.006),
    "g5.2xlarge": of(1, 8, 32, 1.212),
    "g5.4xlarge": of(1, 16, 64, 1.624),
    "g5.8xlarge": of(1, 32, 128, 2.448),
    "g5.12xlarge": of(4, 48, 192, 5.672),
    "g5.16xlarge": of(1, 64, 256, 4.096),
    "g5.24xlarge": of(4, 96, 384, 8.144),
    "g5.48xlarge": of(8, 192, 768, 16.288),
    "g6.xlarge": of(1, 4, 16, 0.8048),
    "g6.2xlarge": of(1, 8, 32, 0.9776),
    "g6.4xlarge": of(1, 16, 64, 1.3232),
    "g6.8xlarge": of(1, 32, 128, 2.0144),
    "g6.12xlarge": of(4, 48, 192, 4.6016),
    "g6.16xlarge": of(1, 64, 256, 3.3968),
    "g6.24xlarge": of(4, 96, 384, 6.6752),
    "g6.48xlarge": of(8, 192, 768, 13.3504),
};

/** MiB that the agents of the instance keep for themselves. */
export const reservedMiB = 512;

/** What tasks of ECS can take of an instance: the kernel keeps some 6 % of the memory, the agents the rest. */
export function usableByTasks(instance: GpuInstance): { readonly cpu: number; readonly memory: number } {
    return { cpu: instance.vcpus * 1024, memory: Math.floor(instance.memoryGiB * 1024 * 0.94) - reservedMiB };
}
