import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { narrowCidr, textOf, timeZone, wholeNumber } from "../fields";
import { gpuInstances } from "../gpu-instances";

/** Parts of `platforms:imagePipeline` that say what runs, on what and when. */

/** What follows the repository's name in an image reference, so that one key says exactly what runs. */
const imageVersion = () =>
    textOf(
        /^(?:(?!latest$)\w[\w.-]{0,127}|sha256:[0-9a-f]{64})$/i,
        "an image tag other than latest, or a digest (blur-1.4.2 or sha256:...)",
    ).describe("Tag or digest in the shared repository; `latest` is refused.");

export const instanceType = (what: string) => textOf(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, what);

/** Bounds that node groups, ACUs and the like have in common. */
export const atMostMax = (min: number, max: number, keys: readonly [string, string]): readonly CrossFault[] =>
    min > max
        ? [
              {
                  path: [keys[0]],
                  expected: `at most ${keys[1]} (${max})`,
                  mend: `lower ${keys[0]} or raise ${keys[1]}`,
              },
          ]
        : [];

const standardNodes = crossField(
    z.strictObject({
        instanceTypes: z
            .array(instanceType("an EC2 instance type such as m6i.large"))
            .min(1, { error: "at least one instance type" })
            .default(["m6i.large"])
            .describe("EC2 instance types, all of one architecture."),
        minSize: wholeNumber(2, 100).default(2).describe("Nodes at least; two, so that one may go away."),
        maxSize: wholeNumber(2, 100).default(4).describe("Most nodes."),
    }),
    ["minSize", "maxSize"],
    ({ minSize, maxSize }) => atMostMax(minSize, maxSize, ["minSize", "maxSize"]),
);

const gpuInstanceTypes = Object.keys(gpuInstances) as [string, ...string[]];

const gpuNodes = crossField(
    z.strictObject({
        instanceType: z
            .enum(gpuInstanceTypes, { error: "an EC2 type with NVIDIA GPUs, for example g4dn.xlarge or g5.2xlarge" })
            .default("g4dn.xlarge")
            .describe("EC2 instance type with NVIDIA GPUs."),
        minSize: wholeNumber(0, 100)
            .default(0)
            .describe("GPU nodes that stay up; the autoscaler adds what pods need and takes it back."),
        maxSize: wholeNumber(1, 100).default(4).describe("Most GPU nodes; all replicas must fit."),
        diskSizeGib: wholeNumber(50, 1000).default(100).describe("Root volume; model images are large."),
    }),
    ["minSize", "maxSize"],
    ({ minSize, maxSize }) => atMostMax(minSize, maxSize, ["minSize", "maxSize"]),
);

export const cluster = z.strictObject({
    // In standard support until 2027-03-27: https://endoflife.date/amazon-eks
    kubernetesVersion: textOf(/^1\.\d{2}$/, "an EKS version in quotes such as '1.35'")
        .default("1.35")
        .describe("EKS version of control plane and nodes."),
    publicAccessCidrs: z
        .array(narrowCidr())
        .default([])
        .describe(
            "Networks that reach the cluster's API from outside the VPC. Empty: the API is private, and the deployer runs inside.",
        ),
    standardNodes: standardNodes.prefault({}).describe("Nodes for everything but the models."),
    gpuNodes: gpuNodes.prefault({}).describe("Nodes for the models; nothing else lands there."),
});

const memoryMb = (initial: number) =>
    wholeNumber(128, 10_240).default(initial).describe("Memory in MiB; CPU grows with it.");

export const upload = z.strictObject({
    image: imageVersion(),
    memoryMb: memoryMb(512),
    reservedConcurrency: wholeNumber(1, 1000).default(20).describe("Invocations at once, kept free for this function."),
    maxUploadMib: wholeNumber(1, 5000).default(50).describe("Largest image that an upload link takes, in MiB."),
});

export const processor = crossField(
    z.strictObject({
        image: imageVersion(),
        memoryMb: memoryMb(2048),
        // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: AWS asks for 5 or more
        reservedConcurrency: wholeNumber(5, 1000)
            .default(10)
            .describe("Invocations at once, kept free for this function."),
        // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
        maxConcurrency: wholeNumber(2, 1000).default(5).describe("Invocations at once that the queue may cause."),
        batchSize: wholeNumber(1, 10).default(5).describe("Messages handed to one invocation."),
    }),
    ["reservedConcurrency", "maxConcurrency"],
    ({ reservedConcurrency, maxConcurrency }) =>
        atMostMax(maxConcurrency, reservedConcurrency, ["maxConcurrency", "reservedConcurrency"]),
);

export const model = z.strictObject({
    image: imageVersion(),
    replicas: wholeNumber(1, 100).describe("Pods during business hours."),
    gpusPerPod: wholeNumber(1, 8).default(1).describe("GPUs that one pod holds for itself."),
    timeoutSeconds: wholeNumber(30, 7200).default(600).describe("Longest that one image may take."),
});

export const schedule = crossField(
    z.strictObject({
        timeZone: timeZone().default("America/Los_Angeles").describe("Time zone that the hours are told in."),
        scaleUpHour: wholeNumber(0, 23).default(5).describe("Hour at which models get their full replicas."),
        scaleDownHour: wholeNumber(0, 23).default(19).describe("Hour at which models go down."),
        offHoursReplicas: wholeNumber(1, 100).default(1).describe("Pods of each model outside business hours."),
    }),
    ["scaleUpHour", "scaleDownHour"],
    ({ scaleUpHour, scaleDownHour }) =>
        scaleUpHour === scaleDownHour
            ? [{ path: ["scaleDownHour"], expected: `an hour other than scaleUpHour (${scaleUpHour})` }]
            : [],
);

/** Nodes that hold all replicas at once. Pods don't share a GPU, and a pod doesn't span nodes: first fit, largest first. */
export function gpuNodesFor(
    models: readonly { readonly replicas: number; readonly gpusPerPod: number }[],
    gpusPerNode: number,
): number {
    const free: number[] = [];
    const pods = models
        .flatMap(({ replicas, gpusPerPod }) => Array<number>(replicas).fill(gpusPerPod))
        .sort((a, b) => b - a);
    for (const gpus of pods) {
        const index = free.findIndex((left) => left >= gpus);
        if (index === -1) {
            free.push(gpusPerNode - gpus);
        } else {
            free[index] = (free[index] ?? 0) - gpus;
        }
    }
    return free.length;
}
