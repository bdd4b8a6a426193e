import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../foundation/arn";
import { serviceTrust } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import { lockedVault, type Recovery } from "./recovery";

export interface BackupsArgs extends PartArgs {
    readonly keyArn: pulumi.Input<string>;
    readonly recovery: Recovery | undefined;
    /** ARNs of what is backed up, by role. */
    readonly resources: Readonly<Record<string, pulumi.Input<string>>>;
}

/** AWS Backup: recovery points of database and files in an encrypted, locked vault, with copies in the second region. */
export class Backups extends pulumi.ComponentResource {
    readonly vaultName: pulumi.Output<string>;

    constructor(name: string, args: BackupsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Backups", name, {}, opts);
        const parent = { parent: this };
        const { backup, recovery, disasterRecovery } = args;

        const vault = lockedVault(
            `${name}-vault`,
            { vaultName: args.prefix, keyArn: args.keyArn, maxRetentionDays: 366, protect: args.deletionProtection },
            parent,
        );
        this.vaultName = vault.name;
        const rule = (ruleName: string, schedule: string, deleteAfter: number) => ({
            ruleName,
            targetVaultName: vault.name,
            schedule,
            startWindow: 60,
            completionWindow: 180,
            lifecycle: { deleteAfter },
            copyActions:
                recovery && disasterRecovery
                    ? [
                          {
                              destinationVaultArn: recovery.vault.arn,
                              lifecycle: { deleteAfter: Math.min(deleteAfter, disasterRecovery.retentionDays) },
                          },
                      ]
                    : undefined,
        });
        const plan = new aws.backup.Plan(
            `${name}-plan`,
            {
                name: args.prefix,
                rules: [
                    ...(backup.hourly ? [rule("hourly", "cron(0 * * * ? *)", backup.hourlyRetentionDays)] : []),
                    // outside the database's own backup window, with which it would have to wait its turn
                    rule("daily", "cron(0 2 * * ? *)", backup.dailyRetentionDays),
                ],
            },
            parent,
        );

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `Makes recovery points of ${args.prefix}, and restores them`,
                assumeRolePolicy: serviceTrust("backup.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                }),
            },
            parent,
        );
        // https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
        const policies = Object.entries({
            backup: "service-role/AWSBackupServiceRolePolicyForBackup",
            restore: "service-role/AWSBackupServiceRolePolicyForRestores",
            "s3-backup": "AWSBackupServiceRolePolicyForS3Backup",
            "s3-restore": "AWSBackupServiceRolePolicyForS3Restore",
        }).map(
            ([purpose, path]) =>
                new aws.iam.RolePolicyAttachment(
                    `${name}-${purpose}`,
                    { role: role.name, policyArn: managedPolicyArn(args.region, path) },
                    parent,
                ),
        );
        new aws.backup.Selection(
            `${name}-selection`,
            {
                name: args.prefix,
                planId: plan.id,
                iamRoleArn: role.arn,
                resources: Object.values(args.resources),
            },
            { parent: this, dependsOn: policies },
        );
        this.registerOutputs({ vaultName: this.vaultName });
    }
}
