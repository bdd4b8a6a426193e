import { type Bag, open } from "../wire";

/** Memory a Fargate task may have by vCPU, GiB; https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const SIZES: readonly { readonly vcpu: number; readonly memory: readonly number[] }[] = [
    { vcpu: 0.25, memory: [0.5, 1, 2] },
    { vcpu: 0.5, memory: range(1, 4) },
    { vcpu: 1, memory: range(2, 8) },
    { vcpu: 2, memory: range(4, 16) },
    { vcpu: 4, memory: range(8, 30) },
    { vcpu: 8, memory: range(16, 60, 4) },
    { vcpu: 16, memory: range(32, 120, 8) },
];

function range(least: number, most: number, step = 1): readonly number[] {
    return Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, index) => least + index * step);
}

/** The smallest size that holds what the containers ask for, as awsx works it out. */
export function fargateSize(containers: readonly Bag[]): { cpu: string; memory: string } {
    const sum = (read: (container: Bag) => unknown) =>
        containers.reduce((total, container) => total + Number(read(container) ?? 0), 0);
    const vcpu = sum((container) => open(container["cpu"])) / 1024;
    const memory = sum((container) => open(container["memoryReservation"]) ?? open(container["memory"])) / 1024;
    for (const size of SIZES) {
        const enough = size.memory.find((candidate) => candidate >= memory);
        if (size.vcpu >= vcpu && enough !== undefined) {
            return { cpu: String(size.vcpu * 1024), memory: String(enough * 1024) };
        }
    }
    throw new Error(`Requested resources exceed the maximum allowed for Fargate: ${vcpu} vCPU and ${memory}GB.`);
}
