import { z } from "zod";
import { accountId, region, roleArn, textOf } from "../fields";

/** Keys that every platform on AWS has: where it lives, and as whom it is deployed. Spread into its schema. */
export const awsTarget = {
    environment: textOf(/^[a-z][a-z0-9]{1,9}$/, "a short lower-case environment name such as staging")
        .optional()
        .describe("Environment name used in this platform's names and tags. Default: the stack's environment."),
    accountId: accountId().describe(
        "AWS account this platform lives in. The provider refuses any other, so a wrong profile cannot deploy here.",
    ),
    region: region(),
    assumeRoleArn: roleArn()
        .optional()
        .describe("Role that the deployer assumes in the account. Default: the deployer's own credentials."),
    externalId: textOf(/^[\w+=,.@:/-]{2,1224}$/, "an STS external id of 2 to 1224 characters")
        .optional()
        .describe("External id that the role's trust policy asks for."),
} as const;

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tagMap = () =>
    z.record(
        textOf(
            /^(?![aA][wW][sS]:)[\w .:/=+@-]{1,128}$/,
            "a tag key of 1 to 128 characters that doesn't start with aws:",
        ),
        textOf(/^[\w .:/=+@-]{0,256}$/, "a text of up to 256 letters, digits, spaces and _.:/=+-@"),
        { error: "an object of tag names and values" },
    );
