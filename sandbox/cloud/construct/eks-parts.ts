import { createHash } from "node:crypto";
import { compact, UNKNOWN, type Wire } from "../wire";
import type { Builder, Built, ChildOptions } from "./builder";
import { apply, known, merge } from "./values";

/** The parts several components of https://github.com/pulumi/pulumi-eks (nodejs/eks) are made of. */

export interface ServiceRole {
    readonly role: Built;
    /** The role's ARN once every policy is attached. */
    readonly dependsOn: readonly string[];
}

/** eks:index:ServiceRole: a role that a service assumes, with managed policies. */
export async function serviceRole(
    build: Builder,
    name: string,
    options: {
        service: string;
        description?: string;
        actions?: readonly string[];
        policies: readonly string[];
        tags: Wire | undefined;
    },
): Promise<ServiceRole> {
    const group = await build.group("eks:index:ServiceRole", name);
    const assumeRolePolicy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Action: options.actions ?? ["sts:AssumeRole"],
                Effect: "Allow",
                Principal: { Service: [options.service] },
            },
        ],
    });
    const { description, tags } = options;
    const role = await build.child(
        "aws:iam/role:Role",
        `${name}-role`,
        { description, assumeRolePolicy, tags },
        { parent: group },
    );
    const attachments: string[] = [];
    for (const policy of options.policies) {
        const policyArn = `arn:aws:iam::aws:policy/${policy}`;
        const suffix = createHash("sha1").update(policyArn).digest("hex").slice(0, 8);
        const inputs = { policyArn, role: role.out("name") };
        const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
        attachments.push((await build.child(type, `${name}-${suffix}`, inputs, { parent: group })).urn);
    }
    return { role, dependsOn: [role.urn, ...attachments] };
}

export interface NodeGroupSecurity {
    readonly group: Built;
    /** Lets the nodes reach the API server. */
    readonly clusterRule: Built;
}

/** The nodes' security group and the rules between it and the cluster's. */
export async function nodeSecurityGroup(
    build: Builder,
    name: string,
    options: {
        vpcId: Wire | undefined;
        clusterName: Wire;
        clusterSecurityGroupId: Wire;
        tags: readonly (Wire | undefined)[];
    },
): Promise<NodeGroupSecurity> {
    const { clusterSecurityGroupId, clusterName } = options;
    const own = apply([clusterName], (cluster) => ({
        Name: `${name}-nodeSecurityGroup`,
        [`kubernetes.io/cluster/${String(cluster)}`]: "owned",
    }));
    const group = await build.child("aws:ec2/securityGroup:SecurityGroup", `${name}-nodeSecurityGroup`, {
        vpcId: options.vpcId,
        revokeRulesOnDelete: true,
        tags: merge(own, ...options.tags),
    });
    const rule = (suffix: string, inputs: { [key: string]: Wire }) =>
        build.child("aws:ec2/securityGroupRule:SecurityGroupRule", `${name}-${suffix}`, inputs);
    const all = { fromPort: 0, toPort: 0, protocol: "-1" };
    await rule("eksNodeIngressRule", {
        ...all,
        description: "Allow nodes to communicate with each other",
        type: "ingress",
        securityGroupId: group.id,
        self: true,
    });
    const fromCluster = {
        type: "ingress",
        protocol: "tcp",
        securityGroupId: group.id,
        sourceSecurityGroupId: clusterSecurityGroupId,
    };
    await rule("eksNodeClusterIngressRule", {
        ...fromCluster,
        description: "Allow worker Kubelets and pods to receive communication from the cluster control plane",
        fromPort: 1025,
        toPort: 65535,
    });
    await rule("eksExtApiServerClusterIngressRule", {
        ...fromCluster,
        description:
            "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
        fromPort: 443,
        toPort: 443,
    });
    await rule("eksNodeInternetEgressRule", {
        ...all,
        description: "Allow internet access.",
        type: "egress",
        cidrBlocks: ["0.0.0.0/0"],
        securityGroupId: group.id,
    });
    const clusterRule = await rule("eksClusterIngressRule", {
        description: "Allow pods to communicate with the cluster API Server",
        type: "ingress",
        fromPort: 443,
        toPort: 443,
        protocol: "tcp",
        securityGroupId: clusterSecurityGroupId,
        sourceSecurityGroupId: group.id,
    });
    return { group, clusterRule };
}

/** The version AWS has of an add-on for the cluster's Kubernetes version. */
export async function addonVersion(
    build: Builder,
    addonName: string,
    kubernetesVersion: Wire | undefined,
): Promise<Wire> {
    const version = known(kubernetesVersion);
    if (version === undefined) {
        return apply([kubernetesVersion ?? UNKNOWN], () => null);
    }
    const token = "aws:eks/getAddonVersion:getAddonVersion";
    const answer = await build.invoke(token, { addonName, kubernetesVersion: version, mostRecent: true });
    return apply([kubernetesVersion ?? null], () => answer["version"] ?? null);
}

/** An add-on as eks.Cluster makes it. */
export async function clusterAddon(
    build: Builder,
    addonName: string,
    cluster: Built,
    given: { readonly [option: string]: Wire },
    options: ChildOptions = {},
): Promise<void> {
    const values = given["configurationValues"];
    await build.child(
        "aws:eks/addon:Addon",
        `${build.name}-${addonName}`,
        compact({
            clusterName: cluster.out("name"),
            addonName,
            preserve: true,
            tags: build.arg("tags"),
            addonVersion: given["version"] ?? (await addonVersion(build, addonName, cluster.out("version"))),
            resolveConflictsOnCreate: given["resolveConflictsOnCreate"] ?? "OVERWRITE",
            resolveConflictsOnUpdate: given["resolveConflictsOnUpdate"] ?? "OVERWRITE",
            configurationValues: values === undefined ? undefined : apply([values], (bare) => stableJson(bare)),
        }),
        options,
    );
}

/** JSON with sorted keys, so that the order in the program means nothing. */
export function stableJson(value: unknown): string {
    return JSON.stringify(value, (_, item: unknown) =>
        typeof item === "object" && item !== null && !Array.isArray(item)
            ? Object.fromEntries(Object.entries(item).sort(([left], [right]) => left.localeCompare(right)))
            : item,
    );
}
