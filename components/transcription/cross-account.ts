import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accountRootArn, partitionOf, regionalArn } from "../foundation/arn";
import { policyDocument, type Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";

/** Physical name, so that both sides of the border know it beforehand. */
const roleName = (args: PartArgs) => `${args.prefix}-cross-account-access`;

/** The role that this platform's programs and deployers take on in the shared account. */
export const sharedAccessRoleArn = (args: PartArgs): string =>
    `arn:${partitionOf(args.region)}:iam::${args.sharedServices.accountId}:role/${roleName(args)}`;

/**
 * What this platform may do in the shared account: pull its images, use the named buckets and secrets, and accept and
 * route the peering.
 */
export function crossAccountStatements(args: PartArgs): Statement[] {
    const { sharedServices, region } = args;
    const place = { accountId: sharedServices.accountId, region };
    const partition = partitionOf(region);
    const buckets = sharedServices.bucketNames.map((bucket) => `arn:${partition}:s3:::${bucket}`);
    return [
        { sid: "RegistryToken", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
            sid: "PullImages",
            actions: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
            resources: [regionalArn(place, "ecr", "repository/thoth/*")],
        },
        ...(buckets.length > 0
            ? [
                  { sid: "ListBuckets", actions: ["s3:ListBucket"], resources: buckets },
                  {
                      sid: "UseObjects",
                      actions: ["s3:GetObject", "s3:PutObject"],
                      resources: buckets.map((bucket) => `${bucket}/*`),
                  },
              ]
            : []),
        ...(sharedServices.secretArns.length > 0
            ? [
                  {
                      sid: "ReadSecrets",
                      actions: ["secretsmanager:GetSecretValue"],
                      resources: sharedServices.secretArns,
                  },
              ]
            : []),
        {
            sid: "AcceptPeering",
            actions: ["ec2:AcceptVpcPeeringConnection"],
            resources: [
                regionalArn(place, "ec2", `vpc/${sharedServices.vpcId}`),
                regionalArn(place, "ec2", "vpc-peering-connection/*"),
            ],
        },
        {
            sid: "RoutePeering",
            actions: ["ec2:CreateRoute"],
            resources: sharedServices.routeTableIds.map((id) => regionalArn(place, "ec2", `route-table/${id}`)),
        },
        // descriptions have no resource-level permissions
        {
            sid: "SeePeering",
            actions: ["ec2:DescribeVpcs", "ec2:DescribeVpcPeeringConnections"],
            resources: ["*"],
        },
    ];
}

export interface CrossAccountArgs extends PartArgs {
    /** Acts in the shared account. */
    readonly sharedProvider: aws.Provider;
}

/** Makes the role in the shared account. It trusts this account's roles of this platform, and asks for an external id. */
export function crossAccountRole(
    name: string,
    args: CrossAccountArgs,
    opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
    const there = pulumi.mergeOptions(opts, { provider: args.sharedProvider });
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            name: roleName(args),
            description: `What ${args.prefix} of account ${args.accountId} may do here`,
            assumeRolePolicy: policyDocument([
                {
                    sid: "OtherAccount",
                    actions: ["sts:AssumeRole"],
                    principals: { aws: [accountRootArn(args.region, args.accountId)] },
                    conditions: {
                        StringEquals: { "sts:ExternalId": args.sharedServices.accessExternalId },
                        ArnLike: {
                            "aws:PrincipalArn": `arn:${partitionOf(args.region)}:iam::${args.accountId}:role/${args.prefix}-*`,
                        },
                    },
                },
            ]),
        },
        there,
    );
    new aws.iam.RolePolicy(
        `${name}-policy`,
        { role: role.name, policy: policyDocument(crossAccountStatements(args)) },
        there,
    );
    return role;
}
