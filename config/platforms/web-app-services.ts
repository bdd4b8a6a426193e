import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { fargateSizeProblem } from "../fargate";
import { flag, oneOf, textOf, wholeNumber } from "../fields";

const variableName = () =>
    textOf(/^[A-Z_][A-Z0-9_]*$/, "a name of an environment variable in capitals such as LOG_LEVEL");

/** Parts of the platform that a service may be given: address, credentials and permission come together. */
export const usable = ["database", "cache", "files"] as const;

const shape = {
    tag: textOf(
        /^(?!latest$)\w[\w.-]{0,127}$/,
        "a tag other than latest such as 1.4.2 or the commit that the image was built from",
    ).describe("Tag of the image in the service's own ECR repository; `latest` is refused."),
    cpu: wholeNumber(256, 16384).default(256).describe("CPU units of a task, 1024 a vCPU."),
    memory: wholeNumber(512, 122880).default(512).describe("MiB of a task."),
    architecture: oneOf(["X86_64", "ARM64"]).default("X86_64").describe("What the image was built for."),
    minTasks: wholeNumber(0, 100).default(1).describe("Tasks at least."),
    maxTasks: wholeNumber(1, 500).default(2).describe("Tasks at most."),
    port: wholeNumber(1024, 65535).optional().describe("Port that the container listens on. Default: it isn't called."),
    paths: z
        .array(textOf(/^\/[\w./*$~&+-]{0,126}$/, "a path pattern of the load balancer such as /api/*"))
        .max(5, { error: "at most 5 path patterns" })
        .default([])
        .describe("Requests that it answers; /* is what no other service asks for."),
    healthPath: textOf(/^\/[\w./-]*$/, "a path such as /health")
        .default("/health")
        .describe("Path that answers 200 when the task is well."),
    healthCommand: z
        .string({ error: "a shell command" })
        .min(1, { error: "a shell command" })
        .optional()
        .describe("Command in the container that ends with 0 when it is well. For services that aren't called."),
    command: z
        .array(z.string({ error: "a text" }))
        .optional()
        .describe("Command of the container. Default: the image's own."),
    spotPercent: wholeNumber(0, 100)
        .default(0)
        .describe("Share of the tasks on Fargate Spot: cheaper, may be taken back at two minutes' notice."),
    cpuTarget: wholeNumber(10, 90).default(60).describe("Percent of CPU that scaling keeps to."),
    memoryTarget: wholeNumber(10, 90).default(75).describe("Percent of memory that scaling keeps to."),
    requestsPerTask: wholeNumber(1, 100_000)
        .optional()
        .describe(
            "Requests a minute per task that scaling keeps to, for services with a port. Default: not scaled by.",
        ),
    uses: z
        .array(oneOf(usable))
        .default([...usable])
        .describe("Parts that it gets address, credentials and permission for."),
    writablePaths: z
        .array(textOf(/^\/[\w./-]+$/, "an absolute path"))
        .default(["/tmp"])
        .describe("Directories that the container writes to; the rest of its root is read-only."),
    exec: flag().default(false).describe("People may run commands in its containers (ECS Exec), logged."),
    environment: z
        .record(variableName(), z.string({ error: "a text" }))
        .prefault({})
        .describe("Environment variables beside those that the platform sets."),
    secrets: z
        .record(
            variableName(),
            textOf(
                /^arn:aws[\w-]*:(secretsmanager:[\w-]+:\d{12}:secret:|ssm:[\w-]+:\d{12}:parameter\/)[\w/+=.@-]+$/,
                "an ARN of a secret or of a parameter",
            ),
        )
        .prefault({})
        .describe("Environment variables whose value is a secret or a parameter, by ARN."),
    secretKeyArns: z
        .array(textOf(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/, "an ARN of a KMS key"))
        .default([])
        .describe("Keys of one's own that these secrets are encrypted with."),
} as const;

const unique = (list: readonly string[]) => new Set(list).size === list.length;

/** One service on ECS Fargate. */
export const webAppService = crossField(
    crossField(
        crossField(z.strictObject(shape), ["cpu", "memory"], ({ cpu, memory }) => {
            const problem = fargateSizeProblem(cpu, memory);
            return problem ? [{ path: [problem.key], expected: problem.expected }] : [];
        }),
        ["minTasks", "maxTasks"],
        ({ minTasks, maxTasks }) =>
            minTasks > maxTasks
                ? [
                      {
                          path: ["minTasks"],
                          expected: `at most maxTasks (${maxTasks})`,
                          mend: "lower minTasks or raise maxTasks",
                      },
                  ]
                : [],
    ),
    ["port", "paths", "requestsPerTask", "uses"],
    ({ port, paths, requestsPerTask, uses }): CrossFault[] => [
        ...(port === undefined && paths.length > 0
            ? [{ path: ["paths"], expected: "nothing without a port", mend: "add the port or remove the paths" }]
            : []),
        ...(port !== undefined && paths.length === 0
            ? [{ path: ["paths"], expected: "at least one path with a port", mend: "add the paths or remove the port" }]
            : []),
        ...(port === undefined && requestsPerTask !== undefined
            ? [{ path: ["requestsPerTask"], expected: "nothing without a port: it gets no requests" }]
            : []),
        ...(unique(uses) ? [] : [{ path: ["uses"], expected: "each part once" }]),
    ],
);

export type WebAppService = z.output<typeof webAppService>;

/** Services by name; what relates them to each other. */
export const webAppServices = z
    .record(textOf(/^[a-z][a-z0-9-]{0,14}$/, "a short lower-case name of a service such as api"), webAppService, {
        error: "an object of services by name",
    })
    .describe("Services by name, for example api, web and worker.");

export function serviceFaults(services: Readonly<Record<string, WebAppService>>): CrossFault[] {
    const owners = new Map<string, string>();
    const faults: CrossFault[] = [];
    for (const [name, { paths }] of Object.entries(services)) {
        for (const path of paths) {
            const owner = owners.get(path);
            if (owner !== undefined) {
                faults.push({
                    path: ["services", name, "paths"],
                    expected: `paths apart from those of ${owner}`,
                    given: path,
                    mend: "give each path to one service",
                });
            }
            owners.set(path, name);
        }
    }
    if (!owners.has("/*")) {
        faults.push({
            path: ["services"],
            expected: "one service with the path /*",
            given: `the paths ${[...owners.keys()].join(", ") || "of none"}`,
            mend: "give /* to the service that answers everything else",
        });
    }
    return faults;
}
