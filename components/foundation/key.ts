import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accountRootArn, type Place, protectedBy } from "./arn";
import { ArgChecks } from "./checks";
import { policyDocument, type Statement } from "./policy-document";

export interface EncryptionKeyArgs extends Place {
    /** What the key protects, as people read it in the console. */
    readonly description: string;
    /** What services and roles may do with the key, beside what the account's IAM policies allow. @default none */
    readonly statements?: readonly Statement[];
    /** Roles that may manage the key but not use it. @default those whom the account's IAM policies allow */
    readonly administratorArns?: readonly pulumi.Input<string>[];
    /** Days between asking for deletion and losing all data under the key, 7 to 30. @default 30 */
    readonly deletionWindowDays?: number;
    /** Name that people look the key up by, without `alias/`. @default none */
    readonly alias?: string;
    /** Allow replicas of the key in other regions. @default false */
    readonly multiRegion?: boolean;
    /** Refuse to delete the key. @default false */
    readonly protect?: boolean;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html, the actions of key administrators. */
const administration = [
    "kms:Create*",
    "kms:Describe*",
    "kms:Enable*",
    "kms:List*",
    "kms:Put*",
    "kms:Update*",
    "kms:Revoke*",
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:RotateKeyOnDemand",
] as const;

/** A customer-managed KMS key with yearly rotation, for one class of data of one platform. */
export class EncryptionKey extends pulumi.ComponentResource {
    readonly key: aws.kms.Key;
    readonly arn: pulumi.Output<string>;
    readonly keyId: pulumi.Output<string>;

    constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        checkArgs(name, args);
        super("platforms:foundation:EncryptionKey", name, {}, opts);
        this.key = new aws.kms.Key(
            `${name}-key`,
            {
                description: args.description,
                enableKeyRotation: true,
                deletionWindowInDays: args.deletionWindowDays ?? 30,
                multiRegion: args.multiRegion ?? false,
                policy: keyPolicy(args),
            },
            protectedBy(this, args.protect),
        );
        this.arn = this.key.arn;
        this.keyId = this.key.keyId;
        if (args.alias !== undefined) {
            new aws.kms.Alias(
                `${name}-alias`,
                { name: `alias/${args.alias}`, targetKeyId: this.keyId },
                { parent: this },
            );
        }
        this.registerOutputs({ arn: this.arn, keyId: this.keyId });
    }
}

function keyPolicy(args: EncryptionKeyArgs): pulumi.Output<string> {
    return policyDocument([
        // Without this a mistake in the rest would leave a key that nobody can manage or delete.
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
        {
            sid: "AccountPolicies",
            principals: { aws: [accountRootArn(args.region, args.accountId)] },
            actions: ["kms:*"],
            resources: ["*"],
        },
        ...(args.administratorArns?.length
            ? [
                  {
                      sid: "Administrators",
                      principals: { aws: args.administratorArns },
                      actions: administration,
                      resources: ["*"],
                  },
              ]
            : []),
        ...(args.statements ?? []),
    ]);
}

function checkArgs(name: string, args: EncryptionKeyArgs): void {
    const sids = (args.statements ?? []).map((statement) => statement.sid);
    new ArgChecks(`EncryptionKey ${name}`)
        .expectWhole(args.deletionWindowDays, 7, 30, "deletionWindowDays")
        // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
        .expect(
            args.alias === undefined || /^(?!aws\/)[\w/-]{1,250}$/.test(args.alias),
            "alias",
            `must be letters, digits, / _ - without the prefix alias/ and not aws/..., got "${args.alias}"`,
        )
        .expect(
            new Set(sids).size === sids.length,
            "statements",
            `must have a sid of its own each, got ${sids.join(", ")}`,
        )
        .done();
}
