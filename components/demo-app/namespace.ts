import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { appLabels } from "./labels";
import { podSecurity } from "./settings";

export interface NamespaceArgs {
    /** Name of the namespace. */
    readonly namespace: string;
    /** Istio puts its proxy into each pod. @default false */
    readonly inMesh?: boolean;
}

/** The app's namespace, which admits only pods of the `restricted` profile. */
export function appNamespace(
    name: string,
    args: NamespaceArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
    return new k8s.core.v1.Namespace(
        name,
        {
            metadata: {
                name: args.namespace,
                labels: {
                    ...appLabels(),
                    ...(args.inMesh ? { "istio-injection": "enabled" } : {}),
                    "pod-security.kubernetes.io/enforce": podSecurity.level,
                    "pod-security.kubernetes.io/enforce-version": podSecurity.enforceVersion,
                    "pod-security.kubernetes.io/audit": podSecurity.level,
                    "pod-security.kubernetes.io/audit-version": podSecurity.warnVersion,
                    "pod-security.kubernetes.io/warn": podSecurity.level,
                    "pod-security.kubernetes.io/warn-version": podSecurity.warnVersion,
                },
            },
        },
        opts,
    );
}
