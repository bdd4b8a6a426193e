import * as pulumi from "@pulumi/pulumi";
import type { EcsTaskArgs, TaskSecret } from "./ecs-task";
import { mountPoints } from "./ecs-volumes";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html: `arn:json-key:stage:id` */
function valueFrom(secret: TaskSecret): pulumi.Input<string> {
    if ("parameterArn" in secret) {
        return secret.parameterArn;
    }
    return secret.jsonKey === undefined
        ? secret.secretArn
        : pulumi.interpolate`${secret.secretArn}:${secret.jsonKey}::`;
}

/** Sorted by name, as ECS gives them back: another order would be another revision. */
const byName = <T>(values: Readonly<Record<string, T>> | undefined): [string, T][] =>
    Object.entries(values ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** The container of a task, as ECS's own JSON has it. */
export function containerDefinition(args: EcsTaskArgs, logGroupName: pulumi.Input<string>): Record<string, unknown> {
    const { healthCheck } = args;
    return {
        name: args.containerName,
        image: args.image,
        essential: true,
        ...(args.command ? { command: args.command } : {}),
        ...(args.port === undefined
            ? {}
            : { portMappings: [{ containerPort: args.port, hostPort: args.port, protocol: "tcp" }] }),
        environment: byName(args.environment).map(([name, value]) => ({ name, value })),
        secrets: byName(args.secrets).map(([name, secret]) => ({ name, valueFrom: valueFrom(secret) })),
        mountPoints: mountPoints(args),
        readonlyRootFilesystem: args.readonlyRootFilesystem ?? true,
        privileged: false,
        // an init process passes signals on and collects what sessions of ECS Exec leave behind
        linuxParameters: { initProcessEnabled: true },
        ...(args.gpus ? { resourceRequirements: [{ type: "GPU", value: String(args.gpus) }] } : {}),
        ...(healthCheck
            ? {
                  healthCheck: {
                      command: ["CMD-SHELL", healthCheck.command],
                      interval: healthCheck.interval ?? 30,
                      timeout: healthCheck.timeout ?? 5,
                      retries: healthCheck.retries ?? 3,
                      startPeriod: healthCheck.startPeriod ?? 60,
                  },
              }
            : {}),
        stopTimeout: args.stopTimeout ?? 30,
        logConfiguration: {
            logDriver: "awslogs",
            options: {
                "awslogs-group": logGroupName,
                "awslogs-region": args.region,
                "awslogs-stream-prefix": args.containerName,
                // a full log must not stop the work
                mode: "non-blocking",
                "max-buffer-size": "25m",
            },
        },
    };
}
