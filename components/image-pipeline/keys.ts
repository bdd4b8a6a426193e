import type * as pulumi from "@pulumi/pulumi";
import { EncryptionKey } from "../foundation/key";
import { autoScalingMayUseKey, logsMayUseKey, servicesMayUseKey } from "../foundation/key-statements";
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
            eventBridgeMayUseKey(place.accountId),
            servicesMayUseKey(place.accountId, ["sqs", "s3"]),
        ]),
        database: key("database", "Aurora storage and database credentials", []),
        operations: key("operations", "Logs, alarms, function settings and volumes", [
            logsMayUseKey(place),
            servicesMayUseKey(place.accountId, ["sns", "cloudwatch"]),
            ...autoScalingMayUseKey(place),
        ]),
    };
}

/**
 * EventBridge encrypts the bus and its archive and sends to encrypted queues.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
 */
function eventBridgeMayUseKey(accountId: string): Statement {
    return {
        sid: "EventBridge",
        principals: { service: ["events.amazonaws.com"] },
        actions: ["kms:DescribeKey", "kms:GenerateDataKey*", "kms:Decrypt", "kms:ReEncrypt*"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    };
}
