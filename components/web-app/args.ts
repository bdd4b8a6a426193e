import type { WebAppConfig } from "../../config/platforms/web-app";
import type { PlatformArgs } from "../foundation/platform";

/** What the stack's config says about the app, with the defaults filled in. */
export interface WebAppArgs extends PlatformArgs, Omit<WebAppConfig, keyof PlatformArgs> {
    /** Environment of this platform, which tests of the stack call something else: `staging` in qa. */
    readonly environment: WebAppConfig["environment"];
}

/** What every part is told. */
export interface PartArgs extends WebAppArgs {
    /** Begins all physical names: `taskava-<environment>`. */
    readonly prefix: string;
}

/** Name in the `Project` tag, by which costs are read. */
export const project = "taskava";

/** CloudFront, its web ACL, its certificates and its metrics live here and nowhere else. */
export const edgeRegion = "us-east-1";

/** Bucket names are the world's: the account's number keeps them apart. */
export const bucketName = (args: PartArgs, role: string) => `${args.prefix}-${role}-${args.accountId}`;
