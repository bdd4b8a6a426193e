import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AutoscalingArgs } from "./args";
import type { WebContract, WebWorkload } from "./contract";
import { labelsOf, selectorOf } from "./labels";
import { containerSecurityContext, podSecurityContext } from "./pod-security";
import {
    type ProbeTiming,
    progressDeadlineSeconds,
    revisionHistoryLimit,
    scratch,
    shutdown,
    webProbes,
    webResources,
} from "./settings";

/** A variable's value that lies in a Secret. */
export interface SecretValue {
    readonly secretName: pulumi.Input<string>;
    readonly key: string;
}

export interface PodMetadata {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
}

export interface WebTierArgs {
    /** Which workload this is; also the name of its Service and Deployment. */
    readonly workload: WebWorkload;
    readonly namespace: pulumi.Input<string>;
    readonly serviceAccount: pulumi.Input<string>;
    /** Image with a pinned tag or digest. */
    readonly image: string;
    /** Pods, at least 2; with autoscaling the fewest. */
    readonly replicas: number;
    /** @default the number of pods stays */
    readonly autoscaling?: AutoscalingArgs;
    /** A second version beside the first: its pods answer at the first one's Service. @default false */
    readonly canary?: boolean;
    /** Labels and annotations of the pods beside the app's. @default none */
    readonly podMetadata?: PodMetadata;
    /** Ports and paths that the image promises. */
    readonly contract: WebContract;
    /** Variables that may be read by anyone who may read ConfigMaps. */
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    /** Variables from Secrets. @default none */
    readonly secretEnvironment?: Readonly<Record<string, SecretValue>>;
}

/** Pods of one revision apart from each other: by node always, by zone where there are several with room. */
function spread(workload: WebWorkload): k8s.types.input.core.v1.TopologySpreadConstraint[] {
    const constraint = (topologyKey: string, whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway") => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable,
        labelSelector: { matchLabels: selectorOf(workload) },
        // count the new revision's pods only, or the old ones hold a rolling update up
        matchLabelKeys: ["pod-template-hash"],
        // leave control-plane and cordoned nodes out of the count: they would always be the emptiest
        nodeTaintsPolicy: "Honor",
    });
    return [
        constraint("kubernetes.io/hostname", "DoNotSchedule"),
        // local clusters have no zones, and with DoNotSchedule a node without the label takes no pod
        constraint("topology.kubernetes.io/zone", "ScheduleAnyway"),
    ];
}

/** A stateless HTTP workload: Deployment, ClusterIP Service, disruption budget and configuration. */
export class WebTier extends pulumi.ComponentResource {
    constructor(name: string, args: WebTierArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:WebTier", name, {}, opts);
        const child = { parent: this };
        const metadata = {
            name: args.canary ? `${args.workload}-canary` : args.workload,
            namespace: args.namespace,
            labels: labelsOf(args.workload),
        };
        // a Deployment's pods are its own only if no other's selector picks them
        const selector = { ...selectorOf(args.workload), ...(args.canary ? args.podMetadata?.labels : {}) };
        const { port, livenessPath, readinessPath, runAs } = args.contract;

        // Immutable and named by Pulumi: a change makes a new one, whose name rolls the Deployment out (and back).
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            {
                metadata: { namespace: args.namespace, labels: metadata.labels },
                data: { ...args.environment },
                immutable: true,
            },
            child,
        );

        const secretVariables = args.secretEnvironment && Object.entries(args.secretEnvironment);
        const probe = (path: string, timing: ProbeTiming) => ({ httpGet: { path, port: "http" }, ...timing });
        new k8s.apps.v1.Deployment(
            `${name}-deployment`,
            {
                metadata,
                spec: {
                    replicas: args.replicas,
                    selector: { matchLabels: selector },
                    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                    revisionHistoryLimit,
                    progressDeadlineSeconds,
                    template: {
                        metadata: {
                            labels: { ...metadata.labels, ...args.podMetadata?.labels },
                            annotations: args.podMetadata?.annotations,
                        },
                        spec: {
                            serviceAccountName: args.serviceAccount,
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            securityContext: podSecurityContext(runAs),
                            terminationGracePeriodSeconds: shutdown.webGraceSeconds,
                            topologySpreadConstraints: spread(args.workload),
                            containers: [
                                {
                                    name: args.workload,
                                    image: args.image,
                                    ports: [{ name: "http", containerPort: port, protocol: "TCP" }],
                                    envFrom: [{ configMapRef: { name: config.metadata.name } }],
                                    env: secretVariables?.map(([variable, from]) => ({
                                        name: variable,
                                        valueFrom: { secretKeyRef: { name: from.secretName, key: from.key } },
                                    })),
                                    resources: webResources,
                                    securityContext: containerSecurityContext,
                                    startupProbe: probe(livenessPath, webProbes.startup),
                                    livenessProbe: probe(livenessPath, webProbes.liveness),
                                    readinessProbe: probe(readinessPath, webProbes.readiness),
                                    lifecycle: { preStop: { sleep: { seconds: shutdown.drainSeconds } } },
                                    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
                                },
                            ],
                            volumes: [{ name: "tmp", emptyDir: { sizeLimit: scratch.tmp } }],
                        },
                    },
                },
            },
            // the autoscaler's number isn't a change that someone made
            args.autoscaling === undefined ? child : { ...child, ignoreChanges: ["spec.replicas"] },
        );
        if (args.autoscaling !== undefined) {
            autoscaler(`${name}-autoscaler`, { ...args, ...args.autoscaling, metadata }, child);
        }

        if (args.canary) {
            // budget and Service pick its pods already
            this.registerOutputs({});
            return;
        }
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-disruption-budget`,
            {
                metadata,
                spec: {
                    maxUnavailable: 1,
                    selector: { matchLabels: selectorOf(args.workload) },
                    // pods that were never ready mustn't keep a node from being drained
                    unhealthyPodEvictionPolicy: "AlwaysAllow",
                },
            },
            child,
        );

        // Pulumi waits for a Service to have ready pods, so nothing above may depend on it.
        new k8s.core.v1.Service(
            `${name}-service`,
            {
                metadata,
                spec: {
                    type: "ClusterIP",
                    selector: selectorOf(args.workload),
                    ports: [{ name: "http", port, targetPort: "http", protocol: "TCP" }],
                },
            },
            child,
        );

        this.registerOutputs({});
    }
}

interface AutoscalerArgs extends AutoscalingArgs {
    readonly workload: WebWorkload;
    readonly replicas: number;
    readonly metadata: { readonly name: string } & k8s.types.input.meta.v1.ObjectMeta;
}

/** More pods at once under load, fewer only one at a time after five quiet minutes. */
function autoscaler(name: string, args: AutoscalerArgs, opts: pulumi.CustomResourceOptions): void {
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
        name,
        {
            metadata: args.metadata,
            spec: {
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: args.metadata.name },
                minReplicas: args.replicas,
                maxReplicas: args.maxReplicas,
                metrics: [
                    {
                        type: "ContainerResource",
                        containerResource: {
                            // of the app alone: a sidecar's idle CPU would hide its load
                            container: args.workload,
                            name: "cpu",
                            target: { type: "Utilization", averageUtilization: args.targetCpuPercent },
                        },
                    },
                ],
                behavior: {
                    scaleUp: { stabilizationWindowSeconds: 0 },
                    scaleDown: {
                        stabilizationWindowSeconds: 300,
                        policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
                    },
                },
            },
        },
        opts,
    );
}
