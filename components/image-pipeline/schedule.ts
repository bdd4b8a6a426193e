import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { deploymentName, type ModelName, modelNames } from "./model-types";

/**
 * Kubernetes' own image of kubectl, of the clusters' minor version; it holds nothing else, no shell either.
 * https://kubernetes.io/releases/download/#container-images
 */
const kubectlImage = "registry.k8s.io/kubectl:v1.35.3";

export interface ModelScheduleArgs {
    readonly schedule: ImagePipelineConfig["schedule"];
    readonly models: ImagePipelineConfig["models"];
    /** Namespace of the models. */
    readonly namespace: pulumi.Output<string>;
}

/** Labels of the jobs' pods. */
export const scheduleLabels = { "app.kubernetes.io/name": "model-schedule", "app.kubernetes.io/part-of": "mediaviz" };

interface Turn {
    readonly role: "up" | "down";
    readonly hour: number;
    readonly replicas: (model: ModelName) => number;
}

/**
 * Scales the models by the clock, from within the cluster. What a person sets by hand holds until the next turn.
 */
export class ModelSchedule extends pulumi.ComponentResource {
    constructor(name: string, args: ModelScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:ModelSchedule", name, {}, opts);
        const serviceAccount = this.createIdentity(name, args.namespace);
        const { scaleUpHour, scaleDownHour, offHoursReplicas } = args.schedule;
        const turns: readonly Turn[] = [
            { role: "up", hour: scaleUpHour, replicas: (model) => args.models[model].replicas },
            { role: "down", hour: scaleDownHour, replicas: () => offHoursReplicas },
        ];
        for (const turn of turns) {
            for (const model of modelNames) {
                this.createJob(name, turn, model, serviceAccount, args);
            }
        }
        this.registerOutputs({});
    }

    /** May read and change the scale of exactly the models' Deployments. */
    private createIdentity(name: string, namespace: pulumi.Output<string>): pulumi.Output<string> {
        const parent = { parent: this };
        const metadata = { name: "model-schedule", namespace };
        const serviceAccount = new k8s.core.v1.ServiceAccount(
            `${name}-service-account`,
            { metadata, automountServiceAccountToken: false },
            parent,
        );
        const role = new k8s.rbac.v1.Role(
            `${name}-role`,
            {
                metadata,
                rules: [
                    {
                        // `kubectl patch --subresource=scale` gets and patches the scale, and never sees the Deployment itself.
                        apiGroups: ["apps"],
                        resources: ["deployments/scale"],
                        resourceNames: modelNames.map(deploymentName),
                        verbs: ["get", "patch"],
                    },
                ],
            },
            parent,
        );
        new k8s.rbac.v1.RoleBinding(
            `${name}-role-binding`,
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
                subjects: [{ kind: "ServiceAccount", name: serviceAccount.metadata.name, namespace }],
            },
            parent,
        );
        return serviceAccount.metadata.name;
    }

    private createJob(
        name: string,
        { role, hour, replicas }: Turn,
        model: ModelName,
        serviceAccountName: pulumi.Output<string>,
        args: ModelScheduleArgs,
    ): void {
        const deployment = deploymentName(model);
        const labels = scheduleLabels;
        new k8s.batch.v1.CronJob(
            `${name}-${role}-${deployment}`,
            {
                metadata: { name: `scale-${role}-${deployment}`, namespace: args.namespace, labels },
                spec: {
                    schedule: `0 ${hour} * * *`,
                    timeZone: args.schedule.timeZone,
                    concurrencyPolicy: "Forbid",
                    // After a longer stop of the control plane the next turn is soon enough.
                    startingDeadlineSeconds: 3600,
                    successfulJobsHistoryLimit: 3,
                    failedJobsHistoryLimit: 3,
                    jobTemplate: {
                        metadata: { labels },
                        spec: {
                            backoffLimit: 5,
                            activeDeadlineSeconds: 600,
                            template: {
                                metadata: { labels },
                                spec: {
                                    serviceAccountName,
                                    automountServiceAccountToken: true,
                                    enableServiceLinks: false,
                                    restartPolicy: "Never",
                                    securityContext: {
                                        runAsNonRoot: true,
                                        runAsUser: 65532,
                                        runAsGroup: 65532,
                                        seccompProfile: { type: "RuntimeDefault" },
                                    },
                                    containers: [
                                        {
                                            name: "kubectl",
                                            image: kubectlImage,
                                            command: args.namespace.apply((namespace) =>
                                                scaleCommand(namespace, deployment, replicas(model)),
                                            ),
                                            resources: {
                                                requests: { cpu: "50m", memory: "64Mi" },
                                                limits: { cpu: "200m", memory: "128Mi" },
                                            },
                                            volumeMounts: [{ name: "scratch", mountPath: "/tmp" }],
                                            securityContext: {
                                                allowPrivilegeEscalation: false,
                                                readOnlyRootFilesystem: true,
                                                capabilities: { drop: ["ALL"] },
                                            },
                                        },
                                    ],
                                    volumes: [{ name: "scratch", emptyDir: { sizeLimit: "64Mi" } }],
                                },
                            },
                        },
                    },
                },
            },
            { parent: this },
        );
    }
}

/** Sets the replicas of one Deployment. */
export function scaleCommand(namespace: string, deployment: string, replicas: number): string[] {
    return [
        "/bin/kubectl",
        "patch",
        `deployment/${deployment}`,
        `--namespace=${namespace}`,
        "--subresource=scale",
        "--type=merge",
        `--patch=${JSON.stringify({ spec: { replicas } })}`,
        // What it learns of the API; the root file system is read-only.
        "--cache-dir=/tmp/cache",
    ];
}
