import type * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../foundation/arn";
import { GitHubRole } from "../foundation/github-role";
import type { Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import type { Services } from "./services";

export interface DeployRoleArgs extends PartArgs {
    readonly ecs: Services;
}

/**
 * The role by which jobs of GitHub release a new version: register a task definition, point a service at it, watch it
 * and undo it. Changes of the infrastructure itself go through Pulumi's own role.
 */
export function deployRole(name: string, args: DeployRoleArgs, opts: pulumi.ComponentResourceOptions): GitHubRole {
    return new GitHubRole(
        name,
        {
            repository: args.github.repository,
            environment: args.github.environment,
            providerArn: args.github.oidcProviderArn,
            roleName: `${args.prefix}-deploy`,
            statements: deployStatements(args),
        },
        opts,
    );
}

function deployStatements(args: DeployRoleArgs): Statement[] {
    const tasks = Object.values(args.ecs.tasks);
    const ecs = (resource: string) => regionalArn(args, "ecs", resource);
    return [
        {
            sid: "RegisterVersions",
            // neither of the two has resource-level permissions
            actions: ["ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition"],
            resources: ["*"],
        },
        {
            sid: "Release",
            actions: ["ecs:UpdateService", "ecs:DescribeServices", "ecs:ListServiceDeployments"],
            resources: [ecs(`service/${args.prefix}/*`)],
        },
        {
            sid: "WatchAndUndo",
            actions: ["ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions", "ecs:StopServiceDeployment"],
            resources: [ecs(`service-deployment/${args.prefix}/*`), ecs(`service-revision/${args.prefix}/*`)],
        },
        {
            sid: "WatchTasks",
            actions: ["ecs:ListTasks", "ecs:DescribeTasks"],
            resources: [ecs(`container-instance/${args.prefix}/*`), ecs(`task/${args.prefix}/*`)],
        },
        {
            sid: "HandOverTaskRoles",
            actions: ["iam:PassRole"],
            resources: tasks.flatMap((task) => [task.taskRole.arn, task.executionRole.arn]),
            conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
        {
            sid: "ReadLogs",
            actions: ["logs:GetLogEvents", "logs:FilterLogEvents"],
            resources: [regionalArn(args, "logs", `log-group:/ecs/${args.prefix}-*:*`)],
        },
    ];
}
