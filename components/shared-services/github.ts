import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { nameRules, physicalName } from "../../config/names";
import { partitionOf } from "../foundation/arn";
import { GitHubRole } from "../foundation/github-role";
import type { Statement } from "../foundation/policy-document";
import type { SharedServicesArgs } from "./args";
import { pullActions } from "./images";
import { bucketStatements, named, registryLogin, type Shared } from "./workload-roles";

type GitHubConfig = SharedServicesArgs["github"][string];

/** Name of the project in Pulumi.yaml; part of the state's paths. */
const project = "platforms";

/** GitHub's identity provider of the account, and the roles that jobs take on through it. */
export function githubRoles(
    name: string,
    args: Pick<SharedServicesArgs, "system" | "region" | "github" | "state">,
    shared: Shared,
    opts: pulumi.CustomResourceOptions & pulumi.ComponentResourceOptions,
): Readonly<Record<string, GitHubRole>> {
    if (Object.keys(args.github).length === 0) {
        return {};
    }
    const provider = new aws.iam.OpenIdConnectProvider(
        `${name}-oidc`,
        { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
        opts,
    );
    return Object.fromEntries(
        Object.entries(args.github).map(([purpose, role]) => [
            purpose,
            new GitHubRole(
                `${name}-${purpose}`,
                {
                    repository: role.repository,
                    environment: role.environment,
                    branch: role.branch,
                    providerArn: provider.arn,
                    roleName: physicalName(nameRules.iamRole, args.system, "shared-github", purpose),
                    maxSessionSeconds: role.maxSessionSeconds,
                    statements: [
                        ...(role.pushImages ? pushStatements(shared) : []),
                        ...bucketStatements("Write", named(shared.buckets, role.writeArtifacts), shared.keyArn),
                        ...(role.assumeRoles.length > 0
                            ? [{ sid: "AssumeDeployers", actions: ["sts:AssumeRole"], resources: role.assumeRoles }]
                            : []),
                        ...stateStatements(role, args),
                    ],
                },
                opts,
            ),
        ]),
    );
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function pushStatements({ repositories }: Shared): Statement[] {
    return [
        registryLogin,
        {
            sid: "PushImages",
            actions: [
                ...pullActions,
                "ecr:InitiateLayerUpload",
                "ecr:UploadLayerPart",
                "ecr:CompleteLayerUpload",
                "ecr:PutImage",
            ],
            resources: Object.values(repositories).map(({ arn }) => arn),
        },
    ];
}

/**
 * The state of the named stacks only. Where what lies is the engine's own layout:
 * https://github.com/pulumi/pulumi/blob/v3.225.0/pkg/backend/diy/store.go
 */
function stateStatements(
    { stateStacks, stateWrite }: GitHubConfig,
    { state, region }: Pick<SharedServicesArgs, "state" | "region">,
): Statement[] {
    if (state === undefined || stateStacks.length === 0) {
        return [];
    }
    const bucket = `arn:${partitionOf(region)}:s3:::${state.bucketName}`;
    const own = stateStacks.flatMap((stack) => [
        `${bucket}/.pulumi/stacks/${project}/${stack}.*`,
        `${bucket}/.pulumi/history/${project}/${stack}/*`,
        `${bucket}/.pulumi/backups/${project}/${stack}/*`,
        `${bucket}/.pulumi/locks/organization/${project}/${stack}/*`,
    ]);
    return [
        { sid: "ListState", actions: ["s3:ListBucket", "s3:GetBucketLocation"], resources: [bucket] },
        { sid: "ReadState", actions: ["s3:GetObject"], resources: [`${bucket}/.pulumi/meta.yaml`, ...own] },
        ...(stateWrite ? [{ sid: "WriteState", actions: ["s3:PutObject", "s3:DeleteObject"], resources: own }] : []),
        {
            sid: "StateKey",
            actions: ["kms:Decrypt", ...(stateWrite ? ["kms:Encrypt", "kms:GenerateDataKey"] : [])],
            resources: [state.keyArn],
        },
    ];
}
