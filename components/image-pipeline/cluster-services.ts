import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn, regionalArn } from "../foundation/arn";
import type { Cluster } from "../foundation/cluster";
import { irsaRole } from "../foundation/irsa";
import type { PipelinePlace } from "./place";

export interface ClusterServicesArgs extends PipelinePlace {
    readonly cluster: Cluster;
}

/** What the models' cluster needs beside its own add-ons: GPUs as a resource, nodes as needed, metrics. */
export class ClusterServices extends pulumi.ComponentResource {
    readonly devicePlugin: k8s.helm.v3.Release;
    readonly autoscaler: k8s.helm.v3.Release;
    readonly observability: aws.eks.Addon;

    constructor(name: string, args: ClusterServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:ClusterServices", name, {}, opts);
        this.devicePlugin = createDevicePlugin(name, this);
        this.autoscaler = createAutoscaler(name, args, this);
        this.observability = createObservability(name, args, this);
        this.registerOutputs({});
    }
}

/** Amazon's GPU image has driver and container toolkit, but not what tells the kubelet of the GPUs. */
function createDevicePlugin(name: string, parent: pulumi.Resource): k8s.helm.v3.Release {
    return new k8s.helm.v3.Release(
        `${name}-nvidia-device-plugin`,
        {
            name: "nvidia-device-plugin",
            namespace: "kube-system",
            chart: "nvidia-device-plugin",
            // https://github.com/NVIDIA/k8s-device-plugin/releases
            version: "0.19.3",
            repositoryOpts: { repo: "https://nvidia.github.io/k8s-device-plugin" },
            values: {
                // The chart's own affinity looks for labels of Node Feature Discovery, which isn't here.
                affinity: null,
                nodeSelector: { "nvidia.com/gpu.present": "true" },
                tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
                priorityClassName: "system-node-critical",
                resources: {
                    requests: { cpu: "50m", memory: "64Mi" },
                    limits: { cpu: "200m", memory: "256Mi" },
                },
            },
            atomic: true,
            // A daemon set without a node to run on is ready; with one it takes the node's start and a pull.
            timeout: 600,
        },
        { parent },
    );
}

/** Adds GPU nodes when the day's pods come and takes them back at night: without it the schedule would save nothing. */
function createAutoscaler(name: string, args: ClusterServicesArgs, parent: pulumi.Resource): k8s.helm.v3.Release {
    const role = irsaRole(
        `${name}-autoscaler-role`,
        {
            cluster: args.cluster,
            namespace: "kube-system",
            serviceAccount: "cluster-autoscaler",
            // https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
            statements: [
                {
                    // None of these has resources to name.
                    sid: "SeeCapacity",
                    actions: [
                        "autoscaling:DescribeAutoScalingGroups",
                        "autoscaling:DescribeAutoScalingInstances",
                        "autoscaling:DescribeLaunchConfigurations",
                        "autoscaling:DescribeScalingActivities",
                        "autoscaling:DescribeTags",
                        "ec2:DescribeImages",
                        "ec2:DescribeInstanceTypes",
                        "ec2:DescribeLaunchTemplateVersions",
                        "ec2:GetInstanceTypesFromInstanceRequirements",
                    ],
                    resources: ["*"],
                },
                {
                    sid: "SeeNodeGroups",
                    actions: ["eks:DescribeNodegroup"],
                    resources: Object.values(args.cluster.nodeGroups).map((group) => group.arn),
                },
                {
                    // EKS tags the Auto Scaling groups of its node groups so.
                    sid: "ScaleOwnGroups",
                    actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
                    resources: [regionalArn(args, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")],
                    conditions: {
                        StringEquals: { "aws:ResourceTag/eks:cluster-name": args.cluster.clusterName },
                    },
                },
            ],
        },
        { parent },
    );
    return new k8s.helm.v3.Release(
        `${name}-autoscaler`,
        {
            name: "cluster-autoscaler",
            namespace: "kube-system",
            chart: "cluster-autoscaler",
            // https://github.com/kubernetes/autoscaler/releases?q=cluster-autoscaler-chart
            version: "9.56.0",
            repositoryOpts: { repo: "https://kubernetes.github.io/autoscaler" },
            values: {
                fullnameOverride: "cluster-autoscaler",
                cloudProvider: "aws",
                awsRegion: args.region,
                autoDiscovery: { clusterName: args.cluster.clusterName },
                // Of the cluster's minor version, as its README asks.
                image: { tag: "v1.35.0" },
                rbac: {
                    serviceAccount: {
                        name: "cluster-autoscaler",
                        annotations: { "eks.amazonaws.com/role-arn": role.arn },
                    },
                },
                replicaCount: args.protect ? 2 : 1,
                extraArgs: {
                    "balance-similar-node-groups": true,
                    "skip-nodes-with-system-pods": false,
                    // A GPU that idles costs more than one that is started again.
                    "scale-down-unneeded-time": "10m",
                },
                resources: {
                    requests: { cpu: "100m", memory: "300Mi" },
                    limits: { cpu: "500m", memory: "600Mi" },
                },
                securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
                containerSecurityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                },
            },
            atomic: true,
            timeout: 600,
        },
        { parent },
    );
}

/** Container Insights: restarts, failed nodes and GPU use as CloudWatch metrics, and the pods' logs. */
function createObservability(name: string, args: ClusterServicesArgs, parent: pulumi.Resource): aws.eks.Addon {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
    const role = irsaRole(
        `${name}-observability-role`,
        {
            cluster: args.cluster,
            namespace: "amazon-cloudwatch",
            serviceAccount: "cloudwatch-agent",
            managedPolicyArns: { policy: managedPolicyArn(args.region, "CloudWatchAgentServerPolicy") },
        },
        { parent },
    );
    return new aws.eks.Addon(
        `${name}-observability`,
        {
            clusterName: args.cluster.clusterName,
            addonName: "amazon-cloudwatch-observability",
            serviceAccountRoleArn: role.arn,
            resolveConflictsOnCreate: "OVERWRITE",
            resolveConflictsOnUpdate: "OVERWRITE",
        },
        // Its pods need nodes to become healthy on.
        { parent, dependsOn: Object.values(args.cluster.nodeGroups) },
    );
}
