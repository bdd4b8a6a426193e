/** A Helm chart of a version that was chosen by a person. */
export interface Chart {
    readonly chart: string;
    readonly version: string;
    /** Absent for a chart in an OCI registry, whose address `chart` is. */
    readonly repo?: string;
    readonly namespace: string;
    /** Pod Security profile of the namespace. Absent: the namespace is the cluster's own. */
    readonly podSecurity?: "restricted" | "baseline" | "privileged";
}

/** What the phases install. Versions were looked up in November 2026 where the comment says. */
export const charts = {
    // https://github.com/prometheus-community/helm-charts/releases; the version that the ML platform has too
    "kube-prometheus-stack": {
        chart: "kube-prometheus-stack",
        version: "88.1.3",
        repo: "https://prometheus-community.github.io/helm-charts",
        namespace: "observability",
        // node-exporter reads the host's /proc and /sys, the log agent /var/log/pods
        podSecurity: "privileged",
    },
    // https://github.com/grafana-community/helm-charts/blob/main/charts/loki/Chart.yaml, Loki 3.6.7
    loki: {
        chart: "loki",
        version: "8.2.0",
        repo: "https://grafana-community.github.io/helm-charts",
        namespace: "observability",
        podSecurity: "privileged",
    },
    // https://newreleases.io/project/github/open-telemetry/opentelemetry-helm-charts/release/opentelemetry-collector-0.178.2
    "opentelemetry-collector": {
        chart: "opentelemetry-collector",
        version: "0.178.2",
        repo: "https://open-telemetry.github.io/opentelemetry-helm-charts",
        namespace: "observability",
        podSecurity: "privileged",
    },
    // https://open-policy-agent.github.io/gatekeeper/charts/index.yaml
    gatekeeper: {
        chart: "gatekeeper",
        version: "3.23.0",
        repo: "https://open-policy-agent.github.io/gatekeeper/charts",
        namespace: "gatekeeper-system",
        podSecurity: "restricted",
    },
    // https://github.com/external-secrets/external-secrets/releases
    "external-secrets": {
        chart: "external-secrets",
        version: "2.11.0",
        repo: "https://charts.external-secrets.io",
        namespace: "external-secrets",
        podSecurity: "restricted",
    },
    // https://github.com/cloudnative-pg/charts/releases/tag/cloudnative-pg-v0.29.1
    "cloudnative-pg": {
        chart: "cloudnative-pg",
        version: "0.29.1",
        repo: "https://cloudnative-pg.github.io/charts",
        namespace: "cnpg-system",
        podSecurity: "restricted",
    },
    // https://github.com/kubernetes-sigs/metrics-server/tree/master/charts/metrics-server
    "metrics-server": {
        chart: "metrics-server",
        version: "3.13.0",
        repo: "https://kubernetes-sigs.github.io/metrics-server",
        namespace: "kube-system",
    },
    // https://istio.io/latest/news/releases/1.30.x/; 1.30 is for Kubernetes 1.32 to 1.36
    base: {
        chart: "base",
        version: "1.30.4",
        repo: "https://istio-release.storage.googleapis.com/charts",
        namespace: "istio-system",
        podSecurity: "privileged",
    },
    cni: {
        chart: "cni",
        version: "1.30.4",
        repo: "https://istio-release.storage.googleapis.com/charts",
        namespace: "istio-system",
        // the node agent changes the network of pods: https://istio.io/latest/docs/setup/additional-setup/cni/
        podSecurity: "privileged",
    },
    istiod: {
        chart: "istiod",
        version: "1.30.4",
        repo: "https://istio-release.storage.googleapis.com/charts",
        namespace: "istio-system",
        podSecurity: "privileged",
    },
    // https://gateway.envoyproxy.io/news/releases/matrix/, v1.9.1 of 2026-08-28
    "gateway-helm": {
        chart: "oci://docker.io/envoyproxy/gateway-helm",
        version: "1.9.1",
        namespace: "envoy-gateway-system",
        podSecurity: "restricted",
    },
    // https://github.com/argoproj/argo-helm/releases
    "argo-cd": {
        chart: "argo-cd",
        version: "9.5.15",
        repo: "https://argoproj.github.io/argo-helm",
        namespace: "argocd",
        podSecurity: "restricted",
    },
} as const satisfies Record<string, Chart>;

export type ChartName = keyof typeof charts;
