import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Bag, bagOf, compact, listOf, open, text, UNKNOWN, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { instanceRoles, nodeAccess } from "./eks-access";
import { vpcCni } from "./eks-cni";
import { kubeconfigOf } from "./eks-kubeconfig";
import { type Core, selfManagedNodes } from "./eks-nodes";
import { clusterAddon, type NodeGroupSecurity, nodeSecurityGroup, serviceRole } from "./eks-parts";
import { apply, merge } from "./values";

/** Arguments the sandbox has no honest answer for; it says so instead of leaving something out. */
const UNSUPPORTED = ["autoMode", "creationRoleProvider", "fargate", "storageClasses"];

/** Singular arguments that stand for nodeGroupOptions. */
const NODE_OPTIONS: { readonly [argument: string]: string } = {
    nodeSubnetIds: "nodeSubnetIds",
    nodeAssociatePublicIpAddress: "nodeAssociatePublicIpAddress",
    instanceType: "instanceType",
    nodePublicKey: "nodePublicKey",
    nodeRootVolumeEncrypted: "nodeRootVolumeEncrypted",
    nodeRootVolumeSize: "nodeRootVolumeSize",
    nodeUserData: "nodeUserData",
    minSize: "minSize",
    maxSize: "maxSize",
    desiredCapacity: "desiredCapacity",
    nodeAmiId: "amiId",
    gpu: "gpu",
    version: "version",
};

/** eks:index:Cluster, after https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/cluster/cluster.ts */
export async function clusterComponent(build: Builder): Promise<ConstructResponse> {
    for (const argument of UNSUPPORTED) {
        if (build.arg(argument) !== undefined && open(build.arg(argument)) !== false) {
            throw new Error(
                `the sandbox can't build eks.Cluster with ${argument}: add it to sandbox/cloud/construct/eks-cluster.ts`,
            );
        }
    }
    const { name } = build;
    const tags = build.arg("tags");
    const mode = text(build.arg("authenticationMode"));
    const withNodes = build.flag("skipDefaultNodeGroup") !== true;
    const network = await networkOf(build);
    const group = await clusterSecurityGroup(build, network.vpcId);
    const cluster = await controlPlane(build, network.subnetIds, group);
    if (open(bagOf(build.arg("kubeProxyAddonOptions"))["enabled"]) !== false) {
        await clusterAddon(build, "kube-proxy", cluster, bagOf(build.arg("kubeProxyAddonOptions")));
    }
    const kubeconfig = (profile: boolean) => kubeconfigOf(build, cluster, profile);
    const provider = await build.child("pulumi:providers:kubernetes", `${name}-eks-k8s`, {
        kubeconfig: apply([kubeconfig(true)], (config) => JSON.stringify(config)),
        enableConfigMapMutable: build.arg("enableConfigMapMutable"),
    });
    const roles = await instanceRoles(build, withNodes);
    const access = await nodeAccess(build, cluster, provider, roles, mode);
    if (build.flag("useDefaultVpcCni") !== true) {
        const addon = await build.group("eks:index:VpcCniAddon", `${name}-vpc-cni`, { dependsOn: access.dependsOn });
        const options = {
            ...bagOf(build.arg("vpcCniOptions")),
            clusterName: cluster.out("name"),
            clusterVersion: cluster.out("version"),
            tags,
        };
        await vpcCni(build, `${name}-vpc-cni`, options, { parent: addon, dependsOn: access.dependsOn });
    }
    const coredns = bagOf(build.arg("corednsAddonOptions"));
    if (
        open(coredns["enabled"]) === true ||
        coredns["configurationValues"] !== undefined ||
        (withNodes && open(coredns["enabled"]) !== false)
    ) {
        await clusterAddon(build, "coredns", cluster, coredns);
    }
    const issuer = apply([cluster.out("identities")], (identities) => {
        const [identity] = listOf(identities);
        return bagOf(listOf(bagOf(identity)["oidcs"])[0])["issuer"] ?? "";
    });
    const oidc = build.flag("createOidcProvider") === true ? await oidcProvider(build, issuer) : undefined;
    const options = nodeOptions(build);
    const security =
        group === undefined || build.flag("skipDefaultSecurityGroups") === true
            ? undefined
            : await nodeSecurityGroup(build, name, {
                  vpcId: network.vpcId,
                  clusterName: cluster.out("name"),
                  clusterSecurityGroupId: group.id,
                  tags: [build.arg("nodeSecurityGroupTags"), tags],
              });
    const ownGroup = apply([cluster.out("vpcConfig")], (config) => bagOf(config)["clusterSecurityGroupId"] ?? null);
    const nodes = withNodes
        ? await selfManagedNodes(
              build,
              coreOf(build, cluster, network, group?.id ?? ownGroup),
              options,
              { groupId: security?.group.id ?? ownGroup, clusterRuleId: security?.clusterRule.id ?? "" },
              roles.profileName,
          )
        : undefined;
    const config = kubeconfig(false);
    return build.done({
        ...outputsOfCluster(cluster, group, security, nodes),
        core: compact({
            cluster: cluster.ref,
            vpcId: network.vpcId,
            subnetIds: network.subnetIds,
            publicSubnetIds: build.arg("publicSubnetIds"),
            privateSubnetIds: build.arg("privateSubnetIds"),
            endpoint: cluster.out("endpoint"),
            clusterSecurityGroup: group?.ref,
            provider: provider.ref,
            instanceRoles: roles.refs,
            nodeGroupOptions: compact({
                ...options,
                nodeSecurityGroup: security?.group.ref,
                clusterIngressRule: security?.clusterRule.ref,
                instanceProfileName: options["instanceProfileName"] ?? roles.profileName,
            }),
            eksNodeAccess: access.configMap?.ref,
            kubeconfig: config,
            tags,
            nodeSecurityGroupTags: build.arg("nodeSecurityGroupTags"),
            oidcProvider: oidc?.ref,
        }),
        instanceRoles: roles.refs,
        kubeconfig: config,
        kubeconfigJson: apply([config], (bare) => JSON.stringify(bare)),
        oidcProviderArn: oidc?.out("arn") ?? "",
        oidcProviderUrl: issuer,
        oidcIssuer: apply([issuer], (url) => String(url).replace("https://", "")),
        clusterSecurityGroupId: group?.id ?? ownGroup,
        nodeSecurityGroupId: security?.group.id ?? ownGroup,
    });
}

function outputsOfCluster(
    cluster: Built,
    group: Built | undefined,
    security: NodeGroupSecurity | undefined,
    nodes: Built | undefined,
) {
    return {
        eksCluster: cluster.ref,
        clusterSecurityGroup: group?.ref,
        nodeSecurityGroup: security?.group.ref,
        eksClusterIngressRule: security?.clusterRule.ref,
        clusterIngressRuleId: security?.clusterRule.out("securityGroupRuleId") ?? "",
        defaultNodeGroup:
            nodes === undefined
                ? undefined
                : compact({
                      autoScalingGroup: nodes.ref,
                      extraNodeSecurityGroups: [],
                      nodeSecurityGroup: security?.group.ref,
                  }),
        defaultNodeGroupAsgName: nodes?.out("name") ?? "",
        fargateProfileId: "",
        fargateProfileStatus: "",
        autoModeNodeRoleName: "",
    };
}

interface Network {
    readonly vpcId: Wire;
    readonly subnetIds: Wire;
}

/** The VPC and subnets given, or the account's default ones. */
async function networkOf(build: Builder): Promise<Network> {
    const vpcId = build.arg("vpcId") ?? (await build.invoke("aws:ec2/getVpc:getVpc", { default: true }))["id"] ?? null;
    const given = build.arg("subnetIds");
    const [publicIds, privateIds] = [build.arg("publicSubnetIds"), build.arg("privateSubnetIds")];
    if (given !== undefined && (publicIds !== undefined || privateIds !== undefined)) {
        throw new Error("subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive.");
    }
    if (given !== undefined) {
        return { vpcId, subnetIds: given };
    }
    if (publicIds !== undefined || privateIds !== undefined) {
        const both = apply([publicIds ?? [], privateIds ?? []], (left, right) => [...listOf(left), ...listOf(right)]);
        return { vpcId, subnetIds: both };
    }
    const filters = [{ name: "vpc-id", values: [vpcId] }];
    return { vpcId, subnetIds: (await build.invoke("aws:ec2/getSubnets:getSubnets", { filters }))["ids"] ?? [] };
}

async function clusterSecurityGroup(build: Builder, vpcId: Wire): Promise<Built | undefined> {
    const given = build.arg("clusterSecurityGroup");
    if (given !== undefined) {
        const resolved = await build.resolve(given);
        return { urn: "", id: resolved["id"] ?? UNKNOWN, ref: given, out: (output) => resolved[output] ?? UNKNOWN };
    }
    if (build.flag("skipDefaultSecurityGroups") === true) {
        return undefined;
    }
    const name = `${build.name}-eksClusterSecurityGroup`;
    const group = await build.child("aws:ec2/securityGroup:SecurityGroup", name, {
        vpcId,
        revokeRulesOnDelete: true,
        tags: merge({ Name: name }, build.arg("clusterSecurityGroupTags"), build.arg("tags")),
    });
    await build.child("aws:ec2/securityGroupRule:SecurityGroupRule", `${build.name}-eksClusterInternetEgressRule`, {
        description: "Allow internet access.",
        type: "egress",
        fromPort: 0,
        toPort: 0,
        protocol: "-1",
        cidrBlocks: ["0.0.0.0/0"],
        securityGroupId: group.id,
    });
    return group;
}

async function controlPlane(build: Builder, subnetIds: Wire, group: Built | undefined): Promise<Built> {
    const { name } = build;
    const given = build.arg("serviceRole");
    const role =
        given === undefined
            ? await serviceRole(build, `${name}-eksRole`, {
                  service: "eks.amazonaws.com",
                  description: "Allows EKS to manage clusters on your behalf.",
                  actions: ["sts:AssumeRole", "sts:TagSession"],
                  policies: ["AmazonEKSClusterPolicy"],
                  tags: build.arg("tags"),
              })
            : undefined;
    const keyArn = build.arg("encryptionConfigKeyArn");
    const authenticationMode = build.arg("authenticationMode");
    const [serviceIpv4Cidr, ipFamily] = [build.arg("kubernetesServiceIpAddressRange"), build.arg("ipFamily")];
    return build.child(
        "aws:eks/cluster:Cluster",
        `${name}-eksCluster`,
        {
            name: build.arg("name"),
            roleArn: role?.role.out("arn") ?? (await build.resolve(given))["arn"],
            bootstrapSelfManagedAddons: build.arg("bootstrapSelfManagedAddons") ?? true,
            vpcConfig: compact({
                securityGroupIds: group === undefined ? undefined : [group.id],
                subnetIds,
                endpointPrivateAccess: build.arg("endpointPrivateAccess"),
                endpointPublicAccess: build.arg("endpointPublicAccess"),
                publicAccessCidrs: build.arg("publicAccessCidrs"),
            }),
            version: build.arg("version"),
            enabledClusterLogTypes: build.arg("enabledClusterLogTypes"),
            tags: merge({ Name: `${name}-eksCluster` }, build.arg("clusterTags"), build.arg("tags")),
            encryptionConfig: keyArn === undefined ? undefined : { provider: { keyArn }, resources: ["secrets"] },
            accessConfig:
                authenticationMode === undefined
                    ? undefined
                    : { authenticationMode, bootstrapClusterCreatorAdminPermissions: true },
            kubernetesNetworkConfig:
                serviceIpv4Cidr === undefined && ipFamily === undefined
                    ? undefined
                    : compact({ serviceIpv4Cidr, ipFamily: ipFamily ?? "ipv4" }),
            upgradePolicy: build.arg("upgradePolicy"),
            deletionProtection: build.arg("deletionProtection"),
        },
        {
            dependsOn: role?.dependsOn ?? [],
            ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
        },
    );
}

function nodeOptions(build: Builder): Bag {
    const given = build.arg("nodeGroupOptions");
    const singular = Object.entries(NODE_OPTIONS).map(([argument, option]) => [option, build.arg(argument)]);
    return given === undefined ? compact(Object.fromEntries(singular)) : bagOf(given);
}

function coreOf(build: Builder, cluster: Built, network: Network, clusterSecurityGroupId: Wire): Core {
    const outputs = ["name", "endpoint", "certificateAuthority", "kubernetesNetworkConfig", "version"];
    return {
        cluster: Object.fromEntries(outputs.map((output) => [output, cluster.out(output)])),
        ...network,
        privateSubnetIds: build.arg("privateSubnetIds"),
        publicSubnetIds: build.arg("publicSubnetIds"),
        clusterSecurityGroupId,
        options: {},
        tags: build.arg("tags"),
        nodeSecurityGroupTags: build.arg("nodeSecurityGroupTags"),
    };
}

async function oidcProvider(build: Builder, issuer: Wire): Promise<Built> {
    return build.child("aws:iam/openIdConnectProvider:OpenIdConnectProvider", `${build.name}-oidcProvider`, {
        clientIdLists: ["sts.amazonaws.com"],
        url: issuer,
        // The real component fetches the issuer's thumbprint; IAM doesn't check it for EKS issuers.
        thumbprintLists: ["0".repeat(40)],
    });
}
