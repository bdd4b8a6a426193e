import type * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { GitHubRole } from "../foundation/github-role";
import { type PipelinePlace, pipelineName } from "./place";

export interface DeployerArgs extends PipelinePlace {
    readonly github: ImagePipelineConfig["github"];
    readonly shared: ImagePipelineConfig["shared"];
    /** Role that deploys this platform. @default none: jobs only look at the cluster */
    readonly deployerRoleArn?: string;
    readonly clusterArn: pulumi.Input<string>;
}

/**
 * What jobs of the repository may do: become the role that deploys, and the shared account's; and find the cluster.
 * They hold no right to change anything by themselves.
 */
export function createGitHubRole(name: string, args: DeployerArgs, opts: pulumi.ComponentResourceOptions): GitHubRole {
    return new GitHubRole(
        name,
        {
            repository: args.github.repository,
            environment: args.github.environment,
            providerArn: args.github.providerArn,
            roleName: pipelineName(args, nameRules.iamRole, "github"),
            statements: [
                ...(args.deployerRoleArn
                    ? [{ sid: "AssumeDeployer", actions: ["sts:AssumeRole"], resources: [args.deployerRoleArn] }]
                    : []),
                {
                    sid: "AssumeSharedRole",
                    actions: ["sts:AssumeRole"],
                    resources: [args.shared.assumeRoleArn],
                    conditions: { StringEquals: { "sts:ExternalId": args.shared.externalId } },
                },
                { sid: "FindCluster", actions: ["eks:DescribeCluster"], resources: [args.clusterArn] },
            ],
        },
        opts,
    );
}
