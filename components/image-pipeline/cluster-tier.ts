import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { Cluster } from "../foundation/cluster";
import type { Network } from "../foundation/network";
import { ClusterServices } from "./cluster-services";
import { Delivery } from "./delivery";
import type { PipelineKeys } from "./keys";
import { type PipelinePlace, pipelineName } from "./place";

/** Name that kubeconfigs and people know the cluster by. */
export const clusterName = (place: PipelinePlace): string => pipelineName(place, nameRules.eksCluster, "cluster");

export interface ClusterTierArgs extends PipelinePlace {
    readonly cluster: ImagePipelineConfig["cluster"];
    readonly argoCdHighAvailability: boolean;
    /** Role that deploys, and so owns the cluster. @default the deployer's own credentials */
    readonly deployerRoleArn?: string;
    readonly network: Network;
    readonly keys: Pick<PipelineKeys, "operations">;
    readonly tags?: Readonly<Record<string, string>>;
    readonly provider: aws.Provider;
}

/** The EKS cluster with standard and GPU nodes, what makes GPUs usable, and Argo CD. */
export class ClusterTier extends pulumi.ComponentResource {
    readonly cluster: Cluster;
    readonly services: ClusterServices;
    readonly delivery: Delivery;

    constructor(name: string, args: ClusterTierArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:ClusterTier", name, {}, opts);
        const { standardNodes, gpuNodes, kubernetesVersion, publicAccessCidrs } = args.cluster;
        this.cluster = new Cluster(
            `${name}-eks`,
            {
                accountId: args.accountId,
                region: args.region,
                clusterName: clusterName(args),
                version: kubernetesVersion,
                vpcId: args.network.vpcId,
                publicSubnetIds: args.network.publicSubnetIds,
                privateSubnetIds: args.network.privateSubnetIds,
                publicAccessCidrs,
                deployerRoleArn: args.deployerRoleArn,
                logRetentionDays: args.logRetentionDays,
                keyArn: args.keys.operations.arn,
                nodeGroups: {
                    standard: { ...standardNodes, autoscaled: true },
                    gpu: {
                        instanceTypes: [gpuNodes.instanceType],
                        minSize: gpuNodes.minSize,
                        maxSize: gpuNodes.maxSize,
                        diskSizeGib: gpuNodes.diskSizeGib,
                        gpu: true,
                        autoscaled: true,
                        // Tells the autoscaler to wait for the GPUs of a new node instead of adding another one.
                        // https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md#gpu-node-groups
                        labels: { "k8s.amazonaws.com/accelerator": "nvidia" },
                    },
                },
                tags: args.tags,
                protect: args.protect,
            },
            { parent: this },
        );
        const onCluster = { parent: this, providers: [args.provider, this.cluster.provider] };
        this.services = new ClusterServices(
            `${name}-services`,
            {
                accountId: args.accountId,
                region: args.region,
                environment: args.environment,
                logRetentionDays: args.logRetentionDays,
                protect: args.protect,
                cluster: this.cluster,
            },
            onCluster,
        );
        this.delivery = new Delivery(`${name}-delivery`, { highAvailability: args.argoCdHighAvailability }, onCluster);
        this.registerOutputs({ clusterName: this.cluster.clusterName });
    }
}
