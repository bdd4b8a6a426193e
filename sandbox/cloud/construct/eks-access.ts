import { stringify } from "yaml";
import { type Bag, bagOf, compact, listOf, UNKNOWN, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { serviceRole } from "./eks-parts";
import { apply, pick } from "./values";

const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"];

export interface InstanceRoles {
    readonly refs: Wire;
    readonly arns: readonly Wire[];
    /** The role the component made or was given for its own nodes. */
    readonly own: Wire | undefined;
    readonly profileName: Wire | undefined;
}

export async function instanceRoles(build: Builder, withNodes: boolean): Promise<InstanceRoles> {
    const [one, many] = [build.arg("instanceRole"), build.arg("instanceRoles")];
    if (one !== undefined && many !== undefined) {
        throw new Error("instanceRole and instanceRoles are mutually exclusive, and cannot both be set.");
    }
    const profileName = build.arg("instanceProfileName") ?? bagOf(build.arg("nodeGroupOptions"))["instanceProfileName"];
    const profile = async (role: Wire | undefined) =>
        profileName ??
        (await build.child("aws:iam/instanceProfile:InstanceProfile", `${build.name}-instanceProfile`, { role })).out(
            "name",
        );
    if (many !== undefined) {
        const arns = await Promise.all(listOf(many).map(async (role) => (await build.resolve(role))["arn"] ?? UNKNOWN));
        return { refs: many, arns, own: undefined, profileName };
    }
    if (one !== undefined) {
        const role = await build.resolve(one);
        const own = role["arn"] ?? UNKNOWN;
        return { refs: [one], arns: [own], own, profileName: withNodes ? await profile(role["name"]) : profileName };
    }
    if (build.flag("createInstanceRole") ?? withNodes) {
        const options = { service: "ec2.amazonaws.com", policies: NODE_POLICIES, tags: build.arg("tags") };
        const { role } = await serviceRole(build, `${build.name}-instanceRole`, options);
        const own = role.out("arn");
        return { refs: [role.ref], arns: [own], own, profileName: await profile(role.out("name")) };
    }
    return { refs: [], arns: [], own: undefined, profileName };
}

export interface NodeAccess {
    readonly configMap: Built | undefined;
    readonly dependsOn: readonly string[];
}

/** Who may join and use the cluster: the aws-auth ConfigMap, access entries, or both. */
export async function nodeAccess(
    build: Builder,
    cluster: Built,
    provider: Built,
    roles: InstanceRoles,
    mode: string | undefined,
): Promise<NodeAccess> {
    const configMap =
        mode === "API"
            ? undefined
            : await build.child(
                  "kubernetes:core/v1:ConfigMap",
                  `${build.name}-nodeAccess`,
                  {
                      apiVersion: "v1",
                      kind: "ConfigMap",
                      immutable: false,
                      metadata: {
                          name: "aws-auth",
                          namespace: "kube-system",
                          annotations: { "pulumi.com/patchForce": "true" },
                      },
                      data: awsAuth(build, roles.arns),
                  },
                  { provider: build.providerReference(provider) },
              );
    const entries: { readonly [entry: string]: Bag } =
        mode === "API" || mode === "API_AND_CONFIG_MAP"
            ? {
                  ...(roles.own === undefined
                      ? {}
                      : { defaultNodeGroupInstanceRole: { principalArn: roles.own, type: "EC2_LINUX" } }),
                  ...Object.fromEntries(
                      Object.entries(bagOf(build.arg("accessEntries"))).map(([key, entry]) => [key, bagOf(entry)]),
                  ),
              }
            : {};
    const urns = configMap === undefined ? [] : [configMap.urn];
    for (const [key, entry] of Object.entries(entries)) {
        urns.push(await accessEntry(build, cluster, key, entry));
    }
    return { configMap, dependsOn: urns };
}

async function accessEntry(build: Builder, cluster: Built, key: string, entry: Bag): Promise<string> {
    const type = "aws:eks/accessEntry:AccessEntry";
    const clusterName = cluster.out("name");
    const inputs = { ...pick(type, entry), clusterName, userName: entry["username"] };
    const built = await build.child(type, `${build.name}-${key}`, inputs, { dependsOn: [cluster.urn] });
    for (const [policy, association] of Object.entries(bagOf(entry["accessPolicies"]))) {
        const { accessScope, policyArn } = bagOf(association);
        await build.child(
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
            `${build.name}-${key}-${policy}`,
            { accessScope, policyArn, principalArn: entry["principalArn"], clusterName },
            { parent: built.urn, dependsOn: [built.urn] },
        );
    }
    return built.urn;
}

function awsAuth(build: Builder, arns: readonly Wire[]): Wire {
    const groups = ["system:bootstrappers", "system:nodes"];
    const mapRoles = apply([build.arg("roleMappings") ?? [], [...arns]], (mappings, roles) =>
        stringify([
            ...listOf(mappings).map((mapping) => renamed(mapping, "roleArn", "rolearn")),
            ...listOf(roles).map((rolearn) => ({ rolearn, username: "system:node:{{EC2PrivateDNSName}}", groups })),
        ]),
    );
    const users = build.arg("userMappings");
    return users === undefined
        ? { mapRoles }
        : {
              mapRoles,
              mapUsers: apply([users], (mappings) =>
                  stringify(listOf(mappings).map((mapping) => renamed(mapping, "userArn", "userarn"))),
              ),
          };
}

function renamed(mapping: Wire, from: string, to: string): Bag {
    const { [from]: arn, username, groups } = bagOf(mapping);
    return compact({ [to]: arn, username, groups });
}
