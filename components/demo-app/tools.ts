import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Chart, type ChartName, charts } from "./charts";
import { appLabels } from "./labels";

/** Values of a chart. */
export type Values = Readonly<Record<string, unknown>>;

/** Requests and limits as charts take them; no CPU limit, so that an idle node's time is used. */
export const sized = (cpu: string, memory: string) => ({
    resources: { requests: { cpu, memory }, limits: { memory } },
});

/** The namespace that a tool has for itself. */
export function toolNamespace(
    name: string,
    chartName: ChartName,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
    const { namespace, podSecurity = "baseline" }: Chart = charts[chartName];
    return new k8s.core.v1.Namespace(
        name,
        {
            metadata: {
                name: namespace,
                labels: { ...appLabels(), "pod-security.kubernetes.io/enforce": podSecurity },
            },
        },
        opts,
    );
}

/** A chart as a Helm release of the chart's own name; upgrades that fail are rolled back. */
export function chartRelease(
    name: string,
    args: {
        readonly chart: ChartName;
        /** @default the chart's */
        readonly release?: string;
        readonly namespace: pulumi.Input<string>;
        readonly values: Values;
    },
    opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
    const { chart, version, repo }: Chart = charts[args.chart];
    return new k8s.helm.v3.Release(
        name,
        {
            name: args.release ?? args.chart,
            namespace: args.namespace,
            chart,
            version,
            repositoryOpts: repo === undefined ? undefined : { repo },
            values: { ...args.values },
            atomic: true,
            // images of several hundred megabytes, on nodes that may have to be made first
            timeout: 900,
        },
        opts,
    );
}

/** What is known of custom resources here: a name, a namespace for those that have one, and a spec. */
export interface CustomObject<Spec> {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: pulumi.Input<string>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: Spec;
}

/** An object whose kind a chart brought along; `dependsOn` names that chart. */
export function customObject<Spec extends object>(
    name: string,
    object: CustomObject<Spec>,
    opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
    const { apiVersion, kind, metadata, spec } = object;
    return new k8s.apiextensions.CustomResource(
        name,
        { apiVersion, kind, metadata: { labels: appLabels(), ...metadata }, spec },
        opts,
    );
}
