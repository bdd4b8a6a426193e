import type * as pulumi from "@pulumi/pulumi";
import { sized, type Values } from "../tools";
import { collectorGateway, jaegerName, lokiUrl, otlpPorts } from "./names";

export interface XRay {
    readonly region: string;
    /** Role that the gateway's pods take. */
    readonly roleArn: pulumi.Input<string>;
}

/** The distribution with the X-Ray exporter; its tag is that of the chart. */
const image = { repository: "otel/opentelemetry-collector-contrib" };

const memoryLimiter = { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 20 };
const batch = { send_batch_size: 1024, timeout: "2s" };

/** Lines of the app are JSON objects: their fields become attributes, so that Loki can search for them. */
const parseJson = {
    error_mode: "ignore",
    log_statements: [
        {
            context: "log",
            statements: [
                'merge_maps(log.attributes, ParseJSON(log.body), "upsert") where IsString(log.body) and IsMatch(log.body, "^\\\\{")',
            ],
        },
    ],
};

/** Ports that the chart opens for protocols that nobody here speaks. */
const ports = Object.fromEntries(
    ["jaeger-compact", "jaeger-thrift", "jaeger-grpc", "zipkin"].map((port) => [port, { enabled: false }]),
);

/** Takes what the app and the agents send, and hands it on. https://opentelemetry.io/docs/collector/deployment/gateway/ */
export function gatewayValues(xray?: XRay): Values {
    const traceExporters = ["otlp/jaeger", ...(xray === undefined ? [] : ["awsxray"])];
    const processors = ["memory_limiter", "k8sattributes", "batch"];
    return {
        mode: "deployment",
        replicaCount: 2,
        fullnameOverride: collectorGateway,
        image,
        ports,
        presets: { kubernetesAttributes: { enabled: true } },
        serviceAccount: {
            create: true,
            name: collectorGateway,
            annotations: xray === undefined ? {} : { "eks.amazonaws.com/role-arn": xray.roleArn },
        },
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        serviceMonitor: { enabled: true },
        config: {
            receivers: {
                otlp: {
                    protocols: {
                        grpc: { endpoint: `\${env:MY_POD_IP}:${otlpPorts.grpc}` },
                        http: { endpoint: `\${env:MY_POD_IP}:${otlpPorts.http}` },
                    },
                },
                // the chart's, for the protocols that are off
                jaeger: null,
                zipkin: null,
            },
            processors: { memory_limiter: memoryLimiter, batch, transform: parseJson },
            exporters: {
                "otlp/jaeger": { endpoint: `${jaegerName}:${otlpPorts.grpc}`, tls: { insecure: true } },
                "otlphttp/loki": { endpoint: `${lokiUrl}/otlp` },
                ...(xray === undefined ? {} : { awsxray: { region: xray.region } }),
            },
            service: {
                pipelines: {
                    traces: { receivers: ["otlp"], processors, exporters: traceExporters },
                    logs: {
                        receivers: ["otlp"],
                        processors: ["memory_limiter", "transform", "batch"],
                        exporters: ["otlphttp/loki"],
                    },
                    // Prometheus scrapes metrics itself
                    metrics: null,
                },
            },
        },
        ...sized("100m", "512Mi"),
    };
}

/** One on each node: reads the containers' logs. https://opentelemetry.io/docs/collector/deployment/agent/ */
export function agentValues(): Values {
    return {
        mode: "daemonset",
        fullnameOverride: "otel-agent",
        image,
        ports,
        presets: {
            logsCollection: { enabled: true, includeCollectorLogs: false, storeCheckpoints: true },
            kubernetesAttributes: { enabled: true },
        },
        // logs of nodes that nothing else runs on are logs too
        tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
        config: {
            receivers: { jaeger: null, zipkin: null, prometheus: null },
            processors: { memory_limiter: memoryLimiter, batch },
            exporters: { otlp: { endpoint: `${collectorGateway}:${otlpPorts.grpc}`, tls: { insecure: true } } },
            service: {
                pipelines: {
                    logs: {
                        receivers: ["filelog"],
                        processors: ["memory_limiter", "k8sattributes", "batch"],
                        exporters: ["otlp"],
                    },
                    traces: null,
                    metrics: null,
                },
            },
        },
        ...sized("50m", "256Mi"),
    };
}
