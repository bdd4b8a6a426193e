import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { healthPaths, healthPort, modelResources, runAs } from "./workload-contract";

export interface ModelPodArgs {
    readonly labels: Readonly<Record<string, string>>;
    readonly image: string;
    readonly serviceAccountName: pulumi.Input<string>;
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    readonly gpus: number;
    /** Longest that one image may take: a pod that is asked to stop finishes its image first. */
    readonly timeoutSeconds: number;
}

const http = (path: string) => ({ httpGet: { path, port: healthPort } });

/** Pods of a model: on GPU nodes, without any right in the cluster or on the node. */
export function modelPodTemplate(args: ModelPodArgs): k8s.types.input.core.v1.PodTemplateSpec {
    const gpus = { "nvidia.com/gpu": String(args.gpus) };
    return {
        metadata: { labels: args.labels },
        spec: {
            serviceAccountName: args.serviceAccountName,
            // The role comes as a projected token of its own; the pod never talks to the Kubernetes API.
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            nodeSelector: { "nvidia.com/gpu.present": "true" },
            tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
            terminationGracePeriodSeconds: args.timeoutSeconds + 30,
            topologySpreadConstraints: [
                {
                    maxSkew: 1,
                    topologyKey: "topology.kubernetes.io/zone",
                    // GPU capacity may be had in one zone only.
                    whenUnsatisfiable: "ScheduleAnyway",
                    labelSelector: { matchLabels: args.labels },
                },
            ],
            securityContext: {
                runAsNonRoot: true,
                runAsUser: runAs.uid,
                runAsGroup: runAs.gid,
                fsGroup: runAs.gid,
                seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
                {
                    name: "model",
                    image: args.image,
                    env: Object.entries(args.environment).map(([name, value]) => ({ name, value })),
                    ports: [{ name: "health", containerPort: healthPort }],
                    resources: {
                        requests: { cpu: modelResources.cpu, memory: modelResources.memory, ...gpus },
                        limits: { memory: modelResources.memory, cpu: modelResources.cpu, ...gpus },
                    },
                    // Loading a model's weights takes minutes: half an hour before the kubelet gives up.
                    startupProbe: { ...http(healthPaths.live), periodSeconds: 10, failureThreshold: 180 },
                    livenessProbe: {
                        ...http(healthPaths.live),
                        periodSeconds: 20,
                        timeoutSeconds: 5,
                        failureThreshold: 3,
                    },
                    readinessProbe: { ...http(healthPaths.ready), periodSeconds: 10, timeoutSeconds: 5 },
                    securityContext: {
                        allowPrivilegeEscalation: false,
                        readOnlyRootFilesystem: true,
                        capabilities: { drop: ["ALL"] },
                    },
                    volumeMounts: [
                        { name: "scratch", mountPath: "/tmp" },
                        { name: "shared-memory", mountPath: "/dev/shm" },
                    ],
                },
            ],
            volumes: [
                { name: "scratch", emptyDir: { sizeLimit: modelResources.scratch } },
                // PyTorch's data loaders exchange tensors here; the default of 64 MiB breaks them.
                { name: "shared-memory", emptyDir: { medium: "Memory", sizeLimit: modelResources.sharedMemory } },
            ],
        },
    };
}
