import type { Cluster } from "../foundation/cluster";
import type { UploadApi } from "./api";
import type { DataTier } from "./data-tier";
import type { EventRouting } from "./events";
import type { ImageFunction } from "./image-function";
import type { ImagesBucket } from "./images-bucket";
import type { ObservedNames } from "./metrics-table";
import {
    deploymentName,
    modelNames,
    modelTypes,
    processorNames,
    processorTimeoutSeconds,
    processorTypes,
} from "./model-types";
import { modelsNamespace } from "./models";
import type { PipelinePlace } from "./place";
import type { Processors } from "./processors";

export interface ObservedParts {
    readonly place: PipelinePlace;
    readonly api: UploadApi;
    readonly upload: ImageFunction;
    readonly processors: Processors;
    readonly events: EventRouting;
    readonly images: ImagesBucket;
    readonly data: DataTier;
    readonly cluster: Cluster;
}

/** What the parts are called in CloudWatch. */
export function observedNames(parts: ObservedParts): ObservedNames {
    const { api, upload, processors, events, images, data, cluster } = parts;
    return {
        apiName: api.apiName,
        stageName: parts.place.environment,
        functions: {
            upload: { functionName: upload.functionName, timeoutSeconds: 30 },
            ...Object.fromEntries(
                processorNames.map((name) => [
                    processorTypes[name].slug,
                    {
                        functionName: processors.functions[name].functionName,
                        timeoutSeconds: processorTimeoutSeconds,
                    },
                ]),
            ),
        },
        clusterIdentifier: data.cluster.clusterIdentifier,
        proxyName: data.proxy.proxyName,
        eksClusterName: cluster.clusterName,
        namespace: modelsNamespace,
        deployments: Object.fromEntries(modelNames.map((name) => [modelTypes[name].slug, deploymentName(name)])),
        queues: Object.fromEntries(
            Object.entries(events.queues).map(([name, queue]) => [
                name,
                { queue: queue.name, deadLetters: queue.deadLetterQueue.name },
            ]),
        ),
        undeliveredQueue: events.undelivered.name,
        busName: events.bus.name,
        ruleNames: events.ruleNames,
        bucketName: images.bucket.bucketName,
        replicaName: images.replica.bucketName,
        webAclName: api.webAcl.metricName,
    };
}
