import * as pulumi from "@pulumi/pulumi";
import { loadConfig } from "./config/load";

/**
 * The program: what the stack's config asks for, and nothing else. Pulumi calls this function and takes its result as the
 * stack's outputs. Platforms are imported when a stack has them, so that a stack pays for nothing it doesn't use.
 */
export = async (): Promise<Record<string, unknown>> => {
    const config = loadConfig();
    const common = { environment: config.environment, tags: { Stack: pulumi.getStack(), ...config.tags } };
    const outputs: Record<string, unknown> = { environment: config.environment };

    if (config.demoApp) {
        const { DemoApp } = await import("./components/demo-app/index.js");
        const { namespace, frontendUrl, backendUrl, clusterName, portForward } = new DemoApp("demo-app", {
            ...common,
            ...config.demoApp,
        });
        outputs["demoApp"] = { namespace, frontendUrl, backendUrl, clusterName, portForward };
    }

    if (config.imagePipeline) {
        const { ImagePipeline } = await import("./components/image-pipeline/index.js");
        const pipeline = new ImagePipeline("image-pipeline", { ...common, ...config.imagePipeline });
        outputs["imagePipeline"] = pipeline.outputs;
    }

    if (config.transcription) {
        const { TranscriptionService } = await import("./components/transcription/index.js");
        outputs["transcription"] = new TranscriptionService("transcription", {
            ...common,
            ...config.transcription,
        }).outputs;
    }

    if (config.mlPlatform) {
        const { MlPlatform } = await import("./components/ml-platform/index.js");
        outputs["mlPlatform"] = new MlPlatform("ml-platform", { ...common, ...config.mlPlatform }).outputs;
    }

    if (config.webApp) {
        const { WebApp } = await import("./components/web-app/index.js");
        const { url, distributionId, clusterName, databaseIdentifier, staticBucket, repositoryUrls, deployRoleArn } =
            new WebApp("web-app", { ...common, ...config.webApp });
        outputs["webApp"] = {
            url,
            distributionId,
            clusterName,
            databaseIdentifier,
            staticBucket,
            repositoryUrls,
            deployRoleArn,
        };
    }

    if (config.sharedServices) {
        const { SharedServices } = await import("./components/shared-services/index.js");
        outputs["sharedServices"] = Object.fromEntries(
            Object.entries(config.sharedServices.systems).map(([system, args]) => [
                system,
                new SharedServices(`shared-${system}`, { ...common, ...args, system }).outputs,
            ]),
        );
    }

    return outputs;
};
