import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ArgChecks } from "./checks";
import { policyDocument, type Statement } from "./policy-document";

/** What a service account's role needs to know of its cluster. */
export interface OidcIdentity {
    /** ARN of the IAM identity provider of the cluster. */
    readonly oidcProviderArn: pulumi.Output<string>;
    /** Issuer without `https://`. */
    readonly oidcIssuer: pulumi.Output<string>;
}

export interface ServiceAccountRoleArgs {
    readonly cluster: OidcIdentity;
    readonly namespace: string;
    readonly serviceAccount: string;
    /** What pods of the service account may do. @default nothing */
    readonly statements?: readonly Statement[];
    /** Policies that AWS or others maintain, by a key for the name. @default none */
    readonly managedPolicyArns?: Readonly<Record<string, pulumi.Input<string>>>;
    /** @default "Service account <namespace>/<name>" */
    readonly description?: string;
    /** Physical name, where others look it up. @default autonamed */
    readonly roleName?: string;
}

/**
 * Role that pods of one service account take, and nobody else.
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function irsaRole(
    name: string,
    args: ServiceAccountRoleArgs,
    opts?: pulumi.CustomResourceOptions,
): aws.iam.Role {
    const dnsLabel = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
    const checks = new ArgChecks(`Service account role ${name}`);
    for (const key of ["namespace", "serviceAccount"] as const) {
        checks.expect(dnsLabel.test(args[key]), key, `must be a Kubernetes name without wildcards, got "${args[key]}"`);
    }
    checks.done();
    const role = new aws.iam.Role(
        name,
        {
            name: args.roleName,
            description: args.description ?? `Service account ${args.namespace}/${args.serviceAccount}`,
            assumeRolePolicy: webIdentityTrust(args),
        },
        opts,
    );
    for (const [key, policyArn] of Object.entries(args.managedPolicyArns ?? {})) {
        new aws.iam.RolePolicyAttachment(`${name}-${key}`, { role: role.name, policyArn }, opts);
    }
    if (args.statements?.length) {
        new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: policyDocument(args.statements) }, opts);
    }
    return role;
}

/** The issuer is part of condition keys, so the policy can be written only once it is known. */
function webIdentityTrust(args: ServiceAccountRoleArgs): pulumi.Output<string> {
    return args.cluster.oidcIssuer.apply((issuer) =>
        policyDocument([
            {
                sid: "ServiceAccount",
                actions: ["sts:AssumeRoleWithWebIdentity"],
                principals: { federated: [args.cluster.oidcProviderArn] },
                conditions: {
                    StringEquals: {
                        [`${issuer}:sub`]: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`,
                        [`${issuer}:aud`]: "sts.amazonaws.com",
                    },
                },
            },
        ]),
    );
}
