import type * as pulumi from "@pulumi/pulumi";
import { SecurityGroup, type SecurityGroupRule } from "../foundation/security-group";
import { databasePort } from "./place";

export interface PipelineGroupsArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Group of the interface endpoints of AWS services. */
    readonly endpointGroupId: pulumi.Input<string>;
    /** S3's addresses in the region, which the gateway endpoint routes to. */
    readonly s3PrefixListId: pulumi.Input<string>;
    /** Group of the cluster's nodes, and so of its pods. */
    readonly nodesGroupId: pulumi.Input<string>;
    /** Networks that reach the bastion by SSH. */
    readonly bastionCidrs: readonly string[];
}

/** Who may talk to whom. What isn't here can't. */
export interface PipelineGroups {
    readonly database: SecurityGroup;
    readonly proxy: SecurityGroup;
    readonly functions: SecurityGroup;
    readonly rotation: SecurityGroup;
    readonly bastion: SecurityGroup;
}

export function createSecurityGroups(
    name: string,
    args: PipelineGroupsArgs,
    opts: pulumi.ComponentResourceOptions,
): PipelineGroups {
    const group = (role: string, description: string, egress: Readonly<Record<string, SecurityGroupRule>> = {}) =>
        new SecurityGroup(`${name}-${role}`, { vpcId: args.vpcId, description, egress }, opts);
    const awsServices: SecurityGroupRule = {
        description: "AWS services, through their endpoints",
        port: 443,
        securityGroupId: args.endpointGroupId,
    };

    const groups: PipelineGroups = {
        database: group("database", "Aurora instances"),
        proxy: group("proxy", "RDS Proxy, between the workloads and Aurora"),
        functions: group("functions", "Image processors on Lambda", {
            endpoints: awsServices,
            s3: {
                description: "Images in S3, through the gateway endpoint",
                port: 443,
                prefixListId: args.s3PrefixListId,
            },
        }),
        rotation: group("rotation", "Function that changes the database password", { endpoints: awsServices }),
        bastion: group("bastion", "Bastion, the way of people to the database", { endpoints: awsServices }),
    };
    for (const cidr of args.bastionCidrs) {
        groups.bastion.addIngress(cidr.replaceAll(/[./]/g, "-"), {
            description: "SSH from an allow-listed network",
            port: 22,
            cidr,
        });
    }

    connect("functions", groups.functions, "proxy", groups.proxy);
    connect("proxy", groups.proxy, "database", groups.database);
    connect("rotation", groups.rotation, "database", groups.database);
    connect("bastion", groups.bastion, "database", groups.database);
    // EKS lets nodes reach everything, so only the way in is ours to say.
    groups.proxy.addIngress("nodes", {
        description: "PostgreSQL from the models on the cluster",
        port: databasePort,
        securityGroupId: args.nodesGroupId,
    });
    return groups;
}

/** PostgreSQL from one group to another: out of the first, into the second. */
function connect(fromRole: string, from: SecurityGroup, toRole: string, to: SecurityGroup): void {
    from.addEgress(toRole, {
        description: `PostgreSQL to the ${toRole}`,
        port: databasePort,
        securityGroupId: to.securityGroupId,
    });
    to.addIngress(fromRole, {
        description: `PostgreSQL from the ${fromRole}`,
        port: databasePort,
        securityGroupId: from.securityGroupId,
    });
}
