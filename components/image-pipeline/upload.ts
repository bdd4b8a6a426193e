import * as pulumi from "@pulumi/pulumi";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { identityMayUseKey } from "../foundation/key-statements";
import { ImageFunction, sharedImage } from "./image-function";
import type { ImagesBucket } from "./images-bucket";
import type { PipelineKeys } from "./keys";
import { type PipelinePlace, uploadPrefix } from "./place";

export interface UploadArgs extends PipelinePlace {
    readonly settings: ImagePipelineConfig["upload"];
    readonly sharedAccountId: string;
    readonly images: ImagesBucket;
    readonly keys: Pick<PipelineKeys, "images" | "operations">;
}

/** Hands out links by which callers put one image into S3; the image itself never passes the API. */
export function createUpload(name: string, args: UploadArgs, opts: pulumi.ComponentResourceOptions): ImageFunction {
    const { bucket } = args.images;
    return new ImageFunction(
        name,
        {
            accountId: args.accountId,
            region: args.region,
            environment: args.environment,
            logRetentionDays: args.logRetentionDays,
            protect: args.protect,
            purpose: "upload",
            description: "Hands out links for the upload of images",
            imageUri: sharedImage(args.sharedAccountId, args.region, args.settings.image),
            timeoutSeconds: 30,
            memoryMb: args.settings.memoryMb,
            reservedConcurrency: args.settings.reservedConcurrency,
            environmentVariables: {
                BUCKET_NAME: bucket.bucketName,
                UPLOAD_PREFIX: uploadPrefix,
                MAX_UPLOAD_BYTES: String(args.settings.maxUploadMib * 1024 * 1024),
                // Seconds that a link is good for.
                LINK_LIFETIME_SECONDS: "300",
            },
            statements: [
                {
                    sid: "PutUploads",
                    actions: ["s3:PutObject"],
                    resources: [pulumi.interpolate`${bucket.arn}/${uploadPrefix}*`],
                },
                identityMayUseKey(args.keys.images.arn, "EncryptUploads"),
            ],
            keys: args.keys,
        },
        opts,
    );
}
