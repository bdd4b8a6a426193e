import type { Tracking } from "../foundation/service-scaling";
import type { PartArgs } from "./args";
import type { Edge } from "./edge";
import { backlogPerTask, gpuUtilization, requestsPerTask } from "./metrics";
import type { ServiceName } from "./stages";

export interface TrackingArgs extends PartArgs {
    readonly edge: Edge;
    readonly gpuGroupName: string;
}

/** Seconds before a worker's number goes down: GPU instances took ten minutes to come. */
const workerCooldown = 600;

/** By what the number of a service's tasks follows. */
export function tracking(service: ServiceName, args: TrackingArgs): Readonly<Record<string, Tracking>> {
    const backlogOf = (worker: ServiceName, target: number): Tracking => ({
        of: backlogPerTask(args, args.prefix, worker),
        target,
        scaleInCooldown: workerCooldown,
    });
    switch (service) {
        case "api": {
            const { cpuTarget, requestsPerTask: target } = args.services.api;
            return {
                cpu: { of: "ECSServiceAverageCPUUtilization", target: cpuTarget },
                requests: {
                    of: requestsPerTask(args.prefix, args.edge.loadBalancer, args.edge.traffic.targetGroups),
                    target,
                },
            };
        }
        case "transcription":
            return {
                backlog: backlogOf(service, args.services.transcription.backlogPerTask),
                gpu: {
                    of: {
                        expression: "busy",
                        label: "GPU utilization, %",
                        metrics: { busy: gpuUtilization(args, args.gpuGroupName) },
                    },
                    target: args.gpu.utilizationTarget,
                    scaleInCooldown: workerCooldown,
                },
            };
        default:
            return { backlog: backlogOf(service, args.services[service].backlogPerTask) };
    }
}
