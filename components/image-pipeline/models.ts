import type * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import type { Cluster } from "../foundation/cluster";
import { irsaRole } from "../foundation/irsa";
import { identityMayUseKey } from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import type { QueueWithDlq } from "../foundation/queue";
import type { ClusterServices } from "./cluster-services";
import { sharedImage } from "./image-function";
import type { ImagesBucket } from "./images-bucket";
import type { PipelineKeys } from "./keys";
import { modelPodTemplate } from "./model-deployment";
import { deploymentName, type ModelName, modelNames, modelTypes } from "./model-types";
import { databasePort, type PipelinePlace, uploadPrefix } from "./place";
import { scheduleLabels } from "./schedule";
import type { WorkloadEnvironment } from "./workload-contract";

/** Namespace of the models and of the jobs that scale them. */
export const modelsNamespace = "models";

/** Longest that pods may take to become ready. */
const startMinutes = 40;

export interface ModelsArgs extends PipelinePlace {
    readonly models: ImagePipelineConfig["models"];
    readonly shared: ImagePipelineConfig["shared"];
    readonly vpcCidr: string;
    readonly cluster: Cluster;
    /** What makes GPUs schedulable. */
    readonly services: ClusterServices;
    readonly queues: Readonly<Record<ModelName, QueueWithDlq>>;
    readonly images: ImagesBucket;
    readonly environmentVariables: WorkloadEnvironment<pulumi.Input<string>>;
    /** Lets an identity connect to the database. */
    readonly mayConnect: Statement;
    /** The database answers through the proxy. */
    readonly databaseReady: pulumi.Resource;
    readonly keys: Pick<PipelineKeys, "images">;
}

/** The models on GPU nodes: each takes messages of its own queue, with a role that reaches nothing else. */
export class Models extends pulumi.ComponentResource {
    readonly namespace: pulumi.Output<string>;
    readonly roles: Readonly<Record<ModelName, aws.iam.Role>>;
    readonly deployments: Readonly<Record<ModelName, k8s.apps.v1.Deployment>>;

    constructor(name: string, args: ModelsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:Models", name, {}, opts);
        const namespace = new k8s.core.v1.Namespace(
            `${name}-namespace`,
            {
                metadata: {
                    name: modelsNamespace,
                    labels: { "pod-security.kubernetes.io/enforce": "restricted" },
                },
            },
            { parent: this, protect: args.protect },
        );
        this.namespace = namespace.metadata.name;
        const inNamespace = {
            parent: this,
            // Policies before pods; and pods become ready only on nodes that the one adds and the other shows the GPUs of.
            dependsOn: [
                ...createNetworkPolicies(name, this.namespace, args, this),
                args.services.autoscaler,
                args.services.devicePlugin,
                args.databaseReady,
            ],
        };
        const each = <Part>(make: (model: ModelName) => Part) =>
            Object.fromEntries(modelNames.map((model) => [model, make(model)])) as Record<ModelName, Part>;
        this.roles = each((model) => createRole(name, model, args, this));
        this.deployments = each((model) => createModel(name, model, this.roles[model], args, inNamespace));
        this.registerOutputs({});
    }
}

function createRole(name: string, model: ModelName, args: ModelsArgs, parent: pulumi.Resource): aws.iam.Role {
    return irsaRole(
        `${name}-${modelTypes[model].slug}-role`,
        {
            cluster: args.cluster,
            namespace: modelsNamespace,
            serviceAccount: deploymentName(model),
            statements: [
                {
                    sid: "TakeMessages",
                    actions: [
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:ChangeMessageVisibility",
                        "sqs:GetQueueAttributes",
                        "sqs:GetQueueUrl",
                    ],
                    resources: [args.queues[model].arn],
                },
                {
                    sid: "ReadImages",
                    actions: ["s3:GetObject"],
                    resources: [pulumi.interpolate`${args.images.bucket.arn}/${uploadPrefix}*`],
                },
                identityMayUseKey(args.keys.images.arn, "ReadEncrypted"),
                args.mayConnect,
                {
                    // The role of the shared account that holds the models' weights asks for the external id.
                    sid: "AssumeSharedRole",
                    actions: ["sts:AssumeRole"],
                    resources: [args.shared.assumeRoleArn],
                    conditions: { StringEquals: { "sts:ExternalId": args.shared.externalId } },
                },
            ],
        },
        { parent },
    );
}

function createModel(
    name: string,
    model: ModelName,
    role: aws.iam.Role,
    args: ModelsArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
    const { slug, does } = modelTypes[model];
    const { image, replicas, gpusPerPod, timeoutSeconds } = args.models[model];
    const physicalName = deploymentName(model);
    const labels = { "app.kubernetes.io/name": physicalName, "app.kubernetes.io/part-of": "mediaviz" };
    const serviceAccount = new k8s.core.v1.ServiceAccount(
        `${name}-${slug}-service-account`,
        {
            metadata: {
                name: physicalName,
                namespace: modelsNamespace,
                annotations: { "eks.amazonaws.com/role-arn": role.arn },
            },
            automountServiceAccountToken: false,
        },
        opts,
    );
    new k8s.policy.v1.PodDisruptionBudget(
        `${name}-${slug}-disruption-budget`,
        {
            metadata: { name: physicalName, namespace: modelsNamespace },
            // A minimum of one would block the drain of a node for good while a single replica runs by night.
            spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
        },
        opts,
    );
    return new k8s.apps.v1.Deployment(
        `${name}-${slug}`,
        {
            metadata: {
                name: physicalName,
                namespace: modelsNamespace,
                labels,
                annotations: { "kubernetes.io/description": does },
            },
            spec: {
                replicas,
                // A new node, a large image and the model's weights take their time.
                progressDeadlineSeconds: startMinutes * 60,
                selector: { matchLabels: labels },
                // GPUs are counted: a pod beside the old ones might never find room. Messages wait in the queue meanwhile.
                strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
                template: modelPodTemplate({
                    labels,
                    image: sharedImage(args.shared.accountId, args.region, image),
                    serviceAccountName: serviceAccount.metadata.name,
                    gpus: gpusPerPod,
                    timeoutSeconds,
                    environment: {
                        ...args.environmentVariables,
                        QUEUE_URL: args.queues[model].url,
                        TIMEOUT_SECONDS: String(timeoutSeconds),
                        SHARED_ROLE_ARN: args.shared.assumeRoleArn,
                        SHARED_ROLE_EXTERNAL_ID: args.shared.externalId,
                        AWS_REGION: args.region,
                    },
                }),
            },
        },
        {
            ...opts,
            // The schedule owns the number of pods from the first turn on: an update at night must not bring the day's back.
            // The provider leaves fields out that others manage: https://github.com/pulumi/pulumi-kubernetes/pull/2566
            ignoreChanges: ["spec.replicas"],
            customTimeouts: { create: `${startMinutes + 5}m`, update: `${startMinutes + 5}m` },
        },
    );
}

/** Nobody talks to the pods; they reach names, the database and AWS. The VPC network plugin enforces it. */
function createNetworkPolicies(
    name: string,
    namespace: pulumi.Output<string>,
    args: ModelsArgs,
    parent: pulumi.Resource,
): readonly pulumi.Resource[] {
    const policy = (role: string, spec: k8s.types.input.networking.v1.NetworkPolicySpec) =>
        new k8s.networking.v1.NetworkPolicy(
            `${name}-${role}`,
            { metadata: { name: role, namespace }, spec },
            { parent },
        );
    return [
        policy("deny-all", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
        policy("allow-names", {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [
                {
                    to: [
                        {
                            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                        },
                    ],
                    ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })),
                },
            ],
        }),
        policy("allow-models-out", {
            podSelector: {
                matchExpressions: [
                    { key: "app.kubernetes.io/name", operator: "In", values: modelNames.map(deploymentName) },
                ],
            },
            policyTypes: ["Egress"],
            egress: [
                { to: [{ ipBlock: { cidr: args.vpcCidr } }], ports: [{ protocol: "TCP", port: databasePort }] },
                // AWS's services: by endpoints within the VPC, S3 by its public addresses through the gateway endpoint.
                { ports: [{ protocol: "TCP", port: 443 }] },
            ],
        }),
        policy("allow-schedule-out", {
            podSelector: { matchLabels: scheduleLabels },
            policyTypes: ["Egress"],
            // The Kubernetes API, which has addresses in the VPC.
            egress: [
                {
                    to: [{ ipBlock: { cidr: args.vpcCidr } }, { ipBlock: { cidr: serviceCidr } }],
                    ports: [{ protocol: "TCP", port: 443 }],
                },
            ],
        }),
    ];
}

/** EKS takes it for services where the VPC is in 10.0.0.0/8: https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
const serviceCidr = "172.20.0.0/16";
