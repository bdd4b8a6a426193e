import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ObservabilitySettings } from "../args";
import { workloads } from "../contract";
import { appLabels, selectorOf } from "../labels";
import { mergedMetricsPort } from "../mesh";
import { chartRelease, customObject, toolNamespace } from "../tools";
import { agentValues, gatewayValues, type XRay } from "./collector";
import { dashboards } from "./dashboards";
import { lokiValues } from "./logs";
import { metricsValues } from "./metrics";
import { ruleGroups } from "./rules";
import { Traces } from "./traces";

export interface ObservabilityArgs extends Omit<ObservabilitySettings, "xray"> {
    /** Name of the app's namespace. */
    readonly namespaceName: string;
    /** The namespace once it is there. */
    readonly namespace: pulumi.Input<string>;
    /** @default the cluster's own */
    readonly storageClass?: pulumi.Input<string>;
    /** Sidecars give the metrics of the app's pods. */
    readonly inMesh: boolean;
    /** The cluster is EKS. */
    readonly managedControlPlane: boolean;
    /** @default no X-Ray */
    readonly xray?: XRay;
}

const scraping = { interval: "30s", scrapeTimeout: "10s" };

/** The sidecar doesn't declare the port on which it gives the app's metrics, so the address is put together. */
const sidecarMetrics = {
    port: "http-envoy-prom",
    path: "/stats/prometheus",
    ...scraping,
    relabelings: [
        {
            sourceLabels: ["__meta_kubernetes_pod_ip"],
            targetLabel: "__address__",
            replacement: `$1:${mergedMetricsPort}`,
        },
        { sourceLabels: ["__meta_kubernetes_pod_label_app_kubernetes_io_name"], targetLabel: "job" },
    ],
};

/** Prometheus, Alertmanager, Grafana, Loki, Jaeger and the collectors, in a namespace of their own. */
export class Observability extends pulumi.ComponentResource {
    constructor(name: string, args: ObservabilityArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:Observability", name, {}, opts);
        const child = { parent: this };
        const namespace = toolNamespace(`${name}-namespace`, "kube-prometheus-stack", child).metadata.name;
        const metadata = { namespace, labels: appLabels() };

        const adminPassword = new random.RandomPassword(
            `${name}-grafana-password`,
            { length: 32, special: false },
            child,
        );
        const adminSecret = new k8s.core.v1.Secret(
            `${name}-grafana-admin`,
            { metadata, stringData: { "admin-user": "admin", "admin-password": adminPassword.result } },
            child,
        );
        const alertSecret =
            args.alertWebhookUrl === undefined
                ? undefined
                : new k8s.core.v1.Secret(
                      `${name}-alert-receiver`,
                      // the name is a folder of Alertmanager's
                      { metadata: { ...metadata, name: "alert-receiver" }, stringData: { url: args.alertWebhookUrl } },
                      child,
                  );
        const stack = chartRelease(
            `${name}-metrics`,
            {
                chart: "kube-prometheus-stack",
                release: "monitoring",
                namespace,
                values: metricsValues({
                    ...args,
                    storage: args.metricsStorage,
                    adminSecret: adminSecret.metadata.name,
                    alertSecret: alertSecret?.metadata.name,
                }),
            },
            child,
        );
        this.monitors(name, args, stack);
        for (const [workload, json] of Object.entries(dashboards(args.namespaceName))) {
            new k8s.core.v1.ConfigMap(
                `${name}-dashboard-${workload}`,
                {
                    metadata: {
                        name: `dashboard-${workload}`,
                        namespace,
                        labels: { ...appLabels(), grafana_dashboard: "1" },
                    },
                    data: { [`${workload}.json`]: JSON.stringify(json, null, 2) },
                },
                child,
            );
        }

        // Loki and the collectors bring ServiceMonitors along, whose kind is the stack's
        const monitored = { ...child, dependsOn: stack };
        const loki = chartRelease(
            `${name}-loki`,
            {
                chart: "loki",
                namespace,
                values: lokiValues({ ...args, storage: args.logsStorage }),
            },
            monitored,
        );
        const traces = new Traces(`${name}-traces`, { ...args, namespace, storage: args.tracesStorage }, child);
        const gateway = chartRelease(
            `${name}-gateway`,
            {
                chart: "opentelemetry-collector",
                release: "otel-gateway",
                namespace,
                values: gatewayValues(args.xray),
            },
            { ...child, dependsOn: [loki, traces] },
        );
        chartRelease(
            `${name}-agent`,
            { chart: "opentelemetry-collector", release: "otel-agent", namespace, values: agentValues() },
            { ...child, dependsOn: gateway },
        );
        this.registerOutputs({});
    }

    /** What Prometheus scrapes of the app, and what it makes of it. https://prometheus-operator.dev/docs/api-reference/api/ */
    private monitors(name: string, args: ObservabilityArgs, stack: pulumi.Resource): void {
        const afterStack = { parent: this, dependsOn: stack };
        for (const workload of workloads.filter((workload) => workload !== "postgres")) {
            const metadata = { name: workload, namespace: args.namespace };
            const selector = { matchLabels: selectorOf(workload) };
            customObject(
                `${name}-monitor-${workload}`,
                args.inMesh
                    ? {
                          apiVersion: "monitoring.coreos.com/v1",
                          kind: "PodMonitor",
                          metadata,
                          spec: { selector, podMetricsEndpoints: [sidecarMetrics] },
                      }
                    : {
                          apiVersion: "monitoring.coreos.com/v1",
                          kind: "ServiceMonitor",
                          metadata,
                          spec: { selector, endpoints: [{ port: "http", path: "/metrics", ...scraping }] },
                      },
                afterStack,
            );
        }
        customObject(
            `${name}-rules`,
            {
                apiVersion: "monitoring.coreos.com/v1",
                kind: "PrometheusRule",
                metadata: { name: "demo-app", namespace: args.namespace },
                spec: { groups: ruleGroups(args.namespaceName) },
            },
            afterStack,
        );
    }
}
