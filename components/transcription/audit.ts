import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PartArgs } from "./args";
import type { Buckets } from "./buckets";
import { trailName } from "./keys";

export interface AuditArgs extends PartArgs {
    readonly buckets: Buckets;
    readonly keyArn: pulumi.Input<string>;
}

/**
 * Who read or changed what people said: every access to an object of the data buckets, and every change of the account.
 * The second part also makes EventBridge tell of rotated secrets.
 */
export function auditTrail(name: string, args: AuditArgs, opts: pulumi.CustomResourceOptions): aws.cloudtrail.Trail {
    const objects = [args.buckets.media.arn, args.buckets.archive.arn].map((arn) => pulumi.interpolate`${arn}/`);
    return new aws.cloudtrail.Trail(
        name,
        {
            name: trailName(args),
            s3BucketName: args.buckets.audit.bucketName,
            kmsKeyId: args.keyArn,
            enableLogFileValidation: true,
            isMultiRegionTrail: false,
            includeGlobalServiceEvents: false,
            advancedEventSelectors: [
                {
                    name: "Objects",
                    fieldSelectors: [
                        { field: "eventCategory", equals: ["Data"] },
                        { field: "resources.type", equals: ["AWS::S3::Object"] },
                        { field: "resources.ARN", startsWiths: objects },
                    ],
                },
                {
                    name: "Changes",
                    fieldSelectors: [
                        { field: "eventCategory", equals: ["Management"] },
                        { field: "readOnly", equals: ["false"] },
                    ],
                },
            ],
        },
        opts,
    );
}
