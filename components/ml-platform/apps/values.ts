import type * as pulumi from "@pulumi/pulumi";

/** Values of a chart. */
export type Values = Record<string, unknown>;

const resources = (cpu: string, memory: string) => ({
    resources: { requests: { cpu, memory }, limits: { memory } },
});

/** A service account that takes a role. https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
const serviceAccount = (name: string, roleArn: pulumi.Input<string>) => ({
    create: true,
    name,
    annotations: { "eks.amazonaws.com/role-arn": roleArn },
});

/** What the operator of Prometheus looks for; all releases are found, not only its own. */
const monitored = { enabled: true, additionalLabels: { release: "monitoring" } };

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/ */
export const loadBalancerValues = (args: {
    readonly clusterName: pulumi.Input<string>;
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly roleArn: pulumi.Input<string>;
}): Values => ({
    clusterName: args.clusterName,
    // said, since pods can't ask the metadata service
    region: args.region,
    vpcId: args.vpcId,
    serviceAccount: serviceAccount("aws-load-balancer-controller", args.roleArn),
    replicaCount: 2,
    // services of type LoadBalancer aren't used here; without it other charts don't depend on this webhook
    enableServiceMutatorWebhook: false,
    defaultTags: { ManagedBy: "aws-load-balancer-controller" },
    ...resources("100m", "128Mi"),
});

/** https://external-secrets.io/latest/introduction/getting-started/ */
export const externalSecretsValues = (roleArn: pulumi.Input<string>): Values => ({
    installCRDs: true,
    replicaCount: 2,
    leaderElect: true,
    serviceAccount: serviceAccount("external-secrets", roleArn),
    serviceMonitor: monitored,
    ...resources("50m", "128Mi"),
    webhook: resources("20m", "64Mi"),
    certController: resources("20m", "128Mi"),
});

/** https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack */
export const monitoringValues = (storageClassName: pulumi.Input<string>, retentionDays: number): Values => {
    const volume = (storage: string) => ({
        volumeClaimTemplate: {
            spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
        },
    });
    return {
        // dashboards are Superset's here, and CloudWatch's
        grafana: { enabled: false },
        // EKS runs these out of sight
        kubeControllerManager: { enabled: false },
        kubeScheduler: { enabled: false },
        kubeEtcd: { enabled: false },
        prometheus: {
            prometheusSpec: {
                retention: `${retentionDays}d`,
                // monitors of all releases, whatever their labels
                serviceMonitorSelectorNilUsesHelmValues: false,
                podMonitorSelectorNilUsesHelmValues: false,
                storageSpec: volume("50Gi"),
                ...resources("250m", "1Gi"),
            },
        },
        alertmanager: { alertmanagerSpec: { storage: volume("5Gi"), ...resources("20m", "64Mi") } },
    };
};

/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/ */
export const ingressNginxValues = (): Values => ({
    controller: {
        replicaCount: 2,
        // the internal load balancer that AWS's controller makes from an Ingress calls the pods themselves
        service: { type: "ClusterIP" },
        ingressClassResource: { name: "nginx", default: false },
        allowSnippetAnnotations: false,
        config: {
            "ssl-protocols": "TLSv1.2 TLSv1.3",
            "use-forwarded-headers": "true",
            "hide-headers": "Server,X-Powered-By",
        },
        metrics: { enabled: true, serviceMonitor: monitored },
        ...resources("100m", "256Mi"),
    },
});

/** https://github.com/argoproj/argo-helm/tree/main/charts/argo-cd */
export const argoCdValues = (host: string): Values => {
    const part = (cpu: string, memory: string) => ({
        ...resources(cpu, memory),
        metrics: { enabled: true, serviceMonitor: monitored },
    });
    return {
        global: { domain: host },
        configs: {
            // TLS ends at the ingress controller
            params: { "server.insecure": true },
            cm: { "exec.enabled": "false", "users.anonymous.enabled": "false" },
        },
        controller: part("250m", "1Gi"),
        repoServer: { replicas: 2, ...part("200m", "512Mi") },
        applicationSet: { replicas: 2, ...part("50m", "128Mi") },
        server: {
            replicas: 2,
            service: { type: "ClusterIP" },
            ingress: { enabled: true, ingressClassName: "nginx", hostname: host, path: "/", pathType: "Prefix" },
            ...part("100m", "256Mi"),
        },
        notifications: { enabled: false },
        dex: { enabled: false },
    };
};
