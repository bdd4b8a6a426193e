import { z } from "zod";
import { textOf } from "./fields";
import { tagMap } from "./platforms/aws-target";
import { demoApp } from "./platforms/demo-app";
import { imagePipeline } from "./platforms/image-pipeline";
import { mlPlatform } from "./platforms/ml-platform";
import { sharedServices } from "./platforms/shared-services";
import { transcription } from "./platforms/transcription";
import { webApp } from "./platforms/web-app";

/**
 * Everything a stack's config may hold, and nothing else. A platform is part of a stack when its key is present.
 * The keys are `platforms:<key>` in `Pulumi.<stack>.yaml`. What relates platforms to each other is in `cross-platform.ts`.
 */
export const stackSchema = z.strictObject({
    environment: textOf(/^[a-z][a-z0-9]{1,9}$/, "a short lower-case environment name such as dev").describe(
        "Environment of the stack; part of names and tags. A platform may carry its own.",
    ),
    tags: tagMap().prefault({}).describe("Tags on every AWS resource of the stack, beside the standard ones."),
    demoApp: demoApp.optional().describe("Three-tier demo app on Kubernetes."),
    imagePipeline: imagePipeline.optional().describe("MediaViz: image upload, processing and models on AWS."),
    transcription: transcription.optional().describe("Thoth: speech to text with music terms."),
    mlPlatform: mlPlatform
        .optional()
        .describe("Platform for machine learning with EMR and SageMaker, and its tenants."),
    webApp: webApp.optional().describe("Taskava: web app on CloudFront, ECS Fargate, PostgreSQL and Redis."),
    sharedServices: sharedServices.optional().describe("Accounts that the environments of a system share."),
});

export type StackConfig = z.output<typeof stackSchema>;
