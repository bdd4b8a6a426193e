import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PartArgs } from "./args";

type ProviderRole = keyof PartArgs["auth"]["providers"];

interface ProviderFacts {
    /** Name that Cognito knows the provider by, and its type. */
    readonly type: "Google" | "Facebook" | "LoginWithAmazon";
    /** Least that sign-in needs. */
    readonly scopes: string;
    /** Attributes of the person by those of the provider. */
    readonly attributes: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-social-idp.html */
const facts: Readonly<Record<ProviderRole, ProviderFacts>> = {
    google: {
        type: "Google",
        scopes: "openid email profile",
        attributes: {
            username: "sub",
            email: "email",
            email_verified: "email_verified",
            name: "name",
            picture: "picture",
        },
    },
    facebook: {
        type: "Facebook",
        scopes: "public_profile,email",
        attributes: { username: "id", email: "email", name: "name" },
    },
    amazon: {
        type: "LoginWithAmazon",
        scopes: "profile",
        attributes: { username: "user_id", email: "email", name: "name" },
    },
};

/** Accounts elsewhere that people may sign in with, as far as the stack's config has them. */
export function identityProviders(
    name: string,
    args: PartArgs & { readonly userPoolId: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions,
): readonly aws.cognito.IdentityProvider[] {
    const roles = Object.keys(facts) as ProviderRole[];
    return roles.flatMap((role) => {
        const credentials = args.auth.providers[role];
        if (credentials === undefined) {
            return [];
        }
        const { type, scopes, attributes } = facts[role];
        return [
            new aws.cognito.IdentityProvider(
                `${name}-${role}`,
                {
                    userPoolId: args.userPoolId,
                    providerName: type,
                    providerType: type,
                    providerDetails: {
                        client_id: credentials.clientId,
                        client_secret: credentials.clientSecret,
                        authorize_scopes: scopes,
                    },
                    attributeMapping: { ...attributes },
                },
                // Cognito adds the provider's own addresses to the details
                { ...opts, ignoreChanges: ["providerDetails.attributes_url", "providerDetails.authorize_url"] },
            ),
        ];
    });
}
