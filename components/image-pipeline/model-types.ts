import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";

export type ProcessorName = keyof ImagePipelineConfig["processors"];
export type ModelName = keyof ImagePipelineConfig["models"];
export type ModelType = ProcessorName | ModelName;

/** What is fixed about a model type; how much of it runs is the stack's config. */
export interface ModelTypeFacts {
    /** Part of names of queues, functions and rules. */
    readonly slug: string;
    /** What it does with an image. */
    readonly does: string;
}

/** Processors that run on Lambda. */
export const processorTypes: Readonly<Record<ProcessorName, ModelTypeFacts>> = {
    blur: { slug: "blur", does: "Measures how blurred an image is" },
    colors: { slug: "colors", does: "Finds the dominant colours of an image" },
    facialRecognition: { slug: "facial-recognition", does: "Finds and matches faces in an image" },
};

/** Models that run on GPU nodes. Their Deployments are named `eks-<slug>-model`. */
export const modelTypes: Readonly<Record<ModelName, ModelTypeFacts>> = {
    evidence: { slug: "evidence", does: "Derives evidence from an image" },
    imageClassification: { slug: "image-classification", does: "Classifies what an image shows" },
    featureExtraction: { slug: "feature-extraction", does: "Extracts the feature vector of an image" },
};

export const processorNames = Object.keys(processorTypes) as ProcessorName[];
export const modelNames = Object.keys(modelTypes) as ModelName[];

/** Name of a model's Deployment, which people scale by hand and the schedule scales by clock. */
export const deploymentName = (model: ModelName): string => `eks-${modelTypes[model].slug}-model`;

/** Longest that a processor may take; AWS ends it then. */
export const processorTimeoutSeconds = 300;

/**
 * How long a message stays hidden while a consumer works on it: six times its timeout, so that throttled retries don't
 * make it come back. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 * SQS allows 12 hours.
 */
export const visibilitySeconds = (consumerTimeoutSeconds: number): number =>
    Math.min(6 * consumerTimeoutSeconds, 43_200);
