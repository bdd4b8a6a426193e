import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { DemoAppArgs } from "./args";
import type { DemoAppCluster } from "./cluster";

export interface TargetArgs extends Pick<DemoAppArgs, "environment" | "tags" | "kubeContext" | "eks"> {
    /** Refuse to delete what can't be made again. */
    readonly protect: boolean;
}

/** The cluster that the app goes to. */
export interface DeploymentTarget {
    readonly provider: k8s.Provider;
    /** Class for volumes. Absent: the cluster's default. */
    readonly storageClass?: pulumi.Input<string>;
    /** Name of the EKS cluster, where there is one. */
    readonly clusterName?: pulumi.Output<string>;
    /** The cluster in AWS, where the app brought one along. */
    readonly eks?: DemoAppCluster;
    /** What kubectl has to be told to find the cluster, with a leading space. */
    readonly kubectlContext: string;
}

/** A cluster of the app's own on EKS, or the one that a kubeconfig context names. */
export function deploymentTarget(
    name: string,
    args: TargetArgs,
    opts: { readonly parent: pulumi.Resource },
): DeploymentTarget {
    if (args.eks === undefined) {
        return {
            provider: new k8s.Provider(
                `${name}-kubernetes`,
                // The identifier decides whether the provider, and all that it made, is replaced: only if the context changes,
                // not when the kubeconfig's certificates do.
                { context: args.kubeContext, clusterIdentifier: args.kubeContext },
                opts,
            ),
            kubectlContext: ` --context ${args.kubeContext}`,
        };
    }
    // Loaded here only, so that a stack without AWS starts without its SDKs.
    const loaded = require("./cluster") as typeof import("./cluster");
    const cluster = new loaded.DemoAppCluster(
        `${name}-cluster`,
        {
            ...args.eks,
            environment: args.eks.environment ?? args.environment,
            tags: args.tags,
            protect: args.protect,
        },
        opts,
    );
    return {
        provider: cluster.provider,
        storageClass: cluster.storageClass,
        clusterName: cluster.clusterName,
        eks: cluster,
        kubectlContext: "",
    };
}
