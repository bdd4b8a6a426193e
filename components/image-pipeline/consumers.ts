import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import type { EventConsumer } from "./events";
import {
    type ModelType,
    modelNames,
    modelTypes,
    processorNames,
    processorTimeoutSeconds,
    processorTypes,
} from "./model-types";

/** All model types as consumers of events, with the time that each may take. */
export function consumersOf(models: ImagePipelineConfig["models"]): Readonly<Record<ModelType, EventConsumer>> {
    return Object.fromEntries([
        ...processorNames.map((name) => [
            name,
            { ...processorTypes[name], timeoutSeconds: processorTimeoutSeconds, maxAgeSeconds: 900 },
        ]),
        ...modelNames.map((name) => [
            name,
            // By night one pod works off what comes in, so an hour's wait is no fault.
            { ...modelTypes[name], timeoutSeconds: models[name].timeoutSeconds, maxAgeSeconds: 3600 },
        ]),
    ]) as Record<ModelType, EventConsumer>;
}
