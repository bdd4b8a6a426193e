/** Memory sizes in MiB that go with one CPU size. */
interface MemoryRange {
    readonly min: number;
    readonly max: number;
    readonly step: number;
}

/**
 * CPU units (1024 = one vCPU) and the memory that Fargate offers with each, for Linux tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export const fargateSizes: Readonly<Record<number, readonly number[]>> = {
    256: [512, 1024, 2048],
    512: range({ min: 1024, max: 4096, step: 1024 }),
    1024: range({ min: 2048, max: 8192, step: 1024 }),
    2048: range({ min: 4096, max: 16384, step: 1024 }),
    4096: range({ min: 8192, max: 30720, step: 1024 }),
    8192: range({ min: 16384, max: 61440, step: 4096 }),
    16384: range({ min: 32768, max: 122880, step: 8192 }),
};

function range({ min, max, step }: MemoryRange): readonly number[] {
    return Array.from({ length: (max - min) / step + 1 }, (_, index) => min + index * step);
}

/** What is wrong with a task size, and with which of its two numbers. */
export interface FargateSizeProblem {
    readonly key: "cpu" | "memory";
    /** Noun phrase after "expected". */
    readonly expected: string;
}

/** Why Fargate doesn't offer a pair of CPU units and MiB, or nothing when it does. */
export function fargateSizeProblem(cpu: number, memory: number): FargateSizeProblem | undefined {
    const memories = fargateSizes[cpu];
    if (memories === undefined) {
        return { key: "cpu", expected: `CPU units that Fargate offers (${Object.keys(fargateSizes).join(", ")})` };
    }
    if (memories.includes(memory)) {
        return undefined;
    }
    const [first, second] = memories;
    const offered =
        memories.length <= 3
            ? memories.join(", ")
            : `${first} to ${memories.at(-1)} in steps of ${(second ?? 0) - (first ?? 0)}`;
    return { key: "memory", expected: `MiB that Fargate offers with ${cpu} CPU units (${offered})` };
}
