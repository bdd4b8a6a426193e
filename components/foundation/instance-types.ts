/**
 * Instance families with NVIDIA GPUs. https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 * Neuron (inf, trn), Habana (dl) and Xilinx (f) accelerators need other images and drivers, and AMD's (g4ad) too.
 */
const nvidiaFamilies = new Set([
    "g4dn",
    "g5",
    "g5g",
    "g6",
    "g6e",
    "g6f",
    "gr6",
    "gr6f",
    "p3",
    "p3dn",
    "p4d",
    "p4de",
    "p5",
    "p5e",
    "p5en",
    "p6-b200",
    "p6-b300",
]);

/** `g4dn` of `g4dn.xlarge`. */
export function instanceFamily(instanceType: string): string {
    return instanceType.split(".")[0] ?? instanceType;
}

/** Whether the type has NVIDIA GPUs. */
export function hasNvidiaGpu(instanceType: string): boolean {
    return nvidiaFamilies.has(instanceFamily(instanceType));
}

/**
 * Graviton families have a g right after the generation, and a1 was the first.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
    return /^(a1|[a-z]+\d+g[a-z-]*)$/.test(instanceFamily(instanceType)) ? "arm64" : "x86_64";
}
