import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { PrivateBucket, type PrivateBucketArgs } from "../../../components/foundation/bucket";
import { LogBucket, type LogBucketArgs, loadBalancerLogPrefix } from "../../../components/foundation/log-bucket";
import { record, rejection, testPlace } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";

const keyArn = "arn:aws:kms:us-east-1:111111111111:key/media";
const args: PrivateBucketArgs = { ...testPlace, keyArn };
const build = (more: Partial<PrivateBucketArgs> = {}) => record(() => new PrivateBucket("media", { ...args, ...more }));

describe("PrivateBucket", () => {
    it("is closed to the public and to ACLs, versioned and encrypted with the key", async () => {
        const { recording } = await build();
        assert.deepEqual(recording.inputsOf(aws.s3.Bucket), { forceDestroy: false });
        const { bucket, ...block } = recording.inputsOf(aws.s3.BucketPublicAccessBlock);
        assert.match(bucket, /^bucket-/);
        assert.deepEqual(block, {
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(recording.inputsOf(aws.s3.BucketOwnershipControls).rule, {
            objectOwnership: "BucketOwnerEnforced",
        });
        assert.deepEqual(recording.inputsOf(aws.s3.BucketVersioning).versioningConfiguration, { status: "Enabled" });
        assert.deepEqual(recording.inputsOf(aws.s3.BucketServerSideEncryptionConfiguration).rules, [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                bucketKeyEnabled: true,
            },
        ]);
        for (const optional of [aws.s3.BucketLogging, aws.s3.BucketNotification, aws.s3.BucketReplicationConfig]) {
            assert.deepEqual(recording.names(optional), []);
        }
    });

    it("refuses plain text and old TLS from everyone, and allows what is said besides", async () => {
        const { recording } = await build({
            statements: (bucketArn) => [
                {
                    sid: "Reader",
                    actions: ["s3:GetObject"],
                    principals: { aws: ["arn:aws:iam::222222222222:role/reader"] },
                    resources: [bucketArn.apply((arn) => `${arn}/public/*`)],
                },
            ],
        });
        const policy = recording.inputsOf(aws.s3.BucketPolicy).policy;
        const everything = ["arn:aws:s3:::media-bucket", "arn:aws:s3:::media-bucket/*"];
        assert.deepEqual(statementOf(policy, "DenyPlainText"), {
            Sid: "DenyPlainText",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:*"],
            Resource: everything,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        });
        assert.deepEqual(statementOf(policy, "DenyOldTls").Condition, { NumericLessThan: { "s3:TlsVersion": "1.2" } });
        assert.deepEqual(statementOf(policy, "DenyOldTls").Resource, everything);
        assert.deepEqual(statementOf(policy, "Reader").Resource, ["arn:aws:s3:::media-bucket/public/*"]);
        assert.equal(Object.keys(statementsOf(policy)).length, 3);
    });

    it("clears away old versions and unfinished uploads, and ages objects as told", async () => {
        const { recording } = await build({
            noncurrentDays: 30,
            lifecycle: {
                raw: {
                    prefix: "raw/",
                    expireDays: 365,
                    noncurrentDays: 1,
                    transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
                },
            },
        });
        assert.deepEqual(recording.inputsOf(aws.s3.BucketLifecycleConfiguration).rules, [
            {
                id: "housekeeping",
                status: "Enabled",
                filter: { prefix: "" },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                noncurrentVersionExpiration: { noncurrentDays: 30 },
                expiration: { expiredObjectDeleteMarker: true },
            },
            {
                id: "raw",
                status: "Enabled",
                filter: { prefix: "raw/" },
                expiration: { days: 365 },
                noncurrentVersionExpiration: { noncurrentDays: 1 },
                transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
            },
        ]);
    });

    it("logs requests and tells EventBridge where asked for", async () => {
        const { recording } = await build({ logBucketName: "logs", eventBridge: true, bucketName: "shop-dev-media" });
        assert.equal(recording.inputsOf(aws.s3.Bucket).bucket, "shop-dev-media");
        const logging = recording.inputsOf(aws.s3.BucketLogging);
        assert.deepEqual([logging.targetBucket, logging.targetPrefix], ["logs", "s3/media/"]);
        assert.equal(recording.inputsOf(aws.s3.BucketNotification).eventbridge, true);
    });

    it("copies everything to another region by a role that can do just that", async () => {
        const { recording } = await build({
            replication: {
                bucketArn: "arn:aws:s3:::media-copy",
                keyArn: "arn:aws:kms:us-west-2:111111111111:key/copy",
                region: "us-west-2",
            },
        });
        const [rule, ...others] = recording.inputsOf(aws.s3.BucketReplicationConfig).rules;
        assert.deepEqual(others, []);
        assert.equal(rule?.destination.bucket, "arn:aws:s3:::media-copy");
        assert.equal(
            rule?.destination.encryptionConfiguration?.replicaKmsKeyId,
            "arn:aws:kms:us-west-2:111111111111:key/copy",
        );
        assert.equal(rule?.destination.metrics?.status, "Enabled");
        assert.equal(rule?.sourceSelectionCriteria?.sseKmsEncryptedObjects?.status, "Enabled");
        const policy = recording.inputsOf(aws.iam.RolePolicy).policy;
        assert.deepEqual(
            Object.values(statementsOf(policy)).map((statement) => [statement.Sid, statement.Resource]),
            [
                ["ReadConfiguration", ["arn:aws:s3:::media-bucket"]],
                ["ReadVersions", ["arn:aws:s3:::media-bucket/*"]],
                ["WriteCopies", ["arn:aws:s3:::media-copy/*"]],
                ["DecryptObjects", [keyArn]],
                ["EncryptCopies", ["arn:aws:kms:us-west-2:111111111111:key/copy"]],
            ],
        );
        assert.deepEqual(statementOf(recording.inputsOf(aws.iam.Role).assumeRolePolicy, "AllowService").Condition, {
            StringEquals: { "aws:SourceAccount": "111111111111" },
            ArnEquals: { "aws:SourceArn": "arn:aws:s3:::media-bucket" },
        });
    });

    it("tells all that is wrong at once", () => {
        const message = rejection(
            () =>
                new PrivateBucket("media", {
                    ...args,
                    bucketName: "Shop_Media",
                    protect: true,
                    forceDestroy: true,
                    noncurrentDays: 0,
                    replication: { bucketArn: "arn:aws:s3:::copy", keyArn, region: "us-east-1" },
                    lifecycle: {
                        housekeeping: { expireDays: 1 },
                        nothing: {},
                        late: { expireDays: 60, transitions: [{ days: 90, storageClass: "GLACIER" }] },
                        early: { transitions: [{ days: 7, storageClass: "STANDARD_IA" }] },
                    },
                }),
        );
        for (const expected of [
            /bucketName is not a name for S3: S3 bucket name "Shop_Media" breaks the rule/,
            /forceDestroy can't be true where protect is/,
            /noncurrentDays must be a whole number from 1 to 36500, got 0/,
            /replication\.region must be another region than the bucket's own \(us-east-1\)/,
            /lifecycle\.housekeeping is the name of the bucket's own rule/,
            /lifecycle\.nothing must do something/,
            /lifecycle\.late\.transitions\.GLACIER\.days must come before the objects go \(60 days\), got 90/,
            /lifecycle\.early\.transitions\.STANDARD_IA\.days must be a whole number from 30 to 36500, got 7/,
        ]) {
            assert.match(message, expected);
        }
    });
});

describe("LogBucket", () => {
    const logArgs: LogBucketArgs = { ...testPlace, sources: ["s3", "load-balancer"] };
    const buildLogs = (more: Partial<LogBucketArgs> = {}) =>
        record(() => new LogBucket("logs", { ...logArgs, ...more }));

    it("takes deliveries of the services named, each for this account and its own part of the bucket", async () => {
        const { recording } = await buildLogs();
        const policy = recording.inputsOf(aws.s3.BucketPolicy).policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), [
            "DenyPlainText",
            "DenyOldTls",
            "S3AccessLogs",
            "LoadBalancerLogs",
        ]);
        assert.deepEqual(statementOf(policy, "S3AccessLogs"), {
            Sid: "S3AccessLogs",
            Effect: "Allow",
            Principal: { Service: ["logging.s3.amazonaws.com"] },
            Action: ["s3:PutObject"],
            Resource: ["arn:aws:s3:::logs-bucket/s3/*"],
            Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        });
        const balancer = statementOf(policy, "LoadBalancerLogs");
        assert.deepEqual(balancer.Principal, { Service: ["logdelivery.elasticloadbalancing.amazonaws.com"] });
        assert.deepEqual(balancer.Resource, [`arn:aws:s3:::logs-bucket/${loadBalancerLogPrefix}/*`]);
        assert.deepEqual(balancer.Condition, {
            ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/*" },
        });
    });

    it("is encrypted with S3's own key, since no other can be written under, and forgets", async () => {
        const { recording } = await buildLogs({ expireDays: 90 });
        assert.deepEqual(recording.inputsOf(aws.s3.BucketServerSideEncryptionConfiguration).rules, [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
        const rules = recording.inputsOf(aws.s3.BucketLifecycleConfiguration).rules;
        assert.deepEqual(rules?.[1], {
            id: "logs",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: 90 },
        });
        assert.equal(recording.inputsOf(aws.s3.BucketPublicAccessBlock).restrictPublicBuckets, true);
    });

    it("takes CloudFront's and WAF's deliveries", async () => {
        const { recording } = await buildLogs({ bucketName: "aws-waf-logs-shop", sources: ["cloudfront", "waf"] });
        const policy = recording.inputsOf(aws.s3.BucketPolicy).policy;
        assert.deepEqual(Object.keys(statementsOf(policy)).slice(2), [
            "CloudFrontLogs",
            "CloudFrontLogsCheck",
            "WafLogs",
            "WafLogsCheck",
        ]);
        assert.deepEqual(statementOf(policy, "CloudFrontLogs").Condition, {
            StringEquals: { "aws:SourceAccount": "111111111111", "s3:x-amz-acl": "bucket-owner-full-control" },
            ArnLike: { "aws:SourceArn": ["arn:aws:logs:us-east-1:111111111111:delivery-source:*"] },
        });
        assert.deepEqual(statementOf(policy, "WafLogsCheck").Action, ["s3:GetBucketAcl"]);
    });

    it("refuses no source, a source twice, and a name that WAF can't deliver to", () => {
        const refused = (more: Partial<LogBucketArgs>) =>
            rejection(() => new LogBucket("logs", { ...logArgs, ...more }));
        assert.match(refused({ sources: [] }), /sources must name at least one service/);
        assert.match(refused({ sources: ["s3", "s3"] }), /sources must differ, got s3, s3/);
        assert.match(refused({ sources: ["waf"], bucketName: "shop" }), /bucketName must start with aws-waf-logs-/);
    });
});
