import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./arn";
import { type BucketArgs, checkBucket, createBucket } from "./bucket-parts";
import { type ReplicationArgs, replicateBucket } from "./bucket-replication";
import { ArgChecks } from "./checks";

export interface PrivateBucketArgs extends BucketArgs, Place {
    /** Key that objects are encrypted with. */
    readonly keyArn: pulumi.Input<string>;
    /** Bucket that requests are logged to, see `LogBucket`. @default not logged */
    readonly logBucketName?: pulumi.Input<string>;
    /** Tell EventBridge about each object that comes, changes or goes. @default false */
    readonly eventBridge?: boolean;
    /** Copy all objects to a bucket in another region. @default no copy */
    readonly replication?: ReplicationArgs;
}

/** A bucket for data of a platform: private, versioned, encrypted with a key of ours, reachable by TLS 1.2 only. */
export class PrivateBucket extends pulumi.ComponentResource {
    readonly bucket: aws.s3.Bucket;
    readonly bucketName: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        const checks = checkBucket(new ArgChecks(`PrivateBucket ${name}`), args);
        checks.expect(
            args.replication?.region !== args.region,
            "replication.region",
            `must be another region than the bucket's own (${args.region})`,
        );
        checks.done();
        super("platforms:foundation:PrivateBucket", name, {}, opts);
        const { bucket, versioning } = createBucket(name, args, args.keyArn, this);
        this.bucket = bucket;
        this.bucketName = bucket.bucket;
        this.arn = bucket.arn;
        if (args.logBucketName !== undefined) {
            new aws.s3.BucketLogging(
                `${name}-logging`,
                { bucket: bucket.id, targetBucket: args.logBucketName, targetPrefix: `s3/${name}/` },
                { parent: this },
            );
        }
        if (args.eventBridge) {
            new aws.s3.BucketNotification(
                `${name}-notification`,
                { bucket: bucket.id, eventbridge: true },
                { parent: this },
            );
        }
        if (args.replication) {
            replicateBucket(name, args.replication, { ...args, bucket, versioning }, this);
        }
        this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
    }
}
