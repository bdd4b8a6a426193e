import * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../foundation/cluster";
import { irsaRole } from "../foundation/irsa";
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
    private readonly cluster: Cluster;

    constructor(
        private readonly name: string,
        args: DemoAppClusterArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
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

        this.cluster = cluster;
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

    /** An add-on of EKS that not every cluster has. https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html */
    public addon(addonName: "metrics-server" | "snapshot-controller"): aws.eks.Addon {
        return new aws.eks.Addon(
            `${this.name}-${addonName}`,
            { clusterName: this.clusterName, addonName, resolveConflictsOnUpdate: "OVERWRITE" },
            // its pods need nodes
            { ...this.inAws(), dependsOn: Object.values(this.cluster.nodeGroups) },
        );
    }

    /** A secret in Secrets Manager, and a role that lets one service account read it and nothing else. */
    public storedSecret(
        role: string,
        value: pulumi.Input<string>,
        reader: { readonly namespace: string; readonly serviceAccount: string },
    ): { readonly secretName: pulumi.Output<string>; readonly roleArn: pulumi.Output<string> } {
        const name = `${this.name}-${role}`;
        const { keyArn } = this.cluster;
        const secret = new aws.secretsmanager.Secret(name, { kmsKeyId: keyArn }, this.inAws());
        new aws.secretsmanager.SecretVersion(
            `${name}-version`,
            { secretId: secret.id, secretString: pulumi.jsonStringify({ password: value }) },
            this.inAws(),
        );
        const { arn } = irsaRole(
            `${name}-reader`,
            {
                cluster: this.cluster,
                ...reader,
                statements: [
                    {
                        sid: "ReadSecret",
                        actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                        resources: [secret.arn],
                    },
                    { sid: "DecryptSecret", actions: ["kms:Decrypt"], resources: [keyArn] },
                ],
            },
            this.inAws(),
        );
        return { secretName: secret.name, roleArn: arn };
    }

    /** Role that lets one service account send traces to X-Ray. */
    public tracingRole(account: {
        readonly namespace: string;
        readonly serviceAccount: string;
    }): pulumi.Output<string> {
        return irsaRole(
            `${this.name}-xray`,
            {
                cluster: this.cluster,
                ...account,
                statements: [
                    {
                        // X-Ray knows no resources for these: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
                        sid: "SendTraces",
                        actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
                        resources: ["*"],
                    },
                ],
            },
            this.inAws(),
        ).arn;
    }
}
