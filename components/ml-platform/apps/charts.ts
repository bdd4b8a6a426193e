/** A Helm chart of a version that was chosen by a person. */
export interface Chart {
    readonly chart: string;
    readonly version: string;
    readonly repo: string;
    readonly namespace: string;
}

/** What runs on the platform's cluster. Each version was the newest, or the last, in November 2026. */
export const charts = {
    // https://github.com/aws/eks-charts/tree/master/stable/aws-load-balancer-controller
    "aws-load-balancer-controller": {
        chart: "aws-load-balancer-controller",
        version: "3.4.2",
        repo: "https://aws.github.io/eks-charts",
        namespace: "kube-system",
    },
    // https://github.com/external-secrets/external-secrets/releases
    "external-secrets": {
        chart: "external-secrets",
        version: "2.11.0",
        repo: "https://charts.external-secrets.io",
        namespace: "external-secrets",
    },
    // https://github.com/prometheus-community/helm-charts/releases
    monitoring: {
        chart: "kube-prometheus-stack",
        version: "88.1.3",
        repo: "https://prometheus-community.github.io/helm-charts",
        namespace: "monitoring",
    },
    // The last there is: the project was retired in March 2026, so it stands behind an internal load balancer only.
    // https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
    "ingress-nginx": {
        chart: "ingress-nginx",
        version: "4.15.1",
        repo: "https://kubernetes.github.io/ingress-nginx",
        namespace: "ingress-nginx",
    },
    // https://github.com/argoproj/argo-helm/releases
    argocd: {
        chart: "argo-cd",
        version: "9.5.15",
        repo: "https://argoproj.github.io/argo-helm",
        namespace: "argocd",
    },
    // https://github.com/apache/superset/tree/master/helm/superset
    superset: {
        chart: "superset",
        version: "0.15.5",
        repo: "https://apache.github.io/superset",
        namespace: "superset",
    },
} as const satisfies Record<string, Chart>;

export type ChartName = keyof typeof charts;

/** Namespaces of our own making, which policies fence in. */
export const namespaces = ["external-secrets", "monitoring", "ingress-nginx", "argocd", "superset"] as const;
export type AppNamespace = (typeof namespaces)[number];
