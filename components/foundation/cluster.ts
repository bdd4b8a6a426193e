import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { nameProblem, nameRules } from "../../config/names";
import { type Place, partitionOf } from "./arn";
import { ArgChecks } from "./checks";
import { networkOf } from "./cidr";
import { type AddonName, createNetworkAddons, createWorkloadAddons } from "./cluster-addons";
import { checkNodeGroup, createNodeGroups, type NodeGroupSpec, taintsOf } from "./cluster-nodes";
import type { OidcIdentity } from "./irsa";
import { EncryptionKey } from "./key";
import { autoScalingMayUseKey, logsMayUseKey } from "./key-statements";
import { checkRetention, encryptedLogGroup } from "./log-group";

export interface ClusterArgs extends Place {
    /** Physical name. @default the component's name */
    readonly clusterName?: string;
    /** Kubernetes version that EKS offers, for example `1.34`. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
    readonly version: string;
    readonly vpcId: pulumi.Input<string>;
    /** Subnets for load balancers that face the Internet. @default none */
    readonly publicSubnetIds?: pulumi.Input<string[]>;
    /** Subnets of the nodes and of the control plane's addresses in the VPC. */
    readonly privateSubnetIds: pulumi.Input<string[]>;
    /** Networks of /24 or narrower that reach the API from outside the VPC. @default none: the API is private */
    readonly publicAccessCidrs?: readonly string[];
    /** Node groups by role; the key becomes part of their names. At least one without taints. */
    readonly nodeGroups: Readonly<Record<string, NodeGroupSpec>>;
    /** Days that control plane logs are kept; one of those that CloudWatch Logs offers. @default 30 */
    readonly logRetentionDays?: number;
    /** Key for Kubernetes secrets, volumes and logs; its policy lets CloudWatch Logs and Auto Scaling use it. @default a key of the cluster's own */
    readonly keyArn?: pulumi.Input<string>;
    /** Role that the deployer assumes, and so has to assume for the Kubernetes API too. @default the deployer's own credentials */
    readonly deployerRoleArn?: string;
    /** Roles with full access to the Kubernetes API beside the deployer's, by a key for the name. @default none */
    readonly administratorRoleArns?: Readonly<Record<string, pulumi.Input<string>>>;
    /** Pinned versions of add-ons. @default the one that EKS recommends for the cluster's version */
    readonly addonVersions?: Readonly<Partial<Record<AddonName, string>>>;
    /** Tags on nodes and their volumes, which the provider's default tags don't reach. @default none */
    readonly tags?: Readonly<Record<string, string>>;
    /** Refuse to delete the cluster, in AWS too, and its key. @default false */
    readonly protect?: boolean;
}

/** All that EKS has. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Name of the encrypted default storage class of our clusters. */
export const encryptedStorageClass = "gp3-encrypted";

/** A private EKS cluster with managed node groups, add-ons, roles for service accounts and a Kubernetes provider. */
export class Cluster extends pulumi.ComponentResource implements OidcIdentity {
    /** Known in previews, and available to others only once the cluster exists. */
    readonly clusterName: pulumi.Output<string>;
    /** Acts in the cluster; what uses it waits for nodes and add-ons. */
    readonly provider: k8s.Provider;
    readonly oidcProviderArn: pulumi.Output<string>;
    readonly oidcIssuer: pulumi.Output<string>;
    /** Group of nodes and control plane: name it where nodes are to be let in. */
    readonly securityGroupId: pulumi.Output<string>;
    readonly nodeRoleArn: pulumi.Output<string>;
    readonly nodeGroups: Readonly<Record<string, aws.eks.NodeGroup>>;
    readonly keyArn: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    /** Encrypted gp3 volumes, the cluster's default. */
    readonly storageClassName: pulumi.Output<string>;

    constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        const physicalName = args.clusterName ?? name;
        checkArgs(name, physicalName, args);
        super("platforms:foundation:Cluster", name, {}, opts);
        const child = { parent: this } as const;
        this.keyArn = pulumi.output(args.keyArn ?? createKey(name, physicalName, args, this).arn);

        // EKS would make the group itself, unencrypted and kept forever. That it exists first is said by the data:
        // the cluster takes its name from the group's. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
        const logGroup = encryptedLogGroup(
            `${name}-logs`,
            {
                logGroupName: `/aws/eks/${physicalName}/cluster`,
                retentionDays: args.logRetentionDays,
                keyArn: this.keyArn,
            },
            child,
        );
        const cluster = createControlPlane(name, logGroup.name, this.keyArn, args, this);
        this.clusterName = cluster.eksCluster.name;
        this.securityGroupId = cluster.clusterSecurityGroupId;
        this.kubeconfig = cluster.kubeconfigJson;
        this.oidcIssuer = cluster.oidcIssuer;
        this.oidcProviderArn = new aws.iam.OpenIdConnectProvider(
            `${name}-oidc`,
            // No thumbprint: IAM trusts the issuer's certificate by its own list of authorities. eks.Cluster would fetch one over
            // the network during preview. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
            { url: cluster.oidcProviderUrl, clientIdLists: ["sts.amazonaws.com"] },
            child,
        ).arn;

        const addonArgs = {
            region: args.region,
            clusterName: this.clusterName,
            identity: this,
            keyArn: this.keyArn,
            versions: args.addonVersions,
        };
        const networkAddons = createNetworkAddons(name, addonArgs, child);
        const nodes = createNodeGroups(
            name,
            {
                region: args.region,
                clusterName: this.clusterName,
                version: args.version,
                subnetIds: args.privateSubnetIds,
                clusterSecurityGroupId: this.securityGroupId,
                keyArn: this.keyArn,
                groups: args.nodeGroups,
                tags: args.tags ?? {},
                dependsOn: networkAddons,
            },
            child,
        );
        this.nodeRoleArn = nodes.role.arn;
        this.nodeGroups = nodes.groups;
        const nodeGroups = Object.values(nodes.groups);
        const workloadAddons = createWorkloadAddons(name, addonArgs, { ...child, dependsOn: nodeGroups });

        this.provider = new k8s.Provider(
            `${name}-kubernetes`,
            { kubeconfig: this.kubeconfig, enableServerSideApply: true },
            { ...child, dependsOn: [...nodeGroups, ...workloadAddons] },
        );
        this.storageClassName = createStorageClass(name, this.keyArn, this, this.provider).metadata.name;
        this.registerOutputs({
            clusterName: this.clusterName,
            oidcProviderArn: this.oidcProviderArn,
            oidcIssuer: this.oidcIssuer,
            securityGroupId: this.securityGroupId,
        });
    }
}

function createKey(name: string, physicalName: string, args: ClusterArgs, parent: pulumi.Resource): EncryptionKey {
    return new EncryptionKey(
        `${name}-data`,
        {
            accountId: args.accountId,
            region: args.region,
            description: `Secrets, volumes and logs of the EKS cluster ${physicalName}`,
            statements: [logsMayUseKey(args, [`/aws/eks/${physicalName}/*`]), ...autoScalingMayUseKey(args)],
            protect: args.protect,
        },
        { parent },
    );
}

function createControlPlane(
    name: string,
    logGroupName: pulumi.Output<string>,
    keyArn: pulumi.Output<string>,
    args: ClusterArgs,
    parent: pulumi.Resource,
): eks.Cluster {
    const publicAccessCidrs = args.publicAccessCidrs ?? [];
    const administratorPolicy = `arn:${partitionOf(args.region)}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
    return new eks.Cluster(
        `${name}-control-plane`,
        {
            name: logGroupName.apply((group) => group.replace(/^\/aws\/eks\/|\/cluster$/g, "")),
            version: args.version,
            vpcId: args.vpcId,
            publicSubnetIds: args.publicSubnetIds,
            privateSubnetIds: args.privateSubnetIds,
            endpointPrivateAccess: true,
            endpointPublicAccess: publicAccessCidrs.length > 0,
            // Even an empty list is refused where the endpoint is private.
            publicAccessCidrs: publicAccessCidrs.length > 0 ? [...publicAccessCidrs] : undefined,
            enabledClusterLogTypes: logTypes,
            encryptionConfigKeyArn: keyArn,
            authenticationMode: "API",
            // https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
            accessEntries: Object.fromEntries(
                Object.entries(args.administratorRoleArns ?? {}).map(([key, principalArn]) => [
                    key,
                    {
                        principalArn,
                        accessPolicies: { admin: { policyArn: administratorPolicy, accessScope: { type: "cluster" } } },
                    },
                ]),
            ),
            // Given even when empty: eks.Cluster would otherwise write the AWS_PROFILE of whoever deploys into the kubeconfig.
            providerCredentialOpts: args.deployerRoleArn ? { roleArn: args.deployerRoleArn } : {},
            deletionProtection: args.protect ?? false,
            // Nodes, add-ons and the identity provider are ours. The group that EKS makes for nodes and control plane is all that
            // managed nodes need; the component's own ones would only add ways out to the world.
            skipDefaultNodeGroup: true,
            skipDefaultSecurityGroups: true,
            createOidcProvider: false,
            bootstrapSelfManagedAddons: false,
            useDefaultVpcCni: true,
            kubeProxyAddonOptions: { enabled: false },
            corednsAddonOptions: { enabled: false },
        },
        { parent, protect: args.protect },
    );
}

function createStorageClass(
    name: string,
    keyArn: pulumi.Output<string>,
    parent: pulumi.Resource,
    provider: k8s.Provider,
): k8s.storage.v1.StorageClass {
    // https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
    return new k8s.storage.v1.StorageClass(
        `${name}-storage-class`,
        {
            metadata: {
                name: encryptedStorageClass,
                annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
            },
            provisioner: "ebs.csi.aws.com",
            parameters: { type: "gp3", encrypted: "true", kmsKeyId: keyArn },
            // The volume is made in the zone that the pod lands in.
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
            reclaimPolicy: "Delete",
        },
        { parent, provider },
    );
}

function isNarrow(cidr: string): boolean {
    const network = networkOf(cidr);
    return network?.version === 4 && network.prefix >= 24;
}

function checkArgs(name: string, physicalName: string, args: ClusterArgs): void {
    const checks = new ArgChecks(`Cluster ${name}`);
    const problem = nameProblem(physicalName, nameRules.eksCluster);
    checks
        .expect(problem === undefined, "clusterName", `is not a name for EKS: ${problem}`)
        .expect(
            /^1\.\d{2}$/.test(args.version),
            "version",
            `must be a Kubernetes version such as 1.34, got "${args.version}"`,
        );
    for (const cidr of args.publicAccessCidrs ?? []) {
        checks.expect(
            isNarrow(cidr),
            "publicAccessCidrs",
            `must be IPv4 networks of /24 or narrower, got "${cidr}"; leave it empty and deploy from inside the VPC otherwise`,
        );
    }
    for (const [key, spec] of Object.entries(args.nodeGroups)) {
        checks.expect(/^[a-z][a-z0-9-]{0,30}$/.test(key), `nodeGroups.${key}`, "must be a short lower-case name");
        checkNodeGroup(checks, spec, `nodeGroups.${key}`);
    }
    checks.expect(
        Object.values(args.nodeGroups).some((spec) => taintsOf(spec).length === 0 && spec.maxSize > 0),
        "nodeGroups",
        "must have a group without taints (not only GPU nodes): the cluster's own pods run there",
    );
    checkRetention(checks, args.logRetentionDays, "logRetentionDays").done();
}
