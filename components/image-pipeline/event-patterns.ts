/** Event of this system that asks for one model to look at an image again; the shape of `detail` is S3's. */
export const reprocessingEvent = { source: "mediaviz.reprocessing", detailType: "Reprocessing Requested" } as const;

/** New images: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function uploadedPattern(bucketName: string, prefix: string): Record<string, unknown> {
    return {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [bucketName] }, object: { key: [{ prefix }] } },
    };
}

/**
 * What one model type is to look at: every new image, and images that someone asks it to look at again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function modelPattern(bucketName: string, prefix: string, modelType: string): Record<string, unknown> {
    return {
        $or: [
            uploadedPattern(bucketName, prefix),
            {
                source: [reprocessingEvent.source],
                "detail-type": [reprocessingEvent.detailType],
                detail: {
                    modelType: [modelType],
                    bucket: { name: [bucketName] },
                    object: { key: [{ prefix }] },
                },
            },
        ],
    };
}
