import type * as pulumi from "@pulumi/pulumi";

/** The partition that a region belongs to. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
    if (region.startsWith("cn-")) {
        return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** ARN of a policy that AWS maintains. `path` is what follows `policy/`, for example `service-role/AmazonEBSCSIDriverPolicy`. */
export function managedPolicyArn(region: string, path: string): string {
    return `arn:${partitionOf(region)}:iam::aws:policy/${path}`;
}

/** The account itself as a principal: IAM policies of the account decide further. */
export function accountRootArn(region: string, accountId: string): string {
    return `arn:${partitionOf(region)}:iam::${accountId}:root`;
}

/** Where a resource lives, as far as ARNs and policies need to know. */
export interface Place {
    /** AWS account, 12 digits. */
    readonly accountId: string;
    /** AWS region code, for example `us-east-2`. */
    readonly region: string;
}

/** ARN of something in an account and region: `arn:aws:<service>:<region>:<account>:<resource>`. */
export function regionalArn(place: Place, service: string, resource: string): string {
    return `arn:${partitionOf(place.region)}:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** What a `protect`-able part needs of resource options. */
export const protectedBy = (
    parent: pulumi.Resource,
    protect: boolean | undefined,
): { readonly parent: pulumi.Resource; readonly protect?: boolean } => (protect ? { parent, protect } : { parent });
