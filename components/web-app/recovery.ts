import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PrivateBucket } from "../foundation/bucket";
import { EncryptionKey } from "../foundation/key";
import { bucketName, type PartArgs } from "./args";

export interface RecoveryArgs extends PartArgs {
    readonly disasterRecovery: NonNullable<PartArgs["disasterRecovery"]>;
}

/** What waits in the second region for the day on which the first one is gone. All of it acts there. */
export class Recovery extends pulumi.ComponentResource {
    readonly region: string;
    readonly key: EncryptionKey;
    readonly vault: aws.backup.Vault;
    /** Copies of the buckets of the same name. */
    readonly buckets: { readonly files: PrivateBucket; readonly backups: PrivateBucket };

    constructor(name: string, args: RecoveryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Recovery", name, {}, opts);
        const parent = { parent: this };
        this.region = args.disasterRecovery.region;
        const place = { accountId: args.accountId, region: this.region };
        const protect = args.deletionProtection;

        this.key = new EncryptionKey(
            `${name}-data`,
            {
                ...place,
                description: `${args.prefix}: copies of database, files and backups`,
                alias: `${args.prefix}-recovery`,
                protect,
            },
            parent,
        );
        const bucket = (role: "files" | "backups") =>
            new PrivateBucket(
                `${name}-${role}`,
                {
                    ...place,
                    bucketName: bucketName(args, `${role}-copy`),
                    keyArn: this.key.arn,
                    noncurrentDays: args.files.noncurrentDays,
                    lifecycle: { "seldom-read": { transitions: [{ days: 30, storageClass: "STANDARD_IA" }] } },
                    protect,
                },
                parent,
            );
        this.buckets = { files: bucket("files"), backups: bucket("backups") };
        this.vault = lockedVault(
            `${name}-vault`,
            { vaultName: `${args.prefix}-copies`, keyArn: this.key.arn, maxRetentionDays: 366, protect },
            parent,
        );
        this.registerOutputs({ vault: this.vault.name });
    }

    /** The database's backups and logs, minutes old: it can be put up here as it was five minutes ago. */
    follow(name: string, databaseArn: pulumi.Input<string>, retentionPeriod: number): void {
        new aws.rds.InstanceAutomatedBackupsReplication(
            name,
            { sourceDbInstanceArn: databaseArn, kmsKeyId: this.key.arn, retentionPeriod },
            { parent: this },
        );
    }
}

export interface VaultArgs {
    readonly vaultName: string;
    readonly keyArn: pulumi.Input<string>;
    /** Longest time that a recovery point may be kept. */
    readonly maxRetentionDays: number;
    readonly protect: boolean;
}

/**
 * A vault whose recovery points can't be deleted before their time. Without `changeableForDays` the lock itself can be
 * taken off by who has the permission: https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export function lockedVault(name: string, args: VaultArgs, opts: pulumi.CustomResourceOptions): aws.backup.Vault {
    const vault = new aws.backup.Vault(
        name,
        { name: args.vaultName, kmsKeyArn: args.keyArn },
        { ...opts, protect: args.protect },
    );
    new aws.backup.VaultLockConfiguration(
        `${name}-lock`,
        { backupVaultName: vault.name, minRetentionDays: 1, maxRetentionDays: args.maxRetentionDays },
        opts,
    );
    return vault;
}
