import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ArgChecks } from "./checks";
import { policyDocument, type Statement } from "./policy-document";

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
const issuer = "token.actions.githubusercontent.com";

export interface GitHubRoleArgs {
    /** `owner/name`. */
    readonly repository: string;
    /**
     * GitHub environment that the job has to run in. Its protection rules (approval, branches) are then part of who may
     * deploy. Give this or `branch`.
     */
    readonly environment?: string;
    /** Branch whose jobs may deploy. Give this or `environment`. */
    readonly branch?: string;
    /** Account's identity provider of GitHub, which can exist once only. @default made here */
    readonly providerArn?: pulumi.Input<string>;
    /** Physical name; workflows name it. */
    readonly roleName: string;
    /** What the jobs may do. */
    readonly statements: readonly Statement[];
    /** Longest session in seconds, 3600 to 43200. @default 3600 */
    readonly maxSessionSeconds?: number;
}

/** A role that jobs of one GitHub repository assume without any stored key. */
export class GitHubRole extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    readonly roleName: pulumi.Output<string>;

    constructor(name: string, args: GitHubRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        new ArgChecks(`GitHubRole ${name}`)
            .expect(
                (args.environment === undefined) !== (args.branch === undefined),
                "environment",
                "or branch must be given, and only one of them",
            )
            .done();
        super("platforms:foundation:GitHubRole", name, {}, opts);
        const parent = { parent: this };

        const providerArn =
            args.providerArn ??
            // IAM checks GitHub's certificate by its own trust store: no thumbprint to keep up to date
            new aws.iam.OpenIdConnectProvider(
                `${name}-oidc`,
                { url: `https://${issuer}`, clientIdLists: ["sts.amazonaws.com"] },
                parent,
            ).arn;

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                name: args.roleName,
                description: `Deploys from ${args.repository} (${subject(args)})`,
                maxSessionDuration: args.maxSessionSeconds ?? 3600,
                assumeRolePolicy: policyDocument([
                    {
                        sid: "GitHubJobs",
                        actions: ["sts:AssumeRoleWithWebIdentity"],
                        principals: { federated: [providerArn] },
                        conditions: {
                            StringEquals: {
                                [`${issuer}:aud`]: "sts.amazonaws.com",
                                // an exact subject: a wildcard would let pull requests of forks in
                                [`${issuer}:sub`]: `repo:${args.repository}:${subject(args)}`,
                            },
                        },
                    },
                ]),
            },
            parent,
        );
        new aws.iam.RolePolicy(`${name}-policy`, { role: role.name, policy: policyDocument(args.statements) }, parent);

        this.arn = role.arn;
        this.roleName = role.name;
        this.registerOutputs({ arn: this.arn, roleName: this.roleName });
    }
}

/** https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims */
function subject({ environment, branch }: GitHubRoleArgs): string {
    return environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`;
}
