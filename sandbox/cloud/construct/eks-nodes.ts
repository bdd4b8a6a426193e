import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Bag, bagOf, compact, isReference, listOf, open, text, UNKNOWN, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { nodeSecurityGroup } from "./eks-parts";
import { apply, from, known, merge, pick } from "./values";

/** What node groups read of their cluster: eks.Cluster's output `core`, with the references in it looked up. */
export interface Core {
    readonly cluster: Bag;
    readonly vpcId: Wire | undefined;
    readonly subnetIds: Wire | undefined;
    readonly privateSubnetIds: Wire | undefined;
    readonly publicSubnetIds: Wire | undefined;
    readonly clusterSecurityGroupId: Wire;
    readonly options: Bag;
    readonly tags: Wire | undefined;
    readonly nodeSecurityGroupTags: Wire | undefined;
}

/** The argument `cluster` of a node group: an eks.Cluster or its core. */
export async function readCore(build: Builder): Promise<Core> {
    const given = build.arg("cluster");
    const component = bagOf(await build.resolve(given));
    const core = component["core"] === undefined ? component : bagOf(component["core"]);
    const cluster = await build.resolve(core["cluster"]);
    const group = core["clusterSecurityGroup"];
    const own = bagOf(cluster["vpcConfig"])["clusterSecurityGroupId"] ?? UNKNOWN;
    const { vpcId, subnetIds, privateSubnetIds, publicSubnetIds, tags, nodeSecurityGroupTags } = core;
    return {
        cluster,
        vpcId,
        subnetIds,
        privateSubnetIds,
        publicSubnetIds,
        tags,
        nodeSecurityGroupTags,
        clusterSecurityGroupId:
            group === undefined || group === null ? own : ((await build.resolve(group))["id"] ?? UNKNOWN),
        options: bagOf(core["nodeGroupOptions"]),
    };
}

/** Public parameters of the images EKS recommends, docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html */
export async function recommendedImage(build: Builder, version: Wire, options: Bag): Promise<Wire> {
    const bare = known(version);
    if (bare === undefined) {
        return apply([version], () => null);
    }
    const type = text(options["instanceType"]) ?? text(listOf(options["instanceTypes"])[0]) ?? "";
    const architecture = /^[a-z]+\d+g/.test(type) ? "arm64" : "x86_64";
    const variant = open(options["gpu"]) === true ? "nvidia" : "standard";
    const name = `/aws/service/eks/optimized-ami/${String(bare)}/amazon-linux-2023/${architecture}/${variant}/recommended/image_id`;
    const answer = await build.invoke("aws:ssm/getParameter:getParameter", { name });
    return apply([version], () => answer["value"] ?? null);
}

/** What a node needs to join, as nodeadm reads it, https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
export function nodeUserData(core: Core): Wire {
    const { name, endpoint, certificateAuthority, kubernetesNetworkConfig } = core.cluster;
    const values = [name, endpoint, certificateAuthority, kubernetesNetworkConfig].map((value) => value ?? UNKNOWN);
    return apply(values, (cluster, apiServerEndpoint, authority, network) => {
        const config = {
            apiVersion: "node.eks.aws/v1alpha1",
            kind: "NodeConfig",
            spec: {
                cluster: {
                    name: cluster ?? null,
                    apiServerEndpoint: apiServerEndpoint ?? null,
                    certificateAuthority: bagOf(authority)["data"] ?? null,
                    cidr: bagOf(network)["serviceIpv4Cidr"] ?? null,
                },
            },
        };
        return Buffer.from(JSON.stringify(config)).toString("base64");
    });
}

/** eks:index:NodeGroupV2, also the default nodes of a cluster: a launch template and a scaling group. */
export async function selfManagedNodes(
    build: Builder,
    core: Core,
    options: Bag,
    security: { groupId: Wire; clusterRuleId: Wire },
    instanceProfileName: Wire | undefined,
): Promise<Built> {
    const { name } = build;
    const ebs = compact({
        encrypted: asText(options["nodeRootVolumeEncrypted"]),
        volumeSize: options["nodeRootVolumeSize"],
        volumeType: options["nodeRootVolumeType"],
        iops: options["nodeRootVolumeIops"],
        throughput: options["nodeRootVolumeThroughput"],
        deleteOnTermination: asText(options["nodeRootVolumeDeleteOnTermination"]),
    });
    const extra = await Promise.all(listOf(options["extraNodeSecurityGroups"]).map((group) => build.resolve(group)));
    const groups = [security.groupId, ...extra.map((group) => group["id"] ?? UNKNOWN)];
    const version = options["version"] ?? core.cluster["version"] ?? UNKNOWN;
    const spotPrice = options["spotPrice"];
    const monitoring = options["enableDetailedMonitoring"];
    const keyName = await keyPair(build, options);
    const template = await build.child("aws:ec2/launchTemplate:LaunchTemplate", `${name}-launchTemplate`, {
        imageId: options["amiId"] ?? (await recommendedImage(build, version, options)),
        instanceType: options["instanceType"] ?? "t3.medium",
        iamInstanceProfile: { name: instanceProfileName ?? UNKNOWN },
        keyName,
        instanceMarketOptions:
            spotPrice === undefined ? undefined : { marketType: "spot", spotOptions: { maxPrice: spotPrice } },
        blockDeviceMappings: Object.keys(ebs).length === 0 ? [] : [{ deviceName: "/dev/xvda", ebs }],
        networkInterfaces: [
            {
                // A string, and public unless the program says otherwise: so does the real component.
                associatePublicIpAddress: asText(options["nodeAssociatePublicIpAddress"]) ?? "true",
                securityGroups: apply([groups, security.clusterRuleId], (ids) => ids),
            },
        ],
        metadataOptions: options["metadataOptions"],
        userData: nodeUserData(core),
        tagSpecifications: options["launchTemplateTagSpecifications"],
        monitoring: monitoring === undefined ? undefined : { enabled: monitoring },
    });
    const clusterName = core.cluster["name"] ?? UNKNOWN;
    const tags = apply([clusterName, options["autoScalingGroupTags"] ?? {}], (cluster, given) =>
        [
            ...Object.entries(bagOf(given)),
            [`kubernetes.io/cluster/${String(cluster)}`, "owned"] as const,
            ["Name", `${String(cluster)}-worker`] as const,
        ].map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    );
    return build.child(
        "aws:autoscaling/group:Group",
        name,
        {
            minSize: options["minSize"] ?? 1,
            maxSize: options["maxSize"] ?? 2,
            desiredCapacity: options["desiredCapacity"] ?? 2,
            launchTemplate: {
                name: template.out("name"),
                version: apply([template.out("latestVersion")], (latest) => String(latest)),
            },
            vpcZoneIdentifiers:
                options["nodeSubnetIds"] ?? core.privateSubnetIds ?? core.publicSubnetIds ?? core.subnetIds ?? UNKNOWN,
            instanceRefresh: {
                strategy: "Rolling",
                preferences: { minHealthyPercentage: options["minRefreshPercentage"] ?? 50 },
            },
            tags,
        },
        { ignoreChanges: open(options["ignoreScalingChanges"]) === true ? ["desiredCapacity"] : [] },
    );
}

async function keyPair(build: Builder, options: Bag): Promise<Wire | undefined> {
    const publicKey = options["nodePublicKey"];
    if (publicKey === undefined) {
        return options["keyName"];
    }
    return (await build.child("aws:ec2/keyPair:KeyPair", `${build.name}-keyPair`, { publicKey })).out("keyName");
}

function asText(value: Wire | undefined): Wire | undefined {
    return value === undefined ? undefined : apply([value], (bare) => String(bare));
}

export async function nodeGroupV2Component(build: Builder): Promise<ConstructResponse> {
    const core = await readCore(build);
    const options: Bag = { ...build.inputs };
    const given = build.arg("nodeSecurityGroupId") ?? (await build.resolve(build.arg("nodeSecurityGroup")))["id"];
    const rule = build.arg("clusterIngressRuleId") ?? (await build.resolve(build.arg("clusterIngressRule")))["id"];
    if (given !== undefined && rule === undefined) {
        throw new Error(
            "clusterIngressRule or clusterIngressRuleId is required when nodeSecurityGroup is manually specified",
        );
    }
    const made =
        given === undefined
            ? await nodeSecurityGroup(build, build.name, {
                  vpcId: core.vpcId,
                  clusterName: core.cluster["name"] ?? UNKNOWN,
                  clusterSecurityGroupId: core.clusterSecurityGroupId,
                  tags: [core.nodeSecurityGroupTags, core.tags],
              })
            : undefined;
    const profile =
        build.arg("instanceProfileName") ??
        (await profileName(build, build.arg("instanceProfile"))) ??
        core.options["instanceProfileName"] ??
        (await profileName(build, core.options["instanceProfile"]));
    const groupId = given ?? made?.group.id ?? UNKNOWN;
    const security = { groupId, clusterRuleId: rule ?? made?.clusterRule.id ?? UNKNOWN };
    const group = await selfManagedNodes(build, core, options, security, profile);
    return build.done({
        autoScalingGroup: group.ref,
        extraNodeSecurityGroups: build.arg("extraNodeSecurityGroups") ?? [],
        nodeSecurityGroup: made?.group.ref ?? build.arg("nodeSecurityGroup"),
        nodeSecurityGroupId: groupId,
    });
}

async function profileName(build: Builder, profile: Wire | undefined): Promise<Wire | undefined> {
    return isReference(open(profile)) ? (await build.resolve(profile))["name"] : undefined;
}

export async function nodeGroupSecurityGroupComponent(build: Builder): Promise<ConstructResponse> {
    const cluster = await build.resolve(build.arg("eksCluster"));
    const group = await build.resolve(build.arg("clusterSecurityGroup"));
    const { group: made, clusterRule } = await nodeSecurityGroup(build, build.name, {
        vpcId: build.arg("vpcId"),
        clusterName: cluster["name"] ?? UNKNOWN,
        clusterSecurityGroupId: group["id"] ?? UNKNOWN,
        tags: [build.arg("tags")],
    });
    return build.done({ securityGroup: made.ref, securityGroupRule: clusterRule.ref });
}

export async function addonComponent(build: Builder): Promise<ConstructResponse> {
    const core = await readCore(build);
    const values = build.arg("configurationValues");
    const type = "aws:eks/addon:Addon";
    await build.child(type, build.name, {
        ...pick(type, build.inputs),
        clusterName: core.cluster["name"] ?? from(UNKNOWN),
        configurationValues: values === undefined ? undefined : apply([values], (bare) => JSON.stringify(bare)),
        tags: build.arg("tags") === undefined ? undefined : merge(build.arg("tags")),
    });
    return build.done({});
}
