import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkAclsArgs {
    readonly vpcId: pulumi.Input<string>;
    /** IPv4 range of the VPC. */
    readonly cidr: string;
    readonly publicSubnetIds: pulumi.Input<string[]>;
    readonly privateSubnetIds: pulumi.Input<string[]>;
    /** @default none */
    readonly isolatedSubnetIds?: pulumi.Input<string[]>;
    /** Ports that the Internet may open connections to in the public subnets. @default none */
    readonly publicPorts?: readonly number[];
    /** Networks beside the VPC that private subnets talk to, by name, for example peered ones. @default none */
    readonly peers?: Readonly<Record<string, string>>;
    /** Ports of the Internet that are reached. @default [443] */
    readonly outboundPorts?: readonly number[];
}

type Entry = aws.types.input.ec2.NetworkAclIngress;

const world = "0.0.0.0/0";
/** Ports that answers come back to. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
const ephemeral = { fromPort: 1024, toPort: 65535 };

const all = (cidrBlock: string) => ({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlock });
const tcp = (cidrBlock: string, fromPort: number, toPort = fromPort) => ({
    protocol: "tcp",
    fromPort,
    toPort,
    cidrBlock,
});

/** Numbers entries in steps, so that one can be put between two by hand in an emergency. */
const numbered = (entries: readonly Omit<Entry, "ruleNo" | "action">[]): Entry[] =>
    entries.map((entry, index) => ({ ...entry, action: "allow", ruleNo: 100 + index * 10 }));

/**
 * A second wall behind the security groups, one a tier: whatever a group lets through by mistake, databases can't be
 * reached from outside the VPC and nothing but the named ports from the Internet.
 */
export class NetworkAcls extends pulumi.ComponentResource {
    /** By tier: `public`, `private` and `isolated`. */
    readonly acls: Readonly<Record<string, aws.ec2.NetworkAcl>>;

    constructor(name: string, args: NetworkAclsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:NetworkAcls", name, {}, opts);
        const inside = all(args.cidr);
        const peers = Object.values(args.peers ?? {}).map(all);
        const outbound = (args.outboundPorts ?? [443]).map((port) => tcp(world, port));
        // ACLs have no memory: answers to connections that were opened from inside have to be let in by port
        const answersIn = tcp(world, ephemeral.fromPort, ephemeral.toPort);

        const acl = (
            tier: string,
            subnetIds: pulumi.Input<string[]>,
            ingress: readonly Omit<Entry, "ruleNo" | "action">[],
            egress: readonly Omit<Entry, "ruleNo" | "action">[],
        ) =>
            new aws.ec2.NetworkAcl(
                `${name}-${tier}`,
                {
                    vpcId: args.vpcId,
                    subnetIds,
                    ingress: numbered(ingress),
                    egress: numbered(egress),
                    tags: { Name: `${name}-${tier}` },
                },
                { parent: this },
            );
        this.acls = {
            public: acl(
                "public",
                args.publicSubnetIds,
                [inside, ...(args.publicPorts ?? []).map((port) => tcp(world, port)), answersIn],
                [inside, ...outbound, tcp(world, ephemeral.fromPort, ephemeral.toPort)],
            ),
            private: acl(
                "private",
                args.privateSubnetIds,
                [inside, ...peers, answersIn],
                [inside, ...peers, ...outbound],
            ),
            ...(args.isolatedSubnetIds
                ? { isolated: acl("isolated", args.isolatedSubnetIds, [inside], [inside]) }
                : {}),
        };
        this.registerOutputs({});
    }
}
