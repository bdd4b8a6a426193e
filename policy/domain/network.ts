import type { Node } from "../engine/node";
import { identifiersOf, type StackResource, type StackView } from "../engine/stack";
import { areOpenTogether, isOpen, type Widest } from "./cidr";

/** Properties in which resources name the security groups they stand behind. */
const groupProperties: readonly string[] = [
    "vpcSecurityGroupIds",
    "securityGroups",
    "securityGroupIds",
    "networkConfiguration.securityGroups",
    "networkConfiguration.securityGroupIds",
    "vpcConfig.securityGroupIds",
    "vpcOptions.securityGroupIds",
    "brokerNodeGroupInfo.securityGroups",
];

const groupTypes = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

/** One thing that a group lets in. */
export interface Admission {
    readonly group: StackResource;
    readonly ports: string;
    /** Address ranges, or the group whose members may connect. */
    readonly ranges: readonly string[];
    readonly source: StackResource | undefined;
    /** The resource that holds the rule: the group, or a rule of its own. */
    readonly holder: StackResource;
}

function portsOf(rule: Node): string {
    const from = rule.get("fromPort").number;
    const to = rule.get("toPort").number;
    const protocol = rule.get("protocol").string ?? rule.get("ipProtocol").string;
    return protocol === "-1" || from === undefined ? "all ports" : from === to ? `port ${from}` : `ports ${from}-${to}`;
}

function texts(...lists: readonly Node[]): readonly string[] {
    return lists.flatMap((list) => list.values().flatMap((node) => node.string ?? []));
}

const networks = new WeakMap<StackView, Network>();

/** Resolves names to resources: by the engine's dependencies, or because a property holds an id, name or ARN. */
export class Network {
    private readonly byIdentifier = new Map<string, StackResource>();
    readonly admissions: readonly Admission[];

    /** One for each stack, however many rules ask. */
    static of(stack: StackView): Network {
        const network = networks.get(stack) ?? new Network(stack);
        networks.set(stack, network);
        return network;
    }

    private constructor(readonly stack: StackView) {
        for (const resource of stack.resources) {
            for (const name of identifiersOf(resource)) {
                if (!this.byIdentifier.has(name) || groupTypes.includes(resource.type)) {
                    this.byIdentifier.set(name, resource);
                }
            }
        }
        this.admissions = stack.resources.flatMap((resource) => this.admissionsOf(resource));
    }

    /** What a property refers to. Only its top-level name counts for dependencies, which the engine does not split further. */
    referred(resource: StackResource, path: string, types?: readonly string[]): readonly StackResource[] {
        const values = resource.get(path).values();
        const byValue = values.flatMap((value) => this.byIdentifier.get(value.string ?? "") ?? []);
        const top = path.split(".")[0] ?? path;
        const open = values.some((value) => value.unknown) || byValue.length === 0 || byValue.length < values.length;
        const byDependency = open ? this.stack.referredBy(resource, top) : [];
        const found = [...new Set([...byValue, ...byDependency])];
        return types === undefined ? found : found.filter((candidate) => types.includes(candidate.type));
    }

    /** The resources whose id, name or ARN stands anywhere in the objects. */
    named(objects: readonly Node[], depth = 4): readonly StackResource[] {
        return objects.flatMap((object) =>
            [...object.entries().map(([, value]) => value), ...(object.isList() ? object.items() : [])].flatMap(
                (value) => {
                    const found = this.byIdentifier.get(value.string ?? "");
                    return found === undefined ? (depth > 0 ? this.named([value], depth - 1) : []) : [found];
                },
            ),
        );
    }

    groupsOf(resource: StackResource): readonly StackResource[] {
        return [...new Set(groupProperties.flatMap((property) => this.referred(resource, property, groupTypes)))];
    }

    membersOf(group: StackResource): readonly StackResource[] {
        return this.stack.resources.filter(
            (resource) => !groupTypes.includes(resource.type) && this.groupsOf(resource).includes(group),
        );
    }

    /** The admissions of a group that are open to the internet; ranges of all its rules count together. */
    openings(group: StackResource, widest: Widest): readonly Admission[] {
        const own = this.admissions.filter((admission) => admission.group === group);
        const open = own.filter(
            ({ ranges }) => ranges.some((range) => isOpen(range, widest)) || areOpenTogether(ranges, widest),
        );
        const together = areOpenTogether(
            own.flatMap(({ ranges }) => ranges),
            widest,
        );
        return open.length === 0 && together ? own.filter(({ ranges }) => ranges.length > 0) : open;
    }

    private admissionsOf(resource: StackResource): readonly Admission[] {
        switch (resource.type) {
            case "aws:ec2/securityGroup:SecurityGroup":
            case "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":
                return resource
                    .get("ingress")
                    .items()
                    .flatMap((rule): readonly Admission[] => {
                        const common = { group: resource, holder: resource, ports: portsOf(rule) };
                        const ranges = texts(rule.get("cidrBlocks"), rule.get("ipv6CidrBlocks"));
                        const sources = texts(rule.get("securityGroups")).flatMap(
                            (id) => this.byIdentifier.get(id) ?? [],
                        );
                        const unknown =
                            rule
                                .get("securityGroups")
                                .values()
                                .some((value) => value.unknown) || rule.get("securityGroups").unknown;
                        const others = unknown
                            ? this.stack.referredBy(resource, "ingress").filter(({ type }) => groupTypes.includes(type))
                            : [];
                        return [
                            ...(ranges.length > 0 ? [{ ...common, ranges, source: undefined }] : []),
                            ...[...new Set([...sources, ...others])].map((source) => ({
                                ...common,
                                ranges: [],
                                source,
                            })),
                        ];
                    });
            case "aws:ec2/securityGroupRule:SecurityGroupRule":
                return resource.get("type").string === "egress"
                    ? []
                    : this.separate(resource, ["cidrBlocks", "ipv6CidrBlocks"], "sourceSecurityGroupId");
            case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
                return this.separate(resource, ["cidrIpv4", "cidrIpv6"], "referencedSecurityGroupId");
            default:
                return [];
        }
    }

    private separate(rule: StackResource, lists: readonly string[], sourceProperty: string): readonly Admission[] {
        const [group] = this.referred(rule, "securityGroupId", groupTypes);
        if (group === undefined) {
            return [];
        }
        const common = { group, holder: rule, ports: portsOf(rule.inputs) };
        const ranges = texts(...lists.map((name) => rule.get(name)));
        const sources = this.referred(rule, sourceProperty, groupTypes).filter((source) => source !== group);
        return [
            ...(ranges.length > 0 ? [{ ...common, ranges, source: undefined }] : []),
            ...sources.map((source) => ({ ...common, ranges: [], source })),
        ];
    }
}
