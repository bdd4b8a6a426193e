import * as pulumi from "@pulumi/pulumi";
import { Network } from "../foundation/network";
import { NetworkAcls } from "../foundation/network-acls";
import { SecurityGroup } from "../foundation/security-group";
import type { PartArgs } from "./args";

export interface AppNetworkArgs extends PartArgs {
    readonly logKeyArn: pulumi.Input<string>;
}

/** Ports that the stores listen on. */
export const ports = { database: 5432, cache: 6379 } as const;

/** The VPC, its ACLs, and the groups that decide who talks to whom. */
export class AppNetwork extends pulumi.ComponentResource {
    readonly network: Network;
    /** One a service, by name. */
    readonly services: Readonly<Record<string, SecurityGroup>>;
    readonly database: SecurityGroup;
    readonly cache: SecurityGroup;

    constructor(name: string, args: AppNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:AppNetwork", name, {}, opts);
        const parent = { parent: this };
        this.network = new Network(
            name,
            {
                accountId: args.accountId,
                region: args.region,
                cidr: args.network.vpcCidr,
                availabilityZones: args.network.availabilityZones,
                natGateways: args.network.natGateways,
                isolatedSubnets: true,
                endpoints: args.network.interfaceEndpoints ? ["s3", "ecr", "logs", "secretsmanager"] : ["s3"],
                logsKeyArn: args.logKeyArn,
                logRetentionDays: args.logRetentionDays,
            },
            parent,
        );
        const { vpcId, publicSubnetIds, privateSubnetIds, isolatedSubnetIds } = this.network;
        // CloudFront comes in by an interface within the VPC: nothing opens a connection from outside
        new NetworkAcls(
            `${name}-acls`,
            { vpcId, cidr: args.network.vpcCidr, publicSubnetIds, privateSubnetIds, isolatedSubnetIds },
            parent,
        );

        const group = (role: string, description: string) =>
            new SecurityGroup(`${name}-${role}`, { vpcId, description: `${args.prefix}: ${description}` }, parent);
        this.database = group("database", "database");
        this.cache = group("cache", "cache");
        this.services = Object.fromEntries(
            Object.entries(args.services).map(([service, { uses }]) => {
                const members = group(service, `tasks of ${service}`);
                members.addEgress("web", {
                    description: "AWS services and APIs of others, over TLS",
                    port: 443,
                    cidr: "0.0.0.0/0",
                });
                for (const store of ["database", "cache"] as const) {
                    if (uses.includes(store)) {
                        connect(members, service, this[store], store);
                    }
                }
                return [service, members];
            }),
        );
        this.registerOutputs({ vpcId });
    }
}

/** Both ends have to allow a connection. */
function connect(from: SecurityGroup, service: string, to: SecurityGroup, store: keyof typeof ports): void {
    const port = ports[store];
    from.addEgress(store, { description: `To the ${store}`, port, securityGroupId: to.securityGroupId });
    to.addIngress(service, { description: `From tasks of ${service}`, port, securityGroupId: from.securityGroupId });
}
