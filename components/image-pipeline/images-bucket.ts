import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import { PrivateBucket } from "../foundation/bucket";
import { EncryptionKey } from "../foundation/key";
import { LogBucket } from "../foundation/log-bucket";
import type { PipelineKeys } from "./keys";
import { type PipelinePlace, pipelineName, project, uploadPrefix } from "./place";

export interface ImagesBucketArgs extends PipelinePlace {
    /** Region of the copy, and a provider that acts there. */
    readonly replica: { readonly region: string; readonly provider: aws.Provider };
    readonly keys: Pick<PipelineKeys, "images">;
}

/** The images: encrypted, versioned, copied to a second region under a key of that region, and told to EventBridge. */
export class ImagesBucket extends pulumi.ComponentResource {
    readonly bucket: PrivateBucket;
    readonly replica: PrivateBucket;

    constructor(name: string, args: ImagesBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:ImagesBucket", name, {}, opts);
        const bucketName = (purpose: string) =>
            // Bucket names are shared by all accounts of AWS, so the account is part of them.
            pipelineName(args, nameRules.s3Bucket, `${purpose}-${args.accountId}`);
        const lifecycle = {
            uploads: {
                prefix: uploadPrefix,
                transitions: [{ days: 30, storageClass: "INTELLIGENT_TIERING" }],
                noncurrentDays: 30,
            },
        } as const;
        const logs = new LogBucket(
            `${name}-logs`,
            {
                accountId: args.accountId,
                region: args.region,
                sources: ["s3"],
                expireDays: args.logRetentionDays,
                protect: args.protect,
            },
            { parent: this },
        );

        const there = { parent: this, provider: args.replica.provider };
        const replicaPlace = { accountId: args.accountId, region: args.replica.region };
        const replicaKey = new EncryptionKey(
            `${name}-replica-key`,
            {
                ...replicaPlace,
                description: "Copies of images",
                alias: `${project}-${args.environment}-images-replica`,
                protect: args.protect,
            },
            there,
        );
        this.replica = new PrivateBucket(
            `${name}-replica`,
            {
                ...replicaPlace,
                bucketName: bucketName("images-replica"),
                keyArn: replicaKey.arn,
                lifecycle,
                protect: args.protect,
            },
            there,
        );
        this.bucket = new PrivateBucket(
            `${name}-images`,
            {
                accountId: args.accountId,
                region: args.region,
                bucketName: bucketName("images"),
                keyArn: args.keys.images.arn,
                logBucketName: logs.bucketName,
                eventBridge: true,
                lifecycle,
                replication: {
                    region: args.replica.region,
                    keyArn: replicaKey.arn,
                    // S3 refuses to copy into a bucket without versions: with its URN all parts of the replica come first.
                    bucketArn: pulumi.all([this.replica.arn, this.replica.urn]).apply(([arn]) => arn),
                },
                protect: args.protect,
            },
            { parent: this },
        );
        this.registerOutputs({ bucketName: this.bucket.bucketName, replicaName: this.replica.bucketName });
    }
}
