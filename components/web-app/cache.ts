import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { cacheEngines } from "../../config/cache-engines";
import { nameRules, physicalName } from "../../config/names";
import { encryptedLogGroup } from "../foundation/log-group";
import type { PartArgs } from "./args";
import { ports } from "./network";

export interface CacheArgs extends PartArgs {
    readonly subnetIds: pulumi.Input<string[]>;
    readonly securityGroupId: pulumi.Input<string>;
    /** Encrypts the nodes' storage, snapshots and the password. */
    readonly keyArn: pulumi.Input<string>;
    readonly logKeyArn: pulumi.Input<string>;
}

/** Name that services sign in by. */
export const cacheUser = "app";

/** Redis or Valkey, reached over TLS and by one user who may do anything but harm. */
export class Cache extends pulumi.ComponentResource {
    readonly group: aws.elasticache.ReplicationGroup;
    /** Where services connect to: with cluster mode the address that tells of the shards. */
    readonly host: pulumi.Output<string>;
    readonly port: number = ports.cache;
    /** Secret with `username` and `password`. */
    readonly secretArn: pulumi.Output<string>;
    /** Value of the `ReplicationGroupId` dimension of its metrics. */
    readonly groupId: string;
    /** Nodes as their metrics call them: with cluster mode AWS numbers shards and nodes, without it nodes only. */
    readonly nodeIds: readonly string[];

    constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Cache", name, {}, opts);
        const parent = { parent: this };
        const { engine, clusterMode, shards, replicas, snapshotRetentionDays, nodeType } = args.cache;
        const facts = cacheEngines[engine];
        const engineVersion = args.cache.engineVersion ?? facts.versions[0] ?? "";
        this.groupId = physicalName(nameRules.elasticacheGroup, args.prefix, "cache");
        this.nodeIds = nodeIds(this.groupId, args.cache);

        const { users, secret } = this.createUsers(name, args);
        this.secretArn = secret.arn;
        const subnets = new aws.elasticache.SubnetGroup(
            `${name}-subnets`,
            { name: this.groupId, subnetIds: args.subnetIds },
            parent,
        );
        const slowLog = encryptedLogGroup(
            `${name}-slow-log`,
            {
                logGroupName: `/aws/elasticache/${this.groupId}/slow-log`,
                retentionDays: args.logRetentionDays,
                keyArn: args.logKeyArn,
            },
            parent,
        );
        this.group = new aws.elasticache.ReplicationGroup(
            `${name}-group`,
            {
                replicationGroupId: this.groupId,
                description: `${args.prefix}: sessions, queues and results`,
                engine,
                engineVersion,
                nodeType,
                port: this.port,
                parameterGroupName: facts.parameterGroup(engineVersion, clusterMode),
                clusterMode: clusterMode ? "enabled" : "disabled",
                ...(clusterMode
                    ? { numNodeGroups: shards, replicasPerNodeGroup: replicas }
                    : { numCacheClusters: 1 + replicas }),
                automaticFailoverEnabled: replicas > 0,
                multiAzEnabled: replicas > 0,
                subnetGroupName: subnets.name,
                securityGroupIds: [args.securityGroupId],
                userGroupIds: [users.userGroupId],
                atRestEncryptionEnabled: true,
                kmsKeyId: args.keyArn,
                transitEncryptionEnabled: true,
                transitEncryptionMode: "required",
                snapshotRetentionLimit: snapshotRetentionDays,
                snapshotWindow: "03:00-04:00",
                maintenanceWindow: "sun:06:30-sun:07:30",
                autoMinorVersionUpgrade: true,
                finalSnapshotIdentifier: args.deletionProtection ? `${this.groupId}-final` : undefined,
                logDeliveryConfigurations: [
                    {
                        destination: slowLog.name,
                        destinationType: "cloudwatch-logs",
                        logFormat: "json",
                        logType: "slow-log",
                    },
                ],
                applyImmediately: true,
            },
            { parent: this, protect: args.deletionProtection },
        );
        this.host = clusterMode ? this.group.configurationEndpointAddress : this.group.primaryEndpointAddress;
        this.registerOutputs({ host: this.host, secretArn: this.secretArn });
    }

    /**
     * Access by roles: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html. The engine's own user
     * `default` needs no password, so one without any rights takes its name.
     */
    private createUsers(name: string, args: CacheArgs) {
        const parent = { parent: this };
        const { engine } = args.cache;
        const password = (user: string) =>
            // letters and digits: the password may stand in a URL; 48 of them are 280 bits
            new random.RandomPassword(`${name}-${user}-password`, { length: 48, special: false }, parent).result;
        const user = (role: string, userName: string, accessString: string, passwords: pulumi.Input<string>[]) =>
            new aws.elasticache.User(
                `${name}-user-${role}`,
                { userId: `${args.prefix}-${role}`, userName, engine, accessString, passwords },
                parent,
            );
        const appPassword = password("app");
        // clients ask a node who it is by `info` before anything else
        const app = user(cacheUser, cacheUser, "on ~* +@all -@dangerous +info", [appPassword]);
        const nobody = user("default", "default", "off ~* -@all", [password("default")]);
        const users = new aws.elasticache.UserGroup(
            `${name}-users`,
            { userGroupId: args.prefix, engine, userIds: [nobody.userId, app.userId] },
            parent,
        );
        const secret = new aws.secretsmanager.Secret(
            `${name}-secret`,
            {
                name: `${args.prefix}/cache`,
                description: "User name and password of the cache",
                kmsKeyId: args.keyArn,
                recoveryWindowInDays: args.deletionProtection ? 30 : 7,
            },
            parent,
        );
        new aws.secretsmanager.SecretVersion(
            `${name}-secret`,
            {
                secretId: secret.id,
                secretString: pulumi.secret(pulumi.jsonStringify({ username: cacheUser, password: appPassword })),
            },
            parent,
        );
        return { users, secret };
    }
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html: `<group>-001` or `<group>-0001-001`. */
export function nodeIds(
    groupId: string,
    { clusterMode, shards, replicas }: Pick<PartArgs["cache"], "clusterMode" | "shards" | "replicas">,
): readonly string[] {
    const nodes = Array.from({ length: 1 + replicas }, (_, index) => String(index + 1).padStart(3, "0"));
    return clusterMode
        ? Array.from({ length: shards }, (_, index) => String(index + 1).padStart(4, "0")).flatMap((shard) =>
              nodes.map((node) => `${groupId}-${shard}-${node}`),
          )
        : nodes.map((node) => `${groupId}-${node}`);
}
