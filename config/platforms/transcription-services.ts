import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { fargateSizeProblem } from "../fargate";
import { oneOf, textOf, wholeNumber } from "../fields";

/** Repository and tag in the shared account's registry; the registry itself follows from account and region. */
const sharedImage = () =>
    textOf(
        /^[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::(?!latest(?:@|$))[\w][\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/,
        "a repository of the shared registry with a tag other than latest, or a digest (thoth/api:1.4.2)",
    ).describe("Repository in the shared account's registry with a pinned tag or digest; `latest` is refused.");

const environmentName = () =>
    textOf(/^[A-Z_][A-Z0-9_]*$/, "a name of an environment variable in capitals such as APP_KEY");

/** By environment variable: plain values and references to secret ones. */
const variables = {
    environment: z
        .record(environmentName(), z.string({ error: "a text" }))
        .prefault({})
        .describe("Environment variables of the container, beside those that the platform sets."),
    secrets: z
        .record(
            environmentName(),
            textOf(
                /^arn:aws[\w-]*:(secretsmanager:[\w-]+:\d{12}:secret:|ssm:[\w-]+:\d{12}:parameter\/)[\w/+=.@-]+$/,
                "an ARN of a secret or of a parameter",
            ),
        )
        .prefault({})
        .describe("Environment variables whose value is a secret or parameter, by ARN. Only references stand here."),
} as const;

interface ServiceDefaults {
    readonly image: string;
    readonly cpu: number;
    readonly memory: number;
    readonly minTasks: number;
    readonly maxTasks: number;
}

const service = (defaults: ServiceDefaults) => ({
    image: sharedImage().default(defaults.image),
    cpu: wholeNumber(256, 196608).default(defaults.cpu).describe("CPU units of a task, 1024 a vCPU."),
    memory: wholeNumber(512, 786432).default(defaults.memory).describe("MiB of a task."),
    minTasks: wholeNumber(0, 100).default(defaults.minTasks).describe("Tasks at least."),
    maxTasks: wholeNumber(1, 500).default(defaults.maxTasks).describe("Tasks at most."),
    ...variables,
});

interface Tasks {
    readonly minTasks: number;
    readonly maxTasks: number;
}

const taskBounds = ({ minTasks, maxTasks }: Tasks): readonly CrossFault[] =>
    minTasks > maxTasks
        ? [
              {
                  path: ["minTasks"],
                  expected: `at most maxTasks (${maxTasks})`,
                  mend: "lower minTasks or raise maxTasks",
              },
          ]
        : [];

const fargateSize = ({ cpu, memory }: { readonly cpu: number; readonly memory: number }): readonly CrossFault[] => {
    const problem = fargateSizeProblem(cpu, memory);
    return problem ? [{ path: [problem.key], expected: problem.expected }] : [];
};

const backlog = (jobs: number) => ({
    backlogPerTask: wholeNumber(1, 1000)
        .default(jobs)
        .describe("Waiting jobs per running task that scaling keeps to; more jobs start more tasks."),
});

/** Laravel: takes uploads, hands out transcripts. */
export const api = crossField(
    crossField(
        z.strictObject({
            ...service({ image: "thoth/api:1.0.0", cpu: 512, memory: 1024, minTasks: 2, maxTasks: 6 }),
            port: wholeNumber(1024, 65535).default(8080).describe("Port that the container listens on."),
            healthPath: textOf(/^\/[\w./-]*$/, "a path such as /up")
                .default("/up")
                .describe("Path that answers 200 when the task is well. Laravel's own is /up."),
            requestsPerTask: wholeNumber(1, 100_000)
                .default(600)
                .describe("Requests a minute per task that scaling keeps to."),
            cpuTarget: wholeNumber(10, 90).default(60).describe("Percent of CPU that scaling keeps to."),
        }),
        ["cpu", "memory"],
        fargateSize,
    ),
    ["minTasks", "maxTasks"],
    taskBounds,
);

/** ffmpeg: takes the sound out of what was uploaded. */
export const audioExtraction = crossField(
    crossField(
        z.strictObject({
            ...service({ image: "thoth/audio-extraction:1.0.0", cpu: 1024, memory: 2048, minTasks: 0, maxTasks: 10 }),
            ...backlog(5),
        }),
        ["cpu", "memory"],
        fargateSize,
    ),
    ["minTasks", "maxTasks"],
    taskBounds,
);

/** Whisper: speech to text, one GPU a task. */
export const transcription = crossField(
    z.strictObject({
        ...service({ image: "thoth/transcription:1.0.0", cpu: 3072, memory: 13312, minTasks: 0, maxTasks: 4 }),
        ...backlog(3),
        model: textOf(/^[a-z][a-z0-9.-]{1,40}$/, "the name of a Whisper model such as large-v3")
            .default("large-v3")
            .describe("Whisper model that the task loads from the model cache."),
    }),
    ["minTasks", "maxTasks"],
    taskBounds,
);

/** spaCy: finds the terms of music in a transcript. */
export const musicTermRecognition = crossField(
    crossField(
        z.strictObject({
            ...service({
                image: "thoth/music-term-recognition:1.0.0",
                cpu: 1024,
                memory: 4096,
                minTasks: 0,
                maxTasks: 4,
            }),
            ...backlog(10),
            launch: oneOf(["fargate", "ec2"])
                .default("fargate")
                .describe("Where tasks run: Fargate, or the GPU instances beside Whisper, whose CPUs are mostly idle."),
        }),
        ["cpu", "memory", "launch"],
        ({ launch, ...size }) => (launch === "fargate" ? fargateSize(size) : []),
    ),
    ["minTasks", "maxTasks"],
    taskBounds,
);
