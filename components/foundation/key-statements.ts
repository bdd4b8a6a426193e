import type * as pulumi from "@pulumi/pulumi";
import { type Place, partitionOf, regionalArn } from "./arn";
import type { Statement } from "./policy-document";

/** What a service needs of a key to read and write data under it. */
const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"] as const;
/** What a service that holds volumes or log streams under a key needs. */
const useKeyFully = [
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:DescribeKey",
] as const;
/** In a key policy, `*` is the key that the policy is on. */
const thisKey = ["*"] as const;

/**
 * CloudWatch Logs may encrypt these log groups of the account. Names may end in `*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsMayUseKey(place: Place, logGroupNames: readonly string[] = ["*"]): Statement {
    return {
        sid: "CloudWatchLogs",
        principals: { service: [`logs.${place.region}.amazonaws.com`] },
        actions: useKeyFully,
        resources: thisKey,
        conditions: {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": logGroupNames.map((name) =>
                    regionalArn(place, "logs", `log-group:${name}`),
                ),
            },
        },
    };
}

/**
 * EventBridge may send to encrypted topics and queues of the account. It doesn't tell KMS whose rule it is, so the statements
 * go by what is encrypted instead of by aws:SourceAccount: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function eventBridgeMayUseKey(place: Place): readonly Statement[] {
    const targets = [
        ["Topics", "kms:EncryptionContext:aws:sns:topicArn", regionalArn(place, "sns", "*")],
        ["Queues", "kms:EncryptionContext:aws:sqs:arn", regionalArn(place, "sqs", "*")],
    ] as const;
    return targets.map(([kind, context, arns]) => ({
        sid: `EventBridge${kind}`,
        principals: { service: ["events.amazonaws.com"] },
        actions: useKey,
        resources: thisKey,
        conditions: { StringLike: { [context]: arns } },
    }));
}

/** Services that send to encrypted topics, queues and buckets as themselves, for resources of the account only. */
export type SenderService = "sns" | "sqs" | "cloudwatch" | "s3" | "budgets" | "ses" | "delivery.logs" | "backup";

/**
 * AWS services may use the key on behalf of resources of this account.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function servicesMayUseKey(accountId: string, services: readonly SenderService[]): Statement {
    return {
        sid: "Services",
        principals: { service: services.map((service) => `${service}.amazonaws.com`) },
        actions: useKey,
        resources: thisKey,
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
    };
}

/**
 * Auto Scaling may start instances with volumes under the key: node groups of EKS, capacity providers of ECS.
 * The principal is named by a condition, because a key policy that names a service-linked role which the account doesn't
 * have yet is refused, and the role appears only with the first Auto Scaling group.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function autoScalingMayUseKey(place: Place): readonly Statement[] {
    const role = `arn:${partitionOf(place.region)}:iam::${place.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    const onlyAutoScaling = {
        StringEquals: { "kms:CallerAccount": place.accountId },
        ArnEquals: { "aws:PrincipalArn": role },
    } as const;
    return [
        {
            sid: "AutoScalingVolumes",
            principals: { everyone: true },
            actions: useKeyFully,
            resources: thisKey,
            conditions: onlyAutoScaling,
        },
        {
            sid: "AutoScalingVolumeGrants",
            principals: { everyone: true },
            actions: ["kms:CreateGrant"],
            resources: thisKey,
            conditions: { ...onlyAutoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
    ];
}

/**
 * One trail may encrypt its log files.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function cloudTrailMayUseKey(place: Place, trailName: string): readonly Statement[] {
    const trail = regionalArn(place, "cloudtrail", `trail/${trailName}`);
    const sourceTrail = { "aws:SourceArn": trail } as const;
    return [
        {
            sid: "CloudTrailEncrypts",
            principals: { service: ["cloudtrail.amazonaws.com"] },
            actions: ["kms:GenerateDataKey*"],
            resources: thisKey,
            conditions: {
                StringEquals: sourceTrail,
                StringLike: {
                    "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partitionOf(place.region)}:cloudtrail:*:${place.accountId}:trail/*`,
                },
            },
        },
        {
            sid: "CloudTrailDescribes",
            principals: { service: ["cloudtrail.amazonaws.com"] },
            actions: ["kms:DescribeKey"],
            resources: thisKey,
            conditions: { StringEquals: sourceTrail },
        },
    ];
}

/** What an identity's own policy needs in order to use a key. */
export function identityMayUseKey(keyArn: pulumi.Input<string>, sid = "UseKey"): Statement {
    return { sid, actions: [...useKey, "kms:DescribeKey"], resources: [keyArn] };
}
