import * as pulumi from "@pulumi/pulumi";
import { nameRules, physicalName } from "../../config/names";
import { PrivateBucket } from "../foundation/bucket";
import { LogBucket } from "../foundation/log-bucket";
import type { SharedServicesArgs } from "./args";

export interface ArtifactsArgs
    extends Pick<SharedServicesArgs, "artifacts" | "system" | "accountId" | "region" | "deletionProtection"> {
    readonly keyArn: pulumi.Input<string>;
}

/** Buckets of model weights, packages and the like, whose requests are logged. */
export class Artifacts extends pulumi.ComponentResource {
    readonly buckets: Readonly<Record<string, PrivateBucket>>;

    constructor(name: string, args: ArtifactsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:shared-services:Artifacts", name, {}, opts);
        const parent = { parent: this };
        const { accountId, region, keyArn, deletionProtection: protect } = args;
        const logs = new LogBucket(`${name}-logs`, { accountId, region, sources: ["s3"], protect }, parent);
        this.buckets = Object.fromEntries(
            Object.entries(args.artifacts).map(([purpose, { bucketName, noncurrentDays }]) => [
                purpose,
                new PrivateBucket(
                    `${name}-${purpose}`,
                    {
                        accountId,
                        region,
                        keyArn,
                        protect,
                        noncurrentDays,
                        bucketName:
                            bucketName ?? physicalName(nameRules.s3Bucket, args.system, "shared", purpose, accountId),
                        logBucketName: logs.bucketName,
                    },
                    parent,
                ),
            ]),
        );
        this.registerOutputs({});
    }
}
