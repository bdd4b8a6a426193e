import type * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../foundation/arn";
import { EncryptionKey } from "../foundation/key";
import {
    autoScalingMayUseKey,
    eventBridgeMayUseKey,
    logsMayUseKey,
    servicesMayUseKey,
} from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import { type PipelinePlace, project } from "./place";

/** One key for each class of data, so that who may read images can't read passwords by the way. */
export interface PipelineKeys {
    /** Images, the events about them and the queues that carry these. */
    readonly images: EncryptionKey;
    /** Database storage, its credentials and the bastion's key. */
    readonly database: EncryptionKey;
    /** Logs, alarms, settings of functions and volumes. */
    readonly operations: EncryptionKey;
}

export function createKeys(name: string, place: PipelinePlace, opts: pulumi.ComponentResourceOptions): PipelineKeys {
    const key = (role: string, description: string, statements: readonly Statement[]) =>
        new EncryptionKey(
            `${name}-${role}`,
            {
                accountId: place.accountId,
                region: place.region,
                description,
                statements,
                alias: `${project}-${place.environment}-${role}`,
                protect: place.protect,
            },
            opts,
        );
    return {
        images: key("images", "Images, events about them and their queues", [
            ...eventBridgeMayUseKey(place),
            ...eventBusMayUseKey(regionalArn(place, "events", `event-bus/${eventBusName(place)}`)),
        ]),
        database: key("database", "Aurora storage and database credentials", []),
        operations: key("operations", "Logs, alarms, function settings and volumes", [
            logsMayUseKey(place),
            servicesMayUseKey(place.accountId, ["cloudwatch"]),
            ...autoScalingMayUseKey(place),
        ]),
    };
}

/** Bus of the pipeline's own events. The key names it, so the name is told before the bus is there. */
export const eventBusName = (place: Pick<PipelinePlace, "environment">): string =>
    `${project}-${place.environment}-images`;

/**
 * EventBridge encrypts one bus and the archive of it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
 */
function eventBusMayUseKey(busArn: string): readonly Statement[] {
    const eventBridge = { principals: { service: ["events.amazonaws.com"] }, resources: ["*"] } as const;
    return [
        // Asked without a context, when a key is named for the bus.
        { sid: "EventBusChecksKey", ...eventBridge, actions: ["kms:DescribeKey"] },
        {
            sid: "EventBusEncrypts",
            ...eventBridge,
            actions: ["kms:GenerateDataKey", "kms:Decrypt", "kms:ReEncrypt*"],
            conditions: { StringEquals: { "kms:EncryptionContext:aws:events:event-bus:arn": busArn } },
        },
    ];
}
