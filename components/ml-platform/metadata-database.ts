import * as pulumi from "@pulumi/pulumi";
import { Database } from "../foundation/database";
import { SecurityGroup } from "../foundation/security-group";
import { type MlPlatformArgs, sharedResource } from "./args";

export interface MetadataDatabaseArgs
    extends Pick<MlPlatformArgs, "product" | "environment" | "protect" | "database" | "logRetentionDays"> {
    readonly vpcId: pulumi.Input<string>;
    readonly subnetIds: pulumi.Input<string[]>;
    readonly keyArn: pulumi.Input<string>;
    /** Group of the nodes that Superset runs on. */
    readonly clientGroupId: pulumi.Input<string>;
}

/** PostgreSQL that Superset keeps its dashboards in. */
export class MetadataDatabase extends pulumi.ComponentResource {
    readonly database: Database;

    constructor(name: string, args: MetadataDatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:MetadataDatabase", name, {}, opts);
        const parent = { parent: this } as const;
        const group = new SecurityGroup(
            `${name}-group`,
            {
                vpcId: args.vpcId,
                description: "PostgreSQL of Superset",
                ingress: {
                    nodes: {
                        description: "Superset on nodes of the cluster",
                        port: 5432,
                        securityGroupId: args.clientGroupId,
                    },
                },
            },
            parent,
        );
        this.database = new Database(
            `${name}-postgres`,
            {
                ...args.database,
                identifier: sharedResource(args, "superset"),
                engine: "postgres",
                databaseName: "superset",
                subnetIds: args.subnetIds,
                securityGroupIds: [group.securityGroupId],
                kmsKeyArn: args.keyArn,
                logKeyArn: args.keyArn,
                deletionProtection: args.protect,
                logRetentionDays: args.logRetentionDays,
            },
            args.protect ? { ...parent, protect: true } : parent,
        );
        this.registerOutputs({ address: this.database.address });
    }
}
