import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../foundation/arn";
import type { SharedServicesArgs } from "./args";

export interface BaselineArgs extends Pick<SharedServicesArgs, "baseline" | "region" | "system"> {
    /** Key of volumes that don't name one. */
    readonly volumeKeyArn: pulumi.Input<string>;
}

/**
 * What holds for the account and region as a whole, whoever makes something in it.
 * Each setting is one of https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html.
 */
export class AccountBaseline extends pulumi.ComponentResource {
    constructor(name: string, args: BaselineArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:shared-services:AccountBaseline", name, {}, opts);
        const parent = { parent: this };
        const { baseline } = args;
        new aws.ebs.EncryptionByDefault(`${name}-ebs-encryption`, { enabled: true }, parent);
        new aws.ebs.DefaultKmsKey(`${name}-ebs-key`, { keyArn: args.volumeKeyArn }, parent);
        new aws.ebs.SnapshotBlockPublicAccess(`${name}-ebs-snapshots`, { state: "block-all-sharing" }, parent);
        new aws.s3.AccountPublicAccessBlock(
            `${name}-s3-public-access`,
            { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
            parent,
        );
        // Without permitted ranges: EMR's own default would let port 22 be open to the world.
        new aws.emr.BlockPublicAccessConfiguration(
            `${name}-emr-public-access`,
            { blockPublicSecurityGroupRules: true },
            parent,
        );
        new aws.ec2.InstanceMetadataDefaults(
            `${name}-instance-metadata`,
            { httpTokens: "required", httpPutResponseHopLimit: 1 },
            parent,
        );
        new aws.iam.AccountPasswordPolicy(
            `${name}-passwords`,
            {
                minimumPasswordLength: baseline.passwordMinLength,
                passwordReusePrevention: 24,
                requireLowercaseCharacters: true,
                requireUppercaseCharacters: true,
                requireNumbers: true,
                requireSymbols: true,
                allowUsersToChangePassword: true,
            },
            parent,
        );
        if (baseline.accessAnalyzer) {
            new aws.accessanalyzer.Analyzer(
                `${name}-access-analyzer`,
                { analyzerName: `${args.system}-shared`, type: "ACCOUNT" },
                parent,
            );
        }
        if (baseline.guardDuty) {
            const detector = new aws.guardduty.Detector(`${name}-guardduty`, { enable: true }, parent);
            new aws.guardduty.DetectorFeature(
                `${name}-guardduty-s3`,
                { detectorId: detector.id, name: "S3_DATA_EVENTS", status: "ENABLED" },
                parent,
            );
        }
        if (baseline.securityHub) {
            const hub = new aws.securityhub.Account(
                `${name}-security-hub`,
                { enableDefaultStandards: false, controlFindingGenerator: "SECURITY_CONTROL" },
                parent,
            );
            new aws.securityhub.StandardsSubscription(
                `${name}-security-hub-foundational`,
                {
                    standardsArn: `arn:${partitionOf(args.region)}:securityhub:${args.region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
                },
                { parent: this, dependsOn: [hub] },
            );
        }
        this.registerOutputs({});
    }
}
