import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn, partitionOf, regionalArn } from "../foundation/arn";
import { PrivateBucket } from "../foundation/bucket";
import { policyDocument, type Statement, serviceTrust } from "../foundation/policy-document";
import { bucketName, type PartArgs } from "./args";
import { trailName } from "./keys";

export interface AuditArgs extends PartArgs {
    readonly keyArn: pulumi.Input<string>;
    readonly logBucketName: pulumi.Input<string>;
    /** Buckets whose objects' reads and writes are recorded too. */
    readonly watchedBucketArns: readonly pulumi.Input<string>[];
}

/** Who did what in the account, in all regions, in files that can't be changed afterwards. */
export class Audit extends pulumi.ComponentResource {
    readonly trail: aws.cloudtrail.Trail;
    readonly bucket: PrivateBucket;

    constructor(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Audit", name, {}, opts);
        const { retentionDays, configRecorder } = args.audit;
        this.bucket = new PrivateBucket(
            `${name}-files`,
            {
                accountId: args.accountId,
                region: args.region,
                bucketName: bucketName(args, "audit"),
                keyArn: args.keyArn,
                logBucketName: args.logBucketName,
                objectLock: { mode: args.environment === "prod" ? "COMPLIANCE" : "GOVERNANCE", days: retentionDays },
                noncurrentDays: 1,
                // the lock is off by then
                lifecycle: { expired: { expireDays: retentionDays + 1 } },
                protect: args.deletionProtection,
                statements: (bucketArn) => [
                    ...trailMayWrite(args, bucketArn),
                    ...(configRecorder ? configMayWrite(args, bucketArn) : []),
                ],
            },
            { parent: this },
        );
        this.trail = new aws.cloudtrail.Trail(
            `${name}-trail`,
            {
                name: trailName(args),
                // known when the bucket is; its policy has to be there before the trail tries to write
                s3BucketName: this.bucket.bucketName,
                kmsKeyId: args.keyArn,
                isMultiRegionTrail: true,
                includeGlobalServiceEvents: true,
                enableLogFileValidation: true,
                advancedEventSelectors: [
                    { name: "Changes and reads", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
                    {
                        name: "Objects",
                        fieldSelectors: [
                            { field: "eventCategory", equals: ["Data"] },
                            { field: "resources.type", equals: ["AWS::S3::Object"] },
                            {
                                field: "resources.ARN",
                                startsWiths: args.watchedBucketArns.map((arn) => pulumi.interpolate`${arn}/`),
                            },
                        ],
                    },
                ],
            },
            { parent: this, dependsOn: [this.bucket] },
        );
        if (configRecorder) {
            this.recordConfiguration(name, args);
        }
        this.registerOutputs({ bucketName: this.bucket.bucketName });
    }

    /** https://docs.aws.amazon.com/config/latest/developerguide/gs-cli-subscribe.html */
    private recordConfiguration(name: string, args: AuditArgs): void {
        const parent = { parent: this };
        const role = new aws.iam.Role(
            `${name}-config`,
            {
                description: `AWS Config of ${args.prefix}`,
                assumeRolePolicy: serviceTrust("config.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                }),
            },
            parent,
        );
        const reads = new aws.iam.RolePolicyAttachment(
            `${name}-config`,
            { role: role.name, policyArn: managedPolicyArn(args.region, "service-role/AWS_ConfigRole") },
            parent,
        );
        const writes = new aws.iam.RolePolicy(
            `${name}-config`,
            {
                role: role.name,
                policy: policyDocument([
                    {
                        sid: "WriteSnapshots",
                        actions: ["s3:PutObject"],
                        resources: [pulumi.interpolate`${this.bucket.arn}/AWSLogs/${args.accountId}/Config/*`],
                    },
                    { sid: "CheckBucket", actions: ["s3:GetBucketAcl"], resources: [this.bucket.arn] },
                    {
                        sid: "UseKey",
                        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                        resources: [args.keyArn],
                    },
                ]),
            },
            parent,
        );
        const recorder = new aws.cfg.Recorder(
            `${name}-recorder`,
            {
                name: args.prefix,
                roleArn: role.arn,
                recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
            },
            { parent: this, dependsOn: [reads, writes] },
        );
        const channel = new aws.cfg.DeliveryChannel(
            `${name}-channel`,
            {
                name: args.prefix,
                s3BucketName: this.bucket.bucketName,
                s3KmsKeyArn: args.keyArn,
                snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
            },
            { parent: this, dependsOn: [recorder] },
        );
        new aws.cfg.RecorderStatus(
            `${name}-recording`,
            { name: recorder.name, isEnabled: true },
            { parent: this, dependsOn: [channel] },
        );
    }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function trailMayWrite(args: PartArgs, bucketArn: pulumi.Output<string>): Statement[] {
    const service = { principals: { service: ["cloudtrail.amazonaws.com"] } } as const;
    const trail = { "aws:SourceArn": regionalArn(args, "cloudtrail", `trail/${trailName(args)}`) } as const;
    return [
        {
            sid: "TrailChecksAcl",
            ...service,
            actions: ["s3:GetBucketAcl"],
            resources: [bucketArn],
            conditions: { StringEquals: trail },
        },
        {
            sid: "TrailWrites",
            ...service,
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${bucketArn}/AWSLogs/${args.accountId}/*`],
            conditions: { StringEquals: { ...trail, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
    ];
}

/** https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html */
function configMayWrite({ accountId, region }: PartArgs, bucketArn: pulumi.Output<string>): Statement[] {
    const service = { principals: { service: ["config.amazonaws.com"] } } as const;
    const recorders = `arn:${partitionOf(region)}:config:${region}:${accountId}:*`;
    const conditions = { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": recorders } };
    return [
        {
            sid: "ConfigChecks",
            ...service,
            actions: ["s3:GetBucketAcl", "s3:ListBucket"],
            resources: [bucketArn],
            conditions,
        },
        {
            sid: "ConfigWrites",
            ...service,
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${bucketArn}/AWSLogs/${accountId}/Config/*`],
            conditions,
        },
    ];
}
