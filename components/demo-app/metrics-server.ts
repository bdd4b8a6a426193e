import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { chartRelease, sized } from "./tools";

/** The metrics server of clusters that aren't EKS: without it autoscalers see no load. */
export function metricsServer(name: string, opts: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
    return chartRelease(
        name,
        {
            chart: "metrics-server",
            namespace: "kube-system",
            values: {
                replicas: 2,
                podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
                // kubelets of kind and kubeadm sign their certificates themselves
                args: ["--kubelet-insecure-tls"],
                ...sized("50m", "128Mi"),
            },
        },
        opts,
    );
}
