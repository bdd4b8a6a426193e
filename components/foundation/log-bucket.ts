import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Place, partitionOf, regionalArn } from "./arn";
import { type BucketArgs, checkBucket, createBucket } from "./bucket-parts";
import { ArgChecks } from "./checks";
import type { Statement } from "./policy-document";

/** What a load balancer sets as the prefix of its logs (`accessLogs.prefix`) in a `LogBucket`. */
export const loadBalancerLogPrefix = "load-balancer";

/** Who may deliver logs. */
export type LogSource = "s3" | "load-balancer" | "cloudfront" | "waf";

export interface LogBucketArgs extends Omit<BucketArgs, "statements" | "lifecycle">, Place {
    /** Services that deliver here. */
    readonly sources: readonly LogSource[];
    /** Days that logs are kept. @default 365 */
    readonly expireDays?: number;
}

/**
 * A bucket that AWS services deliver access logs to. Its objects are encrypted with S3's own key, because server access
 * logs and load balancers can't write under any other:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class LogBucket extends pulumi.ComponentResource {
    readonly bucket: aws.s3.Bucket;
    /** Ready for deliveries once known: the policy is in place. */
    readonly bucketName: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        const bucketArgs: BucketArgs = {
            ...args,
            noncurrentDays: args.noncurrentDays ?? 30,
            lifecycle: { logs: { expireDays: args.expireDays ?? 365 } },
            statements: (bucketArn) => args.sources.flatMap((source) => deliveries[source](bucketArn, args)),
        };
        const checks = checkBucket(new ArgChecks(`LogBucket ${name}`), bucketArgs);
        checks
            .expect(args.sources.length > 0, "sources", "must name at least one service")
            .expect(
                new Set(args.sources).size === args.sources.length,
                "sources",
                `must differ, got ${args.sources.join(", ")}`,
            )
            // https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
            .expect(
                !args.sources.includes("waf") || args.bucketName?.startsWith("aws-waf-logs-") === true,
                "bucketName",
                "must start with aws-waf-logs- where WAF delivers",
            )
            .done();
        super("platforms:foundation:LogBucket", name, {}, opts);
        const { bucket, policy } = createBucket(name, bucketArgs, undefined, this);
        this.bucket = bucket;
        // Load balancers and WAF test the policy when logging is turned on.
        this.bucketName = policy.bucket;
        this.arn = bucket.arn;
        this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
    }
}

const deliveries: Readonly<
    Record<LogSource, (bucketArn: pulumi.Output<string>, place: Place) => readonly Statement[]>
> = {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    s3: (bucketArn, { accountId }) => [
        {
            sid: "S3AccessLogs",
            principals: { service: ["logging.s3.amazonaws.com"] },
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${bucketArn}/s3/*`],
            conditions: { StringEquals: { "aws:SourceAccount": accountId } },
        },
    ],
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    "load-balancer": (bucketArn, place) => [
        {
            sid: "LoadBalancerLogs",
            principals: { service: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${bucketArn}/${loadBalancerLogPrefix}/*`],
            conditions: { ArnLike: { "aws:SourceArn": regionalArn(place, "elasticloadbalancing", "loadbalancer/*") } },
        },
    ],
    // Version 2, which needs no ACLs; CloudFront's deliveries are kept in us-east-1.
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
    cloudfront: (bucketArn, { accountId, region }) =>
        logDelivery("CloudFront", bucketArn, accountId, [
            `arn:${partitionOf(region)}:logs:us-east-1:${accountId}:delivery-source:*`,
        ]),
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html
    waf: (bucketArn, place) => logDelivery("Waf", bucketArn, place.accountId, [regionalArn(place, "logs", "*")]),
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
function logDelivery(
    who: string,
    bucketArn: pulumi.Output<string>,
    accountId: string,
    sources: readonly string[],
): readonly Statement[] {
    const service = { principals: { service: ["delivery.logs.amazonaws.com"] } } as const;
    const account = { "aws:SourceAccount": accountId } as const;
    return [
        {
            sid: `${who}Logs`,
            ...service,
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${bucketArn}/AWSLogs/${accountId}/*`],
            conditions: {
                StringEquals: { ...account, "s3:x-amz-acl": "bucket-owner-full-control" },
                ArnLike: { "aws:SourceArn": sources },
            },
        },
        {
            sid: `${who}LogsCheck`,
            ...service,
            actions: ["s3:GetBucketAcl"],
            resources: [bucketArn],
            conditions: { StringEquals: account, ArnLike: { "aws:SourceArn": sources } },
        },
    ];
}
