import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { appLabels } from "../labels";
import { containerSecurityContext, podSecurityContext } from "../pod-security";
import { jaegerName, jaegerQueryPort, otlpPorts } from "./names";

export interface TracesArgs {
    readonly namespace: pulumi.Input<string>;
    readonly retentionDays: number;
    /** Size of the volume. */
    readonly storage: string;
    /** @default the cluster's own */
    readonly storageClass?: pulumi.Input<string>;
}

// https://github.com/jaegertracing/jaeger/releases: 2.x is one binary for all parts
const image = "jaegertracing/jaeger:2.19.0";
const healthPort = 13133;
const dataMount = "/badger";
/** User of the image. */
const runAs = { uid: 10001, gid: 10001 };
const selector = { "app.kubernetes.io/name": jaegerName };

/** https://www.jaegertracing.io/docs/2.19/deployment/configuration/ with Badger, an embedded store for one instance */
export function jaegerConfig(retentionDays: number): object {
    return {
        service: {
            extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
            pipelines: {
                traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] },
            },
        },
        extensions: {
            healthcheckv2: { use_v2: true, http: { endpoint: `0.0.0.0:${healthPort}` } },
            jaeger_query: {
                storage: { traces: "badger" },
                http: { endpoint: `0.0.0.0:${jaegerQueryPort}` },
            },
            jaeger_storage: {
                backends: {
                    badger: {
                        badger: {
                            directories: { keys: `${dataMount}/keys`, values: `${dataMount}/values` },
                            ephemeral: false,
                            ttl: { spans: `${retentionDays * 24}h` },
                        },
                    },
                },
            },
        },
        receivers: {
            otlp: {
                protocols: {
                    grpc: { endpoint: `0.0.0.0:${otlpPorts.grpc}` },
                    http: { endpoint: `0.0.0.0:${otlpPorts.http}` },
                },
            },
        },
        processors: { batch: {} },
        exporters: { jaeger_storage_exporter: { trace_storage: "badger" } },
    };
}

/** Jaeger: takes traces from the collector, keeps them for some days and shows them. */
export class Traces extends pulumi.ComponentResource {
    constructor(name: string, args: TracesArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:Traces", name, {}, opts);
        const child = { parent: this };
        const labels = { ...appLabels(), ...selector };
        const metadata = { name: jaegerName, namespace: args.namespace, labels };

        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            {
                metadata: { namespace: args.namespace, labels },
                // JSON is YAML
                data: { "config.yaml": JSON.stringify(jaegerConfig(args.retentionDays), null, 2) },
                immutable: true,
            },
            child,
        );
        const volume = new k8s.core.v1.PersistentVolumeClaim(
            `${name}-volume`,
            {
                metadata: { ...metadata, name: `${jaegerName}-data` },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    resources: { requests: { storage: args.storage } },
                    storageClassName: args.storageClass,
                },
            },
            child,
        );
        const healthy = { httpGet: { path: "/status", port: "health" } };
        const resources = { cpu: "100m", memory: "512Mi" };
        new k8s.apps.v1.Deployment(
            `${name}-deployment`,
            {
                metadata,
                spec: {
                    replicas: 1,
                    selector: { matchLabels: selector },
                    // two can't have the store open
                    strategy: { type: "Recreate" },
                    template: {
                        metadata: { labels },
                        spec: {
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            securityContext: podSecurityContext(runAs),
                            containers: [
                                {
                                    name: jaegerName,
                                    image,
                                    args: ["--config=/etc/jaeger/config.yaml"],
                                    ports: [
                                        { name: "otlp-grpc", containerPort: otlpPorts.grpc },
                                        { name: "query", containerPort: jaegerQueryPort },
                                        { name: "health", containerPort: healthPort },
                                    ],
                                    resources: { requests: resources, limits: { cpu: "1", memory: "1Gi" } },
                                    securityContext: containerSecurityContext,
                                    startupProbe: { ...healthy, periodSeconds: 2, failureThreshold: 60 },
                                    livenessProbe: { ...healthy, periodSeconds: 10 },
                                    readinessProbe: { ...healthy, periodSeconds: 5 },
                                    volumeMounts: [
                                        { name: "config", mountPath: "/etc/jaeger", readOnly: true },
                                        { name: "data", mountPath: dataMount },
                                        { name: "tmp", mountPath: "/tmp" },
                                    ],
                                },
                            ],
                            volumes: [
                                { name: "config", configMap: { name: config.metadata.name } },
                                { name: "data", persistentVolumeClaim: { claimName: volume.metadata.name } },
                                { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
                            ],
                        },
                    },
                },
            },
            child,
        );
        new k8s.core.v1.Service(
            `${name}-service`,
            {
                metadata,
                spec: {
                    type: "ClusterIP",
                    selector,
                    ports: [
                        { name: "otlp-grpc", port: otlpPorts.grpc, targetPort: "otlp-grpc" },
                        { name: "query", port: jaegerQueryPort, targetPort: "query" },
                    ],
                },
            },
            child,
        );
        this.registerOutputs({});
    }
}
