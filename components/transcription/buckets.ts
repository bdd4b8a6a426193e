import * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../foundation/arn";
import { PrivateBucket } from "../foundation/bucket";
import { LogBucket } from "../foundation/log-bucket";
import type { Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import { trailName } from "./keys";
import { prefixes } from "./stages";

export interface BucketsArgs extends PartArgs {
    readonly dataKeyArn: pulumi.Input<string>;
    readonly operationsKeyArn: pulumi.Input<string>;
}

/** What is kept for long, and for how long. */
export class Buckets extends pulumi.ComponentResource {
    /** Uploads, extracted audio and transcripts. */
    readonly media: PrivateBucket;
    readonly archive: PrivateBucket;
    /** Access logs of the buckets and of the load balancer. */
    readonly logs: LogBucket;
    /** Files of the audit trail. */
    readonly audit: PrivateBucket;

    constructor(name: string, args: BucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Buckets", name, {}, opts);
        const parent = { parent: this };
        const place = { accountId: args.accountId, region: args.region };
        // names are the world's: the account's number keeps them apart
        const bucketName = (role: string) => `${args.prefix}-${role}-${args.accountId}`;
        const { storage, deletionProtection: protect } = args;

        this.logs = new LogBucket(
            `${name}-logs`,
            { ...place, bucketName: bucketName("logs"), sources: ["s3", "load-balancer"], expireDays: 365, protect },
            parent,
        );
        const common = {
            ...place,
            protect,
            logBucketName: this.logs.bucketName,
            // what was deleted for a person's sake has to go for good, so old versions have an end too
            noncurrentDays: storage.noncurrentRetentionDays,
        };
        this.media = new PrivateBucket(
            `${name}-media`,
            {
                ...common,
                bucketName: bucketName("media"),
                keyArn: args.dataKeyArn,
                eventBridge: true,
                lifecycle: {
                    uploads: { prefix: prefixes.uploads, expireDays: storage.audioRetentionDays },
                    audio: { prefix: prefixes.audio, expireDays: storage.audioRetentionDays },
                    transcripts: { prefix: prefixes.transcripts, expireDays: storage.transcriptRetentionDays },
                },
            },
            parent,
        );
        this.archive = new PrivateBucket(
            `${name}-archive`,
            {
                ...common,
                bucketName: bucketName("archive"),
                keyArn: args.dataKeyArn,
                lifecycle: {
                    archive: {
                        expireDays: storage.archiveRetentionDays,
                        transitions: [{ days: storage.archiveTierAfterDays, storageClass: "GLACIER_IR" }],
                    },
                },
            },
            parent,
        );
        const trailArn = regionalArn(place, "cloudtrail", `trail/${trailName(args)}`);
        this.audit = new PrivateBucket(
            `${name}-audit`,
            {
                ...common,
                bucketName: bucketName("audit"),
                keyArn: args.operationsKeyArn,
                lifecycle: { trail: { expireDays: 365 } },
                // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
                statements: (bucketArn): Statement[] => [
                    {
                        sid: "TrailChecksAcl",
                        principals: { service: ["cloudtrail.amazonaws.com"] },
                        actions: ["s3:GetBucketAcl"],
                        resources: [bucketArn],
                        conditions: { StringEquals: { "aws:SourceArn": trailArn } },
                    },
                    {
                        sid: "TrailWrites",
                        principals: { service: ["cloudtrail.amazonaws.com"] },
                        actions: ["s3:PutObject"],
                        resources: [pulumi.interpolate`${bucketArn}/AWSLogs/${args.accountId}/*`],
                        conditions: {
                            StringEquals: {
                                "aws:SourceArn": trailArn,
                                "s3:x-amz-acl": "bucket-owner-full-control",
                            },
                        },
                    },
                ],
            },
            parent,
        );
        this.registerOutputs({ media: this.media.bucketName, archive: this.archive.bucketName });
    }
}
