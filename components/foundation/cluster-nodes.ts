import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "./arn";
import type { ArgChecks } from "./checks";
import { architectureOf, hasNvidiaGpu } from "./instance-types";
import { serviceTrust } from "./policy-document";

/** A managed node group: machines of one kind that join the cluster by themselves. */
export interface NodeGroupSpec {
    /** EC2 instance types, all of one architecture. Give several with `spot`: the more, the likelier there is capacity. */
    readonly instanceTypes: readonly string[];
    /** Fewest nodes, 0 or more. */
    readonly minSize: number;
    /** Most nodes, 1 or more. */
    readonly maxSize: number;
    /** Nodes to start with and after each change of the group; an autoscaler may differ in between. @default minSize */
    readonly desiredSize?: number;
    /**
     * An autoscaler sets the number of nodes, and changes of the group leave it alone. To raise `minSize` beyond the number of
     * the moment, raise that first: EKS refuses a group with fewer nodes than its minimum. @default false
     */
    readonly autoscaled?: boolean;
    /** Buy spare capacity: cheaper, may be taken back at two minutes' notice. @default false */
    readonly spot?: boolean;
    /** Nodes with NVIDIA GPUs: driver in the image, and tainted so that only what asks for GPUs lands there. @default false */
    readonly gpu?: boolean;
    /** Root volume in GiB, 20 to 16384. @default 50, 100 with GPU since its images are large */
    readonly diskSizeGib?: number;
    /** Kubernetes labels beside those of the kind. @default none */
    readonly labels?: Readonly<Record<string, string>>;
    /** Kubernetes taints beside those of the kind. @default none */
    readonly taints?: readonly NodeTaint[];
}

export interface NodeTaint {
    readonly key: string;
    readonly value: string;
    readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType */
const amiTypes = {
    x86_64: { standard: "AL2023_x86_64_STANDARD", gpu: "AL2023_x86_64_NVIDIA" },
    arm64: { standard: "AL2023_ARM_64_STANDARD", gpu: "AL2023_ARM_64_NVIDIA" },
} as const;

/** What keeps pods without a GPU request off expensive nodes; NVIDIA's device plugin tolerates it out of the box. */
const gpuTaint: NodeTaint = { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" };

/** The image family of a node group. */
export function amiTypeOf(spec: Pick<NodeGroupSpec, "instanceTypes" | "gpu">): string {
    return amiTypes[architectureOf(spec.instanceTypes[0] ?? "")][spec.gpu ? "gpu" : "standard"];
}

/** All taints of a group's nodes. */
export function taintsOf(spec: NodeGroupSpec): readonly NodeTaint[] {
    return [...(spec.gpu ? [gpuTaint] : []), ...(spec.taints ?? [])];
}

/** Labels of a group's nodes. */
export function labelsOf(spec: NodeGroupSpec): Record<string, string> {
    return { ...(spec.gpu ? { "nvidia.com/gpu.present": "true" } : {}), ...spec.labels };
}

/** Notes what is wrong with a node group. */
export function checkNodeGroup(checks: ArgChecks, spec: NodeGroupSpec, path: string): void {
    const architectures = new Set(spec.instanceTypes.map(architectureOf));
    const gpuTypes = spec.instanceTypes.filter(hasNvidiaGpu);
    checks
        .expect(spec.instanceTypes.length > 0, `${path}.instanceTypes`, "must name at least one instance type")
        .expect(
            architectures.size <= 1,
            `${path}.instanceTypes`,
            `must be of one architecture, got ${[...architectures].join(" and ")}: one image serves the whole group`,
        )
        .expect(
            spec.gpu ? gpuTypes.length === spec.instanceTypes.length : gpuTypes.length === 0,
            `${path}.gpu`,
            spec.gpu
                ? `needs types with NVIDIA GPUs, got ${spec.instanceTypes.filter((type) => !hasNvidiaGpu(type)).join(", ")}`
                : `must be true for ${gpuTypes.join(", ")}: without it the GPUs would stay unused`,
        )
        .expectWhole(spec.minSize, 0, 1000, `${path}.minSize`)
        .expectWhole(spec.maxSize, 1, 1000, `${path}.maxSize`)
        .expect(
            spec.minSize <= spec.maxSize,
            `${path}.minSize`,
            `must be at most maxSize (${spec.maxSize}), got ${spec.minSize}`,
        )
        .expect(
            spec.desiredSize === undefined || (spec.desiredSize >= spec.minSize && spec.desiredSize <= spec.maxSize),
            `${path}.desiredSize`,
            `must be from minSize (${spec.minSize}) to maxSize (${spec.maxSize}), got ${spec.desiredSize}`,
        )
        .expectWhole(spec.diskSizeGib, 20, 16384, `${path}.diskSizeGib`);
}

export interface NodeGroupsArgs {
    readonly region: string;
    /** Depends on the cluster, so that groups come after it and go before it. */
    readonly clusterName: pulumi.Input<string>;
    readonly version: string;
    readonly subnetIds: pulumi.Input<string[]>;
    /** Group that lets nodes and control plane talk. */
    readonly clusterSecurityGroupId: pulumi.Input<string>;
    /** Key of the root volumes, which Auto Scaling may use. */
    readonly keyArn: pulumi.Input<string>;
    readonly groups: Readonly<Record<string, NodeGroupSpec>>;
    readonly tags: Readonly<Record<string, string>>;
    /** What must run before nodes can become ready. */
    readonly dependsOn: readonly pulumi.Resource[];
}

export interface NodeGroups {
    readonly role: aws.iam.Role;
    readonly groups: Readonly<Record<string, aws.eks.NodeGroup>>;
}

/**
 * The node groups of a cluster and the role of their nodes. They are aws.eks.NodeGroup rather than eks.ManagedNodeGroup:
 * with a launch template and a role of our own the latter would add a remote component around this same one resource.
 */
export function createNodeGroups(name: string, args: NodeGroupsArgs, opts: pulumi.CustomResourceOptions): NodeGroups {
    const role = new aws.iam.Role(
        `${name}-node-role`,
        { description: `Nodes of ${name}`, assumeRolePolicy: serviceTrust("ec2.amazonaws.com") },
        opts,
    );
    // The network plugin has a role of its own, so its policy isn't here.
    // https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
    const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map(
        (policy) =>
            new aws.iam.RolePolicyAttachment(
                `${name}-node-${policy}`,
                { role: role.name, policyArn: managedPolicyArn(args.region, policy) },
                opts,
            ),
    );
    const dependsOn = [...args.dependsOn, ...policies];
    const groups = Object.fromEntries(
        Object.entries(args.groups).map(([key, spec]) => {
            const template = createLaunchTemplate(`${name}-${key}-template`, spec, args, opts);
            const ignoreChanges = spec.autoscaled ? ["scalingConfig.desiredSize"] : undefined;
            return [
                key,
                createNodeGroup(`${name}-${key}`, spec, args, role, template, { ...opts, dependsOn, ignoreChanges }),
            ];
        }),
    );
    return { role, groups };
}

function createNodeGroup(
    name: string,
    spec: NodeGroupSpec,
    args: NodeGroupsArgs,
    role: aws.iam.Role,
    template: aws.ec2.LaunchTemplate,
    opts: pulumi.CustomResourceOptions,
): aws.eks.NodeGroup {
    return new aws.eks.NodeGroup(
        name,
        {
            clusterName: args.clusterName,
            version: args.version,
            nodeRoleArn: role.arn,
            subnetIds: args.subnetIds,
            amiType: amiTypeOf(spec),
            capacityType: spec.spot ? "SPOT" : "ON_DEMAND",
            instanceTypes: [...spec.instanceTypes],
            scalingConfig: {
                minSize: spec.minSize,
                maxSize: spec.maxSize,
                desiredSize: spec.desiredSize ?? spec.minSize,
            },
            // A third of the nodes at a time, and at least one.
            updateConfig: { maxUnavailablePercentage: 33 },
            launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
            labels: labelsOf(spec),
            taints: taintsOf(spec).map((taint) => ({ ...taint })),
        },
        opts,
    );
}

function createLaunchTemplate(
    name: string,
    spec: NodeGroupSpec,
    args: NodeGroupsArgs,
    opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
    return new aws.ec2.LaunchTemplate(
        name,
        {
            description: `Nodes of ${name}`,
            updateDefaultVersion: true,
            // Version 2 only, and answers that live one hop: processes of the node reach it, pods don't and so can't take the
            // node's role; they have roles of their own. https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            blockDeviceMappings: [
                {
                    // Root device of Amazon Linux 2023.
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: spec.diskSizeGib ?? (spec.gpu ? 100 : 50),
                        encrypted: "true",
                        kmsKeyId: args.keyArn,
                        deleteOnTermination: "true",
                    },
                },
            ],
            // Naming an interface to say "no public address" means naming its groups too, EKS no longer adds its own then:
            // https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
            networkInterfaces: [
                {
                    deviceIndex: 0,
                    associatePublicIpAddress: "false",
                    deleteOnTermination: "true",
                    securityGroups: [args.clusterSecurityGroupId],
                },
            ],
            monitoring: { enabled: true },
            // Default tags of the provider don't reach what Auto Scaling starts.
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags: { Name: name.replace(/-template$/, ""), ...args.tags },
            })),
        },
        opts,
    );
}
