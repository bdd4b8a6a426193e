import * as pulumi from "@pulumi/pulumi";
import type { GitOpsSettings } from "./args";
import { chartRelease, customObject, sized, toolNamespace } from "./tools";

export interface GitOpsArgs extends GitOpsSettings {
    /** The app's namespace. */
    readonly namespace: pulumi.Input<string>;
}

const projectName = "demo-app";

/** https://github.com/argoproj/argo-helm/tree/main/charts/argo-cd */
const argoCdValues = {
    configs: {
        // TLS ends at the port forward, which the Kubernetes API encrypts
        params: { "server.insecure": true },
        cm: {
            "exec.enabled": "false",
            "users.anonymous.enabled": "false",
            // by annotation: labels are copied from object to object, and Argo CD would delete what it never made
            "application.resourceTrackingMethod": "annotation",
        },
    },
    controller: sized("250m", "1Gi"),
    server: { replicas: 2, service: { type: "ClusterIP" }, ingress: { enabled: false }, ...sized("100m", "256Mi") },
    repoServer: { replicas: 2, ...sized("200m", "512Mi") },
    applicationSet: { replicas: 2, ...sized("50m", "128Mi") },
    redis: sized("50m", "64Mi"),
    notifications: { enabled: false },
    dex: { enabled: false },
};

/** Kinds that a folder of Git may hold. What guards the app (policies, roles, budgets) and what it is made of is Pulumi's. */
const kinds = [
    { group: "", kind: "ConfigMap" },
    { group: "batch", kind: "CronJob" },
    { group: "batch", kind: "Job" },
    { group: "monitoring.coreos.com", kind: "PrometheusRule" },
];

/** Argo CD, and what it keeps in place: additions to the app, never an object that this program has made. */
export class GitOps extends pulumi.ComponentResource {
    constructor(name: string, args: GitOpsArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:GitOps", name, {}, opts);
        const child = { parent: this };
        const namespace = toolNamespace(`${name}-namespace`, "argo-cd", child).metadata.name;
        const argoCd = chartRelease(`${name}-argo-cd`, { chart: "argo-cd", namespace, values: argoCdValues }, child);
        const destination = { server: "https://kubernetes.default.svc", namespace: args.namespace };
        const project = customObject(
            `${name}-project`,
            {
                apiVersion: "argoproj.io/v1alpha1",
                kind: "AppProject",
                metadata: { name: projectName, namespace },
                spec: {
                    sourceRepos: [args.repository],
                    destinations: [destination],
                    clusterResourceWhitelist: [],
                    namespaceResourceWhitelist: kinds,
                    orphanedResources: { warn: false },
                },
            },
            { ...child, dependsOn: argoCd },
        );
        customObject(
            `${name}-application`,
            {
                apiVersion: "argoproj.io/v1alpha1",
                kind: "Application",
                metadata: { name: projectName, namespace },
                spec: {
                    project: project.metadata.name,
                    source: { repoURL: args.repository, path: args.path, targetRevision: args.revision },
                    destination,
                    syncPolicy: {
                        automated: { prune: true, selfHeal: true },
                        // an object that is there already belongs to someone else: fail instead of taking it over
                        syncOptions: ["FailOnSharedResource=true", "CreateNamespace=false"],
                    },
                },
            },
            { ...child, dependsOn: project },
        );
        this.registerOutputs({});
    }
}
