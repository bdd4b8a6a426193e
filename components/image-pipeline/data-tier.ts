import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type * as tls from "@pulumi/tls";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import type { Network } from "../foundation/network";
import { Bastion } from "./bastion";
import { createInitialPassword, DatabaseCredentials } from "./credentials";
import { DatabaseCluster } from "./database";
import { DatabaseProxy } from "./database-proxy";
import type { PipelineKeys } from "./keys";
import type { PipelinePlace } from "./place";
import type { PipelineGroups } from "./security-groups";

export interface DataTierArgs extends PipelinePlace {
    readonly database: ImagePipelineConfig["database"];
    readonly bastion: ImagePipelineConfig["bastion"];
    readonly network: Network;
    readonly groups: PipelineGroups;
    readonly keys: PipelineKeys;
    /** Tags of the stack. */
    readonly tags: Readonly<Record<string, string>>;
    readonly providers: { readonly aws: aws.Provider; readonly random: random.Provider; readonly tls: tls.Provider };
}

/** The database with its credentials, and the two ways to it: RDS Proxy for workloads, the bastion for people. */
export class DataTier extends pulumi.ComponentResource {
    readonly cluster: DatabaseCluster;
    readonly credentials: DatabaseCredentials;
    readonly proxy: DatabaseProxy;
    readonly bastion: Bastion;

    constructor(name: string, args: DataTierArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:DataTier", name, {}, opts);
        const parent = { parent: this };
        const { network, groups, keys } = args;
        const place: PipelinePlace = {
            accountId: args.accountId,
            region: args.region,
            environment: args.environment,
            logRetentionDays: args.logRetentionDays,
            protect: args.protect,
        };
        const subnetIds = network.privateSubnetIds;
        const initialPassword = createInitialPassword(name, { ...parent, provider: args.providers.random }).result;

        this.cluster = new DatabaseCluster(
            `${name}-aurora`,
            {
                ...place,
                sizes: args.database,
                subnetIds,
                securityGroupId: groups.database.securityGroupId,
                initialPassword,
                keys,
            },
            parent,
        );
        this.credentials = new DatabaseCredentials(
            `${name}-credentials`,
            {
                ...place,
                database: this.cluster,
                initialPassword,
                rotationDays: args.database.rotationDays,
                subnetIds,
                securityGroups: groups,
                keys,
            },
            parent,
        );
        this.proxy = new DatabaseProxy(
            `${name}-proxy`,
            {
                ...place,
                database: this.cluster,
                credentials: this.credentials,
                subnetIds,
                securityGroupId: groups.proxy.securityGroupId,
                keys,
            },
            parent,
        );
        this.bastion = new Bastion(
            `${name}-bastion`,
            {
                ...place,
                settings: args.bastion,
                subnetIds: args.bastion.allowedCidrs.length > 0 ? network.publicSubnetIds : subnetIds,
                securityGroupId: groups.bastion.securityGroupId,
                keys,
                tags: args.tags,
            },
            { ...parent, providers: [args.providers.aws, args.providers.tls] },
        );
        this.registerOutputs({ endpoint: this.cluster.endpoint, proxyEndpoint: this.proxy.endpoint });
    }
}
