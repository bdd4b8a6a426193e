import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PrivateBucket, type PrivateBucketArgs } from "../foundation/bucket";
import type { ReplicationArgs } from "../foundation/bucket-replication";
import { LogBucket } from "../foundation/log-bucket";
import type { Statement } from "../foundation/policy-document";
import { bucketName, type PartArgs } from "./args";
import { distributionArns, type Keys } from "./keys";
import type { Recovery } from "./recovery";

export interface BucketsArgs extends PartArgs {
    readonly keys: Keys;
    /** Where copies of what people would miss go. */
    readonly recovery: Recovery | undefined;
}

/** What is kept as objects. */
export class Buckets extends pulumi.ComponentResource {
    /** What people upload. */
    readonly files: PrivateBucket;
    /** Dumps of the database and of configuration, made by people or jobs. */
    readonly backups: PrivateBucket;
    /** Files of the web pages, which CloudFront hands out. */
    readonly statics: PrivateBucket;
    /** Access logs of CloudFront, load balancer and buckets. */
    readonly logs: LogBucket;

    constructor(name: string, args: BucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Buckets", name, {}, opts);
        const parent = { parent: this };
        const place = { accountId: args.accountId, region: args.region };
        const protect = args.deletionProtection;

        this.logs = new LogBucket(
            `${name}-logs`,
            {
                ...place,
                bucketName: bucketName(args, "logs"),
                sources: ["s3", "load-balancer", "cloudfront"],
                expireDays: args.logRetentionDays,
                protect,
            },
            parent,
        );
        const bucket = (role: string, of: Partial<PrivateBucketArgs> & Pick<PrivateBucketArgs, "keyArn">) =>
            new PrivateBucket(
                `${name}-${role}`,
                {
                    ...place,
                    bucketName: bucketName(args, role),
                    logBucketName: this.logs.bucketName,
                    noncurrentDays: args.files.noncurrentDays,
                    protect,
                    ...of,
                },
                parent,
            );
        const copies = (role: keyof Recovery["buckets"]): ReplicationArgs | undefined =>
            args.recovery && {
                bucketArn: args.recovery.buckets[role].arn,
                keyArn: args.recovery.key.arn,
                region: args.recovery.region,
            };
        this.files = bucket("files", {
            keyArn: args.keys.data.arn,
            replication: copies("files"),
            // AWS Backup learns of changes this way: https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
            eventBridge: true,
            lifecycle: {
                "seldom-read": {
                    transitions: [{ days: args.files.infrequentAccessAfterDays, storageClass: "STANDARD_IA" }],
                },
            },
        });
        this.backups = bucket("backups", {
            keyArn: args.keys.data.arn,
            replication: copies("backups"),
            lifecycle: {
                archive: { expireDays: 365, transitions: [{ days: 30, storageClass: "GLACIER_IR" }] },
            },
        });
        this.statics = bucket("static", {
            keyArn: args.keys.statics.arn,
            statements: (bucketArn) => [cloudFrontMayRead(args, bucketArn)],
        });

        // Browsers put files there themselves, by addresses that the api signs.
        const origins = [
            ...(args.edge.domain ? [`https://${args.edge.domain.name}`] : []),
            ...args.auth.callbackUrls.map((url) => new URL(url).origin),
        ];
        if (origins.length > 0) {
            new aws.s3.BucketCorsConfiguration(
                `${name}-files-cors`,
                {
                    bucket: this.files.bucketName,
                    corsRules: [
                        {
                            allowedOrigins: [...new Set(origins)],
                            allowedMethods: ["GET", "PUT", "HEAD"],
                            allowedHeaders: ["*"],
                            exposeHeaders: ["ETag"],
                            maxAgeSeconds: 3600,
                        },
                    ],
                },
                parent,
            );
        }
        this.registerOutputs({ files: this.files.bucketName, statics: this.statics.bucketName });
    }
}

/**
 * By origin access control. Distributions of this account: the one in question needs the bucket before it can be named.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function cloudFrontMayRead({ region, accountId }: PartArgs, bucketArn: pulumi.Output<string>): Statement {
    return {
        sid: "CloudFrontReads",
        principals: { service: ["cloudfront.amazonaws.com"] },
        actions: ["s3:GetObject"],
        resources: [pulumi.interpolate`${bucketArn}/*`],
        conditions: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": distributionArns(region, accountId) },
        },
    };
}
