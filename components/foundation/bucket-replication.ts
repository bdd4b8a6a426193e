import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./arn";
import { policyDocument, serviceTrust } from "./policy-document";

/** Where copies go. */
export interface ReplicationArgs {
    /** ARN of a versioned bucket. */
    readonly bucketArn: pulumi.Input<string>;
    /** Key of the copies, in the other region. */
    readonly keyArn: pulumi.Input<string>;
    /** The other region. */
    readonly region: string;
}

interface ReplicationSource extends Place {
    readonly bucket: aws.s3.Bucket;
    readonly versioning: aws.s3.BucketVersioning;
    readonly keyArn: pulumi.Input<string>;
}

/**
 * Copies every object, deletion and tag of a bucket to another region, with metrics.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export function replicateBucket(
    name: string,
    target: ReplicationArgs,
    source: ReplicationSource,
    parent: pulumi.Resource,
): aws.s3.BucketReplicationConfig {
    const role = new aws.iam.Role(
        `${name}-replication-role`,
        {
            description: `Copies ${name} to ${target.region}`,
            assumeRolePolicy: serviceTrust("s3.amazonaws.com", {
                StringEquals: { "aws:SourceAccount": source.accountId },
                ArnEquals: { "aws:SourceArn": source.bucket.arn },
            }),
        },
        { parent },
    );
    const objects = pulumi.interpolate`${source.bucket.arn}/*`;
    const copies = pulumi.interpolate`${target.bucketArn}/*`;
    const policy = new aws.iam.RolePolicy(
        `${name}-replication-policy`,
        {
            role: role.id,
            policy: policyDocument([
                {
                    sid: "ReadConfiguration",
                    actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
                    resources: [source.bucket.arn],
                },
                {
                    sid: "ReadVersions",
                    actions: [
                        "s3:GetObjectVersionForReplication",
                        "s3:GetObjectVersionAcl",
                        "s3:GetObjectVersionTagging",
                    ],
                    resources: [objects],
                },
                {
                    sid: "WriteCopies",
                    actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
                    resources: [copies],
                },
                {
                    sid: "DecryptObjects",
                    actions: ["kms:Decrypt"],
                    resources: [source.keyArn],
                    conditions: {
                        // With bucket keys the context is the bucket, without them the object.
                        StringLike: {
                            "kms:ViaService": `s3.${source.region}.amazonaws.com`,
                            "kms:EncryptionContext:aws:s3:arn": [source.bucket.arn, objects],
                        },
                    },
                },
                {
                    sid: "EncryptCopies",
                    actions: ["kms:Encrypt", "kms:GenerateDataKey"],
                    resources: [target.keyArn],
                    conditions: {
                        StringLike: {
                            "kms:ViaService": `s3.${target.region}.amazonaws.com`,
                            "kms:EncryptionContext:aws:s3:arn": [target.bucketArn, copies],
                        },
                    },
                },
            ]),
        },
        { parent },
    );
    return new aws.s3.BucketReplicationConfig(
        `${name}-replication`,
        {
            bucket: source.bucket.id,
            role: role.arn,
            rules: [
                {
                    id: "all",
                    status: "Enabled",
                    filter: { prefix: "" },
                    deleteMarkerReplication: { status: "Enabled" },
                    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                    destination: {
                        bucket: target.bucketArn,
                        encryptionConfiguration: { replicaKmsKeyId: target.keyArn },
                        metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                        replicationTime: { status: "Enabled", time: { minutes: 15 } },
                    },
                },
            ],
        },
        { parent, dependsOn: [source.versioning, policy] },
    );
}
