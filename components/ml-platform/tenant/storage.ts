import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { catalogDatabase, type TenantBucket, tenantResource } from "../../../config/tenant-names";
import { PrivateBucket } from "../../foundation/bucket";
import type { LifecycleRules } from "../../foundation/bucket-lifecycle";
import { EncryptionKey } from "../../foundation/key";
import { eventBridgeMayUseKey, servicesMayUseKey } from "../../foundation/key-statements";
import type { TenantScope } from "./args";
import { lakeKinds, lakePrefix } from "./statements";

const lifecycles: Readonly<Record<TenantBucket, LifecycleRules>> = {
    // models and job code: the newest stays, what was replaced goes with the housekeeping rule
    artifacts: { cold: { transitions: [{ days: 90, storageClass: "STANDARD_IA" }] } },
    data: {
        cold: { transitions: [{ days: 60, storageClass: "INTELLIGENT_TIERING" }] },
        scratch: { prefix: "tmp/", expireDays: 14 },
    },
    logs: { logs: { expireDays: 90 } },
};

/** Key, buckets and databases of one tenant. */
export class TenantStorage extends pulumi.ComponentResource {
    readonly keyArn: pulumi.Output<string>;
    readonly artifacts: PrivateBucket;
    readonly data: PrivateBucket;
    readonly logs: PrivateBucket;
    readonly databases: readonly aws.glue.CatalogDatabase[];

    constructor(
        name: string,
        { scope, protect }: { readonly scope: TenantScope; readonly protect: boolean },
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("platforms:ml-platform:TenantStorage", name, {}, opts);
        const parent = { parent: this } as const;
        this.keyArn = new EncryptionKey(
            `${name}-data`,
            {
                accountId: scope.accountId,
                region: scope.region,
                description: `Data of ${scope.product}'s tenant ${scope.tenant}`,
                alias: tenantResource(scope, "data"),
                statements: [
                    servicesMayUseKey(scope.accountId, ["cloudwatch", "budgets", "s3"]),
                    ...eventBridgeMayUseKey(scope),
                ],
                protect,
            },
            parent,
        ).arn;
        const bucket = (key: TenantBucket) =>
            new PrivateBucket(
                `${name}-${key}`,
                {
                    accountId: scope.accountId,
                    region: scope.region,
                    bucketName: tenantResource(scope, key),
                    keyArn: this.keyArn,
                    logBucketName: scope.logBucketName,
                    lifecycle: lifecycles[key],
                    protect,
                },
                parent,
            );
        this.artifacts = bucket("artifacts");
        this.data = bucket("data");
        this.logs = bucket("logs");
        // production and staging read and write the same ones
        this.databases = lakeKinds.map(
            (kind) =>
                new aws.glue.CatalogDatabase(
                    `${name}-${kind}`,
                    {
                        name: catalogDatabase(scope.product, scope.tenant, kind),
                        description: `${kind} tables of tenant ${scope.tenant}`,
                        locationUri: pulumi.interpolate`s3://${scope.lake.bucketName}/${lakePrefix(kind, scope.tenant)}`,
                    },
                    parent,
                ),
        );
        this.registerOutputs({ keyArn: this.keyArn });
    }
}
