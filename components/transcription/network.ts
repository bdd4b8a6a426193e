import * as pulumi from "@pulumi/pulumi";
import { Network } from "../foundation/network";
import { NetworkAcls } from "../foundation/network-acls";
import type { PartArgs } from "./args";

export interface NetworkPartArgs extends PartArgs {
    readonly logKeyArn: pulumi.Input<string>;
}

/** The network that the service lives in: its own, or one that was there before. */
export class ServiceNetwork extends pulumi.ComponentResource {
    readonly vpcId: pulumi.Output<string>;
    readonly cidr: string;
    readonly publicSubnetIds: pulumi.Output<string[]>;
    readonly privateSubnetIds: pulumi.Output<string[]>;
    readonly isolatedSubnetIds: pulumi.Output<string[]>;
    /** Private subnets by availability zone, or by id in a network that was there before. */
    readonly privateSubnets: Readonly<Record<string, pulumi.Output<string>>>;
    /** Their route tables by availability zone, or by id in a network that was there before. */
    readonly privateRouteTables: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: NetworkPartArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:ServiceNetwork", name, {}, opts);
        const { existing, availabilityZones, vpcCidr } = args.network;
        this.cidr = vpcCidr;

        if (existing) {
            this.vpcId = pulumi.output(existing.vpcId);
            this.publicSubnetIds = pulumi.output(existing.publicSubnetIds);
            this.privateSubnetIds = pulumi.output(existing.privateSubnetIds);
            this.isolatedSubnetIds = pulumi.output(existing.isolatedSubnetIds);
            this.privateSubnets = byId(existing.privateSubnetIds);
            this.privateRouteTables = byId(existing.privateRouteTableIds);
        } else {
            const network = new Network(
                `${name}-own`,
                {
                    accountId: args.accountId,
                    region: args.region,
                    cidr: vpcCidr,
                    availabilityZones,
                    natGateways: args.network.natGateways,
                    isolatedSubnets: true,
                    logRetentionDays: args.logRetentionDays,
                    logsKeyArn: args.logKeyArn,
                    // layers of images come from S3: its endpoint costs nothing and keeps gigabytes off the NAT gateway
                    endpoints: args.network.interfaceEndpoints
                        ? ["s3", "ecr", "ecs", "sqs", "logs", "monitoring", "secretsmanager", "ssm", "kms", "sts"]
                        : ["s3"],
                },
                { parent: this },
            );
            new NetworkAcls(
                `${name}-acls`,
                {
                    vpcId: network.vpcId,
                    cidr: vpcCidr,
                    publicSubnetIds: network.publicSubnetIds,
                    privateSubnetIds: network.privateSubnetIds,
                    isolatedSubnetIds: network.isolatedSubnetIds,
                    publicPorts: [443, 80],
                    peers: { "shared-services": args.sharedServices.peerCidr },
                },
                { parent: this },
            );
            this.vpcId = network.vpcId;
            this.publicSubnetIds = network.publicSubnetIds;
            this.privateSubnetIds = network.privateSubnetIds;
            this.isolatedSubnetIds = network.isolatedSubnetIds;
            this.privateSubnets = byZone(availabilityZones, network.privateSubnetIds);
            this.privateRouteTables = byZone(availabilityZones, network.privateRouteTableIds);
        }
        this.registerOutputs({ vpcId: this.vpcId });
    }
}

const byId = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, pulumi.output(id)]));

/** The network's lists are in the order of its zones. */
const byZone = (zones: readonly string[], ids: pulumi.Output<string[]>) =>
    Object.fromEntries(zones.map((zone, index) => [zone, ids.apply((list) => list[index] ?? "")]));
