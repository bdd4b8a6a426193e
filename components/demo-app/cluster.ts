import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../foundation/cluster";
import { Network } from "../foundation/network";
import { Platform, type PlatformArgs } from "../foundation/platform";
import type { EksArgs } from "./args";
import { retainedStorage } from "./storage-class";

export interface DemoAppClusterArgs extends Omit<EksArgs, "environment">, PlatformArgs {
    /** Refuse to delete cluster and key, and keep EBS volumes whose claim goes away. */
    readonly protect: boolean;
}

/** The EKS cluster that the app brings along: network, control plane, nodes and encrypted volumes. */
export class DemoAppCluster extends Platform {
    /** Provider that deploys to the cluster. */
    public readonly provider: k8s.Provider;
    public readonly clusterName: pulumi.Output<string>;
    /** Class of encrypted gp3 volumes. */
    public readonly storageClass: pulumi.Output<string>;

    constructor(name: string, args: DemoAppClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:DemoAppCluster", name, "demo-app", args, opts);
        const { accountId, region, logRetentionDays, nodes, protect } = args;
        // People and kubeconfigs look the cluster up by this name.
        const clusterName = `demo-app-${args.environment}`;

        const network = new Network(
            `${name}-network`,
            {
                accountId,
                region,
                cidr: args.vpcCidr,
                availabilityZones: args.availabilityZones,
                natGateways: args.natGateways,
                logRetentionDays,
                clusterNames: [clusterName],
            },
            this.inAws(),
        );
        const cluster = new Cluster(
            `${name}-eks`,
            {
                accountId,
                region,
                clusterName,
                version: args.kubernetesVersion,
                vpcId: network.vpcId,
                publicSubnetIds: network.publicSubnetIds,
                privateSubnetIds: network.privateSubnetIds,
                publicAccessCidrs: args.publicAccessCidrs,
                deployerRoleArn: args.assumeRoleArn,
                logRetentionDays,
                nodeGroups: { standard: nodes },
                tags: args.tags,
                protect,
            },
            this.inAws(),
        );

        this.provider = cluster.provider;
        this.clusterName = cluster.clusterName;
        this.storageClass = protect
            ? retainedStorage(
                  `${name}-storage-class`,
                  { kmsKeyArn: cluster.keyArn },
                  { parent: this, provider: cluster.provider },
              ).metadata.name
            : cluster.storageClassName;
        this.registerOutputs({ clusterName: this.clusterName });
    }
}
