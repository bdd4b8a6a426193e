import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

export interface DeliveryArgs {
    /** Several replicas of each part; Redis then needs three nodes. */
    readonly highAvailability: boolean;
}

/** Namespace that people know Argo CD by. */
const namespace = "argocd";

/**
 * Argo CD, reached by port forwarding only. Its first password is in the secret `argocd-initial-admin-secret`; see
 * docs/image-pipeline.md.
 */
export class Delivery extends pulumi.ComponentResource {
    readonly argoCd: k8s.helm.v3.Release;

    constructor(name: string, args: DeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:Delivery", name, {}, opts);
        this.argoCd = new k8s.helm.v3.Release(
            `${name}-argocd`,
            {
                name: "argocd",
                namespace,
                createNamespace: true,
                chart: "argo-cd",
                // https://github.com/argoproj/argo-helm/releases?q=argo-cd
                version: "9.5.15",
                repositoryOpts: { repo: "https://argoproj.github.io/argo-helm" },
                values: argoCdValues(args.highAvailability),
                atomic: true,
                timeout: 900,
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

/** https://github.com/argoproj/argo-helm/tree/main/charts/argo-cd#high-availability */
export function argoCdValues(highAvailability: boolean): Record<string, unknown> {
    const replicas = highAvailability ? 2 : 1;
    const disruption = { pdb: { enabled: highAvailability, maxUnavailable: highAvailability ? 1 : "" } };
    const resources = (cpu: string, memory: string) => ({
        resources: { requests: { cpu, memory }, limits: { memory } },
    });
    return {
        // Spread over nodes as far as there are nodes.
        global: { affinity: { podAntiAffinity: "soft" } },
        configs: {
            // TLS ends at the port forward, which the Kubernetes API encrypts: `kubectl port-forward svc/argocd-server 8080:80`.
            params: { "server.insecure": true },
            cm: { "exec.enabled": "false", "users.anonymous.enabled": "false" },
        },
        server: {
            service: { type: "ClusterIP" },
            ingress: { enabled: false },
            replicas,
            ...disruption,
            ...resources("100m", "256Mi"),
        },
        repoServer: { replicas, ...disruption, ...resources("200m", "512Mi") },
        applicationSet: { replicas, ...disruption, ...resources("100m", "256Mi") },
        // Sharded by clusters, and there is one: https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/
        controller: { replicas: 1, ...resources("250m", "1Gi") },
        notifications: { enabled: false },
        dex: { enabled: false },
        "redis-ha": { enabled: highAvailability },
    };
}
