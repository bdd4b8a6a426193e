import type * as pulumi from "@pulumi/pulumi";
import { EncryptionKey } from "../foundation/key";
import {
    autoScalingMayUseKey,
    cloudTrailMayUseKey,
    eventBridgeMayUseKey,
    logsMayUseKey,
    servicesMayUseKey,
} from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";

/** One key a class of data, so that access to one doesn't bring access to another. */
export interface Keys {
    /** Uploads, audio, transcripts: buckets, file system, queues. */
    readonly data: EncryptionKey;
    readonly database: EncryptionKey;
    /** Logs, notifications, audit trail, sessions of ECS Exec. */
    readonly operations: EncryptionKey;
    /** Volumes of the GPU instances. */
    readonly volumes: EncryptionKey;
}

export const trailName = (args: PartArgs) => `${args.prefix}-audit`;

export function createKeys(name: string, args: PartArgs, opts: pulumi.ComponentResourceOptions): Keys {
    const key = (role: string, description: string, statements: readonly Statement[]) =>
        new EncryptionKey(
            `${name}-${role}`,
            {
                accountId: args.accountId,
                region: args.region,
                description: `${args.prefix}: ${description}`,
                alias: `${args.prefix}-${role}`,
                statements,
            },
            opts,
        );
    return {
        data: key("data", "uploads, audio, transcripts and jobs", [
            // EventBridge tells the first queue of an upload
            ...eventBridgeMayUseKey(args),
        ]),
        database: key("database", "database, its snapshots and its master secret", []),
        operations: key("operations", "logs, notifications and audit trail", [
            logsMayUseKey(args),
            servicesMayUseKey(args.accountId, ["cloudwatch", "budgets"]),
            ...cloudTrailMayUseKey(args, trailName(args)),
        ]),
        volumes: key("volumes", "volumes of the GPU instances", autoScalingMayUseKey(args)),
    };
}
