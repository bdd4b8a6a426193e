import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import type { Flags, Session, Step } from "./session";
import { OpsError } from "./target";

/** A service on ECS, and the tasks that its stack file wants of it. */
export interface EcsService {
    readonly cluster: string;
    readonly service: string;
    readonly region: string;
    readonly minTasks: number;
    readonly maxTasks: number;
}

/** Sets the bounds of scaling first, so that it doesn't undo the number of tasks at once. */
export function scale({ cluster, service, region }: EcsService, min: number, max: number, tasks: number): Step {
    return {
        does: `set ${cluster}/${service} to ${tasks} tasks (${min} to ${max})`,
        run: async () => {
            await new ApplicationAutoScalingClient({ region }).send(
                new RegisterScalableTargetCommand({
                    ServiceNamespace: "ecs",
                    ScalableDimension: "ecs:service:DesiredCount",
                    ResourceId: `service/${cluster}/${service}`,
                    MinCapacity: min,
                    MaxCapacity: max,
                }),
            );
            await new ECSClient({ region }).send(new UpdateServiceCommand({ cluster, service, desiredCount: tasks }));
        },
    };
}

export const stop = (service: EcsService): Step => scale(service, 0, 0, 0);

/** As the stack file has it; one task at least, since workers that scale from zero wait for their first job otherwise. */
export const start = (service: EcsService): Step =>
    scale(service, service.minTasks, service.maxTasks, Math.max(1, service.minTasks));

/** New tasks from the same definition, the old ones drained. */
export const restart = ({ cluster, service, region }: EcsService): Step => ({
    does: `restart ${cluster}/${service}`,
    run: () => new ECSClient({ region }).send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true })),
});

export async function status(services: readonly EcsService[]): Promise<Record<string, string | number>[]> {
    const [first] = services;
    if (first === undefined) {
        return [];
    }
    const { services: found = [], failures = [] } = await new ECSClient({ region: first.region }).send(
        new DescribeServicesCommand({ cluster: first.cluster, services: services.map(({ service }) => service) }),
    );
    const missing = failures.map(({ arn }) => arn?.split("/").at(-1));
    if (missing.length > 0) {
        throw new OpsError(`${first.cluster} has no ${missing.join(", ")}; is the stack deployed? (pulumi stack)`);
    }
    return found.map(
        ({ serviceName = "", status: state = "", desiredCount = 0, runningCount = 0, pendingCount = 0 }) => ({
            service: serviceName,
            status: state,
            desired: desiredCount,
            running: runningCount,
            pending: pendingCount,
        }),
    );
}

/** Log lines of the last minutes, oldest first. */
export async function logs(
    region: string,
    group: string,
    { minutes, filter, stream }: { minutes: number; filter?: string; stream?: string },
    flags: Flags,
    session: Session,
): Promise<void> {
    const client = new CloudWatchLogsClient({ region });
    let nextToken: string | undefined;
    do {
        const page = await client
            .send(
                new FilterLogEventsCommand({
                    logGroupName: group,
                    startTime: Date.now() - minutes * 60_000,
                    filterPattern: filter,
                    logStreamNamePrefix: stream,
                    nextToken,
                }),
            )
            .catch((error: unknown) => {
                throw new OpsError(
                    `the log group ${group} can't be read: ${error instanceof Error ? error.message : error}`,
                );
            });
        for (const { timestamp = 0, message = "" } of page.events ?? []) {
            const time = new Date(timestamp).toISOString();
            session.print(flags.json ? JSON.stringify({ time, message }) : `${time} ${message.trimEnd()}`);
        }
        nextToken = page.nextToken;
    } while (nextToken !== undefined);
}
