import type { StackRule } from "../../engine/rule";

/** What a bucket is completed by, each a resource of its own, and the setting of the bucket itself that would do as well. */
const companions: readonly {
    readonly type: string;
    readonly own: string;
    readonly wrong: string;
    readonly mend: string;
}[] = [
    {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        own: "",
        wrong: "no public-access block is stated for the bucket",
        mend: "add a BucketPublicAccessBlock with all four flags true",
    },
    {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        own: "serverSideEncryptionConfiguration",
        wrong: "no encryption is stated for the bucket",
        mend: "add a BucketServerSideEncryptionConfiguration with a key of your own",
    },
];

/** S3 encrypts new buckets and blocks public access to them by itself since 2023, so that what is missing here is only unstated. */
export const bucketUnguarded: StackRule = {
    id: "bucket-unguarded",
    title: "Every bucket has its public-access block and its encryption stated",
    category: "stack",
    enforcement: "advisory",
    severity: "medium",
    why: "AWS's defaults guard a new bucket; stated, they also guard it from being changed by hand.",
    remediation:
        "Add aws.s3.BucketPublicAccessBlock and aws.s3.BucketServerSideEncryptionConfiguration for the bucket.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    frameworks: [
        { name: "AWS FSBP", control: "S3.8" },
        { name: "CIS AWS 3.0", control: "2.1.4" },
    ],
    checkStack(stack, report) {
        for (const bucket of stack.ofType("aws:s3/bucket:Bucket")) {
            for (const { type, own, wrong, mend } of companions) {
                const stated =
                    own !== "" &&
                    !bucket.get(own).absent &&
                    bucket.get(own).hasUnknown() === false &&
                    bucket.get(own).keys().length > 0;
                if (!stated && stack.referringTo(bucket, "bucket", type).length === 0) {
                    report.fault("", wrong, mend, bucket.urn);
                }
            }
        }
    },
};
