import type * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../foundation/arn";
import { EncryptionKey } from "../foundation/key";
import { cloudTrailMayUseKey, logsMayUseKey, servicesMayUseKey } from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import { edgeRegion, type PartArgs } from "./args";

/** One key a class of data, so that access to one doesn't bring access to another. */
export interface Keys {
    /** Database, cache, files, backups, and the passwords to them. */
    readonly data: EncryptionKey;
    /** Logs, notifications, audit trail and images. */
    readonly operations: EncryptionKey;
    /** What the world may read anyway, by CloudFront. */
    readonly statics: EncryptionKey;
    /** Logs and notifications of the edge, in CloudFront's own region. */
    readonly edge: EncryptionKey;
}

export const trailName = (args: PartArgs) => `${args.prefix}-audit`;

interface KeyOptions {
    readonly home: pulumi.ComponentResourceOptions;
    /** With the provider of CloudFront's region. */
    readonly edge: pulumi.ComponentResourceOptions;
}

export function createKeys(name: string, args: PartArgs, opts: KeyOptions): Keys {
    const key = (role: string, description: string, region: string, statements: readonly Statement[]) =>
        new EncryptionKey(
            `${name}-${role}`,
            {
                accountId: args.accountId,
                region,
                description: `${args.prefix}: ${description}`,
                alias: `${args.prefix}-${role}`,
                statements,
                protect: args.deletionProtection,
            },
            role === "edge" ? opts.edge : opts.home,
        );
    return {
        data: key("data", "database, cache, files and backups", args.region, []),
        operations: key("operations", "logs, notifications, audit trail and images", args.region, [
            logsMayUseKey(args),
            servicesMayUseKey(args.accountId, ["cloudwatch", "budgets"]),
            ...cloudTrailMayUseKey(args, trailName(args)),
        ]),
        statics: key("static", "static files of the app", args.region, [cloudFrontMayDecrypt(args)]),
        edge: key("edge", "logs and notifications of the edge", edgeRegion, [
            logsMayUseKey({ ...args, region: edgeRegion }),
            servicesMayUseKey(args.accountId, ["cloudwatch"]),
        ]),
    };
}

/**
 * Distributions of the account may read objects under the key. Which one can't be said: the distribution needs the
 * bucket, and the bucket the key.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function cloudFrontMayDecrypt({ region, accountId }: PartArgs): Statement {
    return {
        sid: "CloudFront",
        principals: { service: ["cloudfront.amazonaws.com"] },
        actions: ["kms:Decrypt"],
        resources: ["*"],
        conditions: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": distributionArns(region, accountId) },
        },
    };
}

export const distributionArns = (region: string, accountId: string) =>
    `arn:${partitionOf(region)}:cloudfront::${accountId}:distribution/*`;
