import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PartArgs } from "./args";
import type { ServiceNetwork } from "./network";

export interface PeeringArgs extends PartArgs {
    readonly serviceNetwork: ServiceNetwork;
    /** Acts in the shared account. */
    readonly sharedProvider: aws.Provider;
}

/** Private traffic between this network and the one of the shared services, asked for here and accepted there. */
export class Peering extends pulumi.ComponentResource {
    readonly connectionId: pulumi.Output<string>;

    constructor(name: string, args: PeeringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Peering", name, {}, opts);
        const here = { parent: this };
        const there = { parent: this, provider: args.sharedProvider };
        const { serviceNetwork, sharedServices } = args;

        const connection = new aws.ec2.VpcPeeringConnection(
            `${name}-connection`,
            {
                vpcId: serviceNetwork.vpcId,
                peerOwnerId: sharedServices.accountId,
                peerVpcId: sharedServices.vpcId,
                // the other account has to agree by itself
                autoAccept: false,
                tags: { Name: `${args.prefix}-shared-services` },
            },
            here,
        );
        const accepter = new aws.ec2.VpcPeeringConnectionAccepter(
            `${name}-accepter`,
            {
                vpcPeeringConnectionId: connection.id,
                autoAccept: true,
                tags: { Name: `${args.prefix}-shared-services` },
            },
            there,
        );
        // options and routes exist on an accepted connection only
        this.connectionId = accepter.id;
        new aws.ec2.PeeringConnectionOptions(
            `${name}-requester-options`,
            { vpcPeeringConnectionId: this.connectionId, requester: { allowRemoteVpcDnsResolution: true } },
            here,
        );
        new aws.ec2.PeeringConnectionOptions(
            `${name}-accepter-options`,
            { vpcPeeringConnectionId: this.connectionId, accepter: { allowRemoteVpcDnsResolution: true } },
            there,
        );
        for (const [zone, routeTableId] of Object.entries(serviceNetwork.privateRouteTables)) {
            new aws.ec2.Route(
                `${name}-to-shared-${zone}`,
                {
                    routeTableId,
                    destinationCidrBlock: sharedServices.peerCidr,
                    vpcPeeringConnectionId: this.connectionId,
                },
                here,
            );
        }
        for (const routeTableId of sharedServices.routeTableIds) {
            new aws.ec2.Route(
                `${name}-from-shared-${routeTableId}`,
                {
                    routeTableId,
                    destinationCidrBlock: serviceNetwork.cidr,
                    vpcPeeringConnectionId: this.connectionId,
                },
                there,
            );
        }
        this.registerOutputs({ connectionId: this.connectionId });
    }
}
