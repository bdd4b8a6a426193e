import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "./arn";
import { irsaRole, type OidcIdentity } from "./irsa";

/** Add-ons that every cluster has: pod network, service network, names, volumes. */
export type AddonName = "vpc-cni" | "kube-proxy" | "coredns" | "aws-ebs-csi-driver";

export interface AddonsArgs {
    readonly region: string;
    /** Depends on the cluster. */
    readonly clusterName: pulumi.Input<string>;
    readonly identity: OidcIdentity;
    /** Key of the volumes that the CSI driver makes. */
    readonly keyArn: pulumi.Input<string>;
    /** Pinned versions. @default the one that EKS recommends for the cluster's version */
    readonly versions?: Readonly<Partial<Record<AddonName, string>>>;
}

/** Nodes become ready only with a pod network, so these come before them. */
export function createNetworkAddons(
    name: string,
    args: AddonsArgs,
    opts: pulumi.CustomResourceOptions,
): readonly aws.eks.Addon[] {
    // https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
    const networkRole = irsaRole(
        `${name}-vpc-cni-role`,
        {
            cluster: args.identity,
            namespace: "kube-system",
            serviceAccount: "aws-node",
            managedPolicyArns: { policy: managedPolicyArn(args.region, "AmazonEKS_CNI_Policy") },
        },
        opts,
    );
    return [
        createAddon(name, "vpc-cni", args, opts, {
            serviceAccountRoleArn: networkRole.arn,
            // Without it NetworkPolicy objects are accepted and do nothing; the value is a text.
            // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
            configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
        }),
        createAddon(name, "kube-proxy", args, opts),
    ];
}

/** These run as ordinary pods: without nodes they would never become healthy. */
export function createWorkloadAddons(
    name: string,
    args: AddonsArgs,
    opts: pulumi.CustomResourceOptions,
): readonly aws.eks.Addon[] {
    // https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html, with what a customer-managed key needs on top
    const volumesRole = irsaRole(
        `${name}-ebs-csi-role`,
        {
            cluster: args.identity,
            namespace: "kube-system",
            serviceAccount: "ebs-csi-controller-sa",
            managedPolicyArns: {
                policy: managedPolicyArn(args.region, "service-role/AmazonEBSCSIDriverPolicy"),
            },
            statements: [
                {
                    sid: "GrantVolumesTheKey",
                    actions: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                    resources: [args.keyArn],
                    conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
                },
                {
                    sid: "UseKey",
                    actions: [
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncrypt*",
                        "kms:GenerateDataKey*",
                        "kms:DescribeKey",
                    ],
                    resources: [args.keyArn],
                },
            ],
        },
        opts,
    );
    return [
        createAddon(name, "coredns", args, opts),
        createAddon(name, "aws-ebs-csi-driver", args, opts, { serviceAccountRoleArn: volumesRole.arn }),
    ];
}

function createAddon(
    name: string,
    addonName: AddonName,
    args: AddonsArgs,
    opts: pulumi.CustomResourceOptions,
    more: Partial<aws.eks.AddonArgs> = {},
): aws.eks.Addon {
    return new aws.eks.Addon(
        `${name}-${addonName}`,
        {
            clusterName: args.clusterName,
            addonName,
            addonVersion: args.versions?.[addonName],
            resolveConflictsOnCreate: "OVERWRITE",
            resolveConflictsOnUpdate: "OVERWRITE",
            ...more,
        },
        opts,
    );
}
