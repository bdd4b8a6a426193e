import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameProblem, nameRules } from "../../config/names";
import { protectedBy } from "./arn";
import { checkLifecycle, defaultNoncurrentDays, type LifecycleRules, lifecycleRules } from "./bucket-lifecycle";
import type { ArgChecks } from "./checks";
import { denyInsecureTransport, policyDocument, type Statement } from "./policy-document";

/** What all buckets take. */
export interface BucketArgs {
    /** Physical name, where people or other systems look the bucket up. @default autonamed */
    readonly bucketName?: string;
    /** What happens to objects as they age, by the rule's id. @default they stay */
    readonly lifecycle?: LifecycleRules;
    /** Days that overwritten and deleted versions are kept. @default 90 */
    readonly noncurrentDays?: number;
    /** Who else may do what, given the bucket's ARN. @default nobody but whom IAM policies of the account allow */
    readonly statements?: (bucketArn: pulumi.Output<string>) => readonly Statement[];
    /**
     * Days in which nobody can delete or overwrite an object's version: with `COMPLIANCE` nobody at all, with `GOVERNANCE`
     * nobody but who has the permission for it. Can only be turned on when the bucket is made. @default none
     */
    readonly objectLock?: { readonly mode: "COMPLIANCE" | "GOVERNANCE"; readonly days: number };
    /** Delete the objects along with the bucket. @default false */
    readonly forceDestroy?: boolean;
    /** Refuse to delete the bucket. @default false */
    readonly protect?: boolean;
}

export interface BucketParts {
    readonly bucket: aws.s3.Bucket;
    readonly versioning: aws.s3.BucketVersioning;
    readonly policy: aws.s3.BucketPolicy;
}

/** A versioned bucket that is closed to the public, to ACLs and to plain text. */
export function createBucket(
    name: string,
    args: BucketArgs,
    /** Key, or S3's own key for what S3 can't write otherwise. */
    keyArn: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): BucketParts {
    const bucket = new aws.s3.Bucket(
        `${name}-bucket`,
        {
            bucket: args.bucketName,
            forceDestroy: args.forceDestroy ?? false,
            ...(args.objectLock ? { objectLockEnabled: true } : {}),
        },
        protectedBy(parent, args.protect),
    );
    const of = { bucket: bucket.id } as const;
    const child = { parent } as const;
    const block = new aws.s3.BucketPublicAccessBlock(
        `${name}-public-access`,
        {
            ...of,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        child,
    );
    new aws.s3.BucketOwnershipControls(
        `${name}-ownership`,
        { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
        child,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
        `${name}-encryption`,
        {
            ...of,
            rules: [
                keyArn === undefined
                    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
                    : {
                          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                          // One data key for many objects: far fewer calls to KMS, same protection.
                          bucketKeyEnabled: true,
                      },
            ],
        },
        child,
    );
    const versioning = new aws.s3.BucketVersioning(
        `${name}-versioning`,
        { ...of, versioningConfiguration: { status: "Enabled" } },
        child,
    );
    if (args.objectLock) {
        new aws.s3.BucketObjectLockConfiguration(
            `${name}-lock`,
            { ...of, rule: { defaultRetention: { ...args.objectLock } } },
            // a lock is on versions
            { ...child, dependsOn: [versioning] },
        );
    }
    new aws.s3.BucketLifecycleConfiguration(
        `${name}-lifecycle`,
        { ...of, rules: lifecycleRules(args.lifecycle ?? {}, args.noncurrentDays ?? defaultNoncurrentDays) },
        // Rules about noncurrent versions are refused before there can be any.
        { ...child, dependsOn: [versioning] },
    );
    const policy = new aws.s3.BucketPolicy(
        `${name}-policy`,
        {
            ...of,
            policy: policyDocument([
                ...denyInsecureTransport("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]),
                ...(args.statements?.(bucket.arn) ?? []),
            ]),
        },
        // S3 refuses two changes of a bucket's access at once.
        { ...child, dependsOn: [block] },
    );
    return { bucket, versioning, policy };
}

/** Notes what is wrong with a bucket's args. */
export function checkBucket(checks: ArgChecks, args: BucketArgs): ArgChecks {
    const problem = args.bucketName === undefined ? undefined : nameProblem(args.bucketName, nameRules.s3Bucket);
    checks.expect(problem === undefined, "bucketName", `is not a name for S3: ${problem}`);
    checks.expect(
        !(args.protect && args.forceDestroy),
        "forceDestroy",
        "can't be true where protect is: one says the objects may go, the other that the bucket may not",
    );
    checks.expectWhole(args.objectLock?.days, 1, 36500, "objectLock.days");
    checkLifecycle(checks, args.lifecycle ?? {}, args.noncurrentDays);
    return checks;
}
