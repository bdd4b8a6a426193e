import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { catalogDatabase } from "../../config/tenant-names";
import type { Place } from "../foundation/arn";
import { PrivateBucket } from "../foundation/bucket";
import { LogBucket } from "../foundation/log-bucket";
import { type MlPlatformArgs, sharedResource } from "./args";
import type { Lake } from "./tenant/args";
import { lakeKinds, lakePrefix } from "./tenant/statements";

export interface SharedLakeArgs extends Place, Pick<MlPlatformArgs, "product" | "environment" | "protect"> {
    readonly keyArn: pulumi.Input<string>;
}

/** The bucket that tables of all tenants lie in, each tenant's under prefixes of its own, and the databases that all read. */
export class SharedLake extends pulumi.ComponentResource implements Lake {
    readonly bucketName: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly keyArn: pulumi.Input<string>;
    readonly sharedDatabases: readonly string[];
    /** Bucket that requests to all buckets of the platform are logged to. */
    readonly logBucketName: pulumi.Output<string>;

    constructor(name: string, args: SharedLakeArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:SharedLake", name, {}, opts);
        const parent = { parent: this } as const;
        const place = { accountId: args.accountId, region: args.region };
        this.keyArn = args.keyArn;
        const logs = new LogBucket(
            `${name}-access-logs`,
            { ...place, sources: ["s3"], bucketName: sharedResource(args, "access-logs"), protect: args.protect },
            parent,
        );
        this.logBucketName = logs.bucketName;
        const bucket = new PrivateBucket(
            `${name}-tables`,
            {
                ...place,
                bucketName: sharedResource(args, "lake"),
                keyArn: args.keyArn,
                logBucketName: logs.bucketName,
                // Iceberg writes files anew all the time; what it replaced is of use for a while only
                noncurrentDays: 14,
                lifecycle: { cold: { transitions: [{ days: 60, storageClass: "INTELLIGENT_TIERING" }] } },
                protect: args.protect,
            },
            parent,
        );
        this.bucketName = bucket.bucketName;
        this.arn = bucket.arn;
        // for the whole account and region: table definitions name columns, and those tell what the data is
        new aws.glue.DataCatalogEncryptionSettings(
            `${name}-catalog-encryption`,
            {
                dataCatalogEncryptionSettings: {
                    encryptionAtRest: { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: args.keyArn },
                    connectionPasswordEncryption: {
                        returnConnectionPasswordEncrypted: true,
                        awsKmsKeyId: args.keyArn,
                    },
                },
            },
            parent,
        );
        this.sharedDatabases = lakeKinds.map((kind) => catalogDatabase(args.product, undefined, kind));
        for (const kind of lakeKinds) {
            new aws.glue.CatalogDatabase(
                `${name}-${kind}`,
                {
                    name: catalogDatabase(args.product, undefined, kind),
                    description: `${kind} tables that all tenants read`,
                    locationUri: pulumi.interpolate`s3://${bucket.bucketName}/${lakePrefix(kind, "shared")}`,
                },
                parent,
            );
        }
        this.registerOutputs({ bucketName: this.bucketName });
    }
}
