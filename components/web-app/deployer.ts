import * as pulumi from "@pulumi/pulumi";
import { partitionOf, regionalArn } from "../foundation/arn";
import { GitHubRole } from "../foundation/github-role";
import type { Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import type { Buckets } from "./buckets";
import type { Edge } from "./edge";
import type { Keys } from "./keys";
import type { Repositories } from "./repositories";
import { type Services, serviceName } from "./services";

export interface DeployerArgs extends PartArgs {
    readonly repositories: Repositories;
    readonly appServices: Services;
    readonly buckets: Buckets;
    readonly appEdge: Edge;
    readonly keys: Keys;
}

/** Role of the app's own pipeline: images, static files, new tasks; nothing that this program makes. */
export function deployer(
    name: string,
    args: DeployerArgs,
    opts: pulumi.ComponentResourceOptions,
): GitHubRole | undefined {
    if (args.github === undefined) {
        return undefined;
    }
    const { repository, environment, oidcProviderArn } = args.github;
    return new GitHubRole(
        name,
        {
            repository,
            environment,
            providerArn: oidcProviderArn,
            roleName: `${args.prefix}-deploy`,
            statements: statements(args),
        },
        opts,
    );
}

function statements(args: DeployerArgs): Statement[] {
    const services = Object.keys(args.services);
    const roles = Object.values(args.appServices.tasks).flatMap((task) => [task.taskRole.arn, task.executionRole.arn]);
    return [
        // the token is for the whole registry: no resource-level permissions
        { sid: "RegistryToken", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
            sid: "PushImages",
            actions: [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:CompleteLayerUpload",
                "ecr:DescribeImageScanFindings",
                "ecr:GetDownloadUrlForLayer",
                "ecr:InitiateLayerUpload",
                "ecr:PutImage",
                "ecr:UploadLayerPart",
            ],
            resources: Object.values(args.repositories.byService).map((repository) => repository.arn),
        },
        {
            sid: "RollServices",
            actions: ["ecs:DescribeServices", "ecs:UpdateService"],
            resources: services.map((service) =>
                regionalArn(args, "ecs", `service/${args.prefix}/${serviceName(service)}`),
            ),
        },
        // task definitions have no resource-level permissions for these
        {
            sid: "RegisterTasks",
            actions: ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"],
            resources: ["*"],
        },
        {
            sid: "PassTaskRoles",
            actions: ["iam:PassRole"],
            resources: roles,
            conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
        {
            sid: "PublishStaticFiles",
            actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            resources: [pulumi.interpolate`${args.buckets.statics.arn}/*`],
        },
        { sid: "ListStaticFiles", actions: ["s3:ListBucket"], resources: [args.buckets.statics.arn] },
        {
            sid: "UseStaticKey",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [args.keys.statics.arn],
        },
        {
            sid: "ForgetCachedFiles",
            actions: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
            resources: [
                pulumi.interpolate`arn:${partitionOf(args.region)}:cloudfront::${args.accountId}:distribution/${args.appEdge.distribution.id}`,
            ],
        },
    ];
}
