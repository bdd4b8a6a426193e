import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../foundation/certificate";
import { edgeRegion, type PartArgs } from "./args";
import { identityProviders } from "./identity-providers";

export interface AuthArgs extends PartArgs {
    /** Host name of the app, its own or CloudFront's. */
    readonly appHost: pulumi.Input<string>;
    /** Acts where CloudFront is, which is what stands before sign-in pages with a name of one's own. */
    readonly edgeProvider: aws.Provider;
    /** Record of the app's own name: Cognito wants the parent of its own name to resolve. */
    readonly after: readonly pulumi.Resource[];
}

const mfaConfiguration = { off: "OFF", optional: "OPTIONAL", required: "ON" } as const;

/** People and their sign-in. */
export class Auth extends pulumi.ComponentResource {
    readonly userPoolId: pulumi.Output<string>;
    readonly userPoolArn: pulumi.Output<string>;
    /** What tokens name as their issuer. */
    readonly issuer: pulumi.Output<string>;
    /** Client of the web app: public, by authorisation code with PKCE. */
    readonly clientId: pulumi.Output<string>;
    /** Host of the sign-in pages. */
    readonly host: pulumi.Output<string>;

    constructor(name: string, args: AuthArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Auth", name, {}, opts);
        const parent = { parent: this };
        const { mfa, threatProtection, selfSignUp, passwordMinLength } = args.auth;
        const pool = new aws.cognito.UserPool(
            `${name}-pool`,
            {
                name: args.prefix,
                usernameAttributes: ["email"],
                autoVerifiedAttributes: ["email"],
                usernameConfiguration: { caseSensitive: false },
                mfaConfiguration: mfaConfiguration[mfa],
                // an app on the phone: text messages can be redirected, and cost
                softwareTokenMfaConfiguration: mfa === "off" ? undefined : { enabled: true },
                passwordPolicy: {
                    minimumLength: passwordMinLength,
                    requireLowercase: true,
                    requireUppercase: true,
                    requireNumbers: true,
                    requireSymbols: true,
                    temporaryPasswordValidityDays: 3,
                },
                adminCreateUserConfig: { allowAdminCreateUserOnly: !selfSignUp },
                accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
                // a new address counts once its owner has confirmed it
                userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
                deviceConfiguration: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
                // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
                userPoolTier: threatProtection === "off" ? "ESSENTIALS" : "PLUS",
                userPoolAddOns: {
                    advancedSecurityMode: { off: "OFF", audit: "AUDIT", enforced: "ENFORCED" }[threatProtection],
                },
                deletionProtection: args.deletionProtection ? "ACTIVE" : "INACTIVE",
            },
            { parent: this, protect: args.deletionProtection },
        );
        this.userPoolId = pool.id;
        this.userPoolArn = pool.arn;
        this.issuer = pulumi.interpolate`https://cognito-idp.${args.region}.amazonaws.com/${pool.id}`;

        const providers = identityProviders(name, { ...args, userPoolId: pool.id }, parent);
        const home = pulumi.interpolate`https://${args.appHost}`;
        const client = new aws.cognito.UserPoolClient(
            `${name}-web`,
            {
                name: `${args.prefix}-web`,
                userPoolId: pool.id,
                // a browser can't keep a secret; PKCE takes its place
                generateSecret: false,
                allowedOauthFlowsUserPoolClient: true,
                allowedOauthFlows: ["code"],
                allowedOauthScopes: ["openid", "email", "profile"],
                callbackUrls: [pulumi.interpolate`${home}/auth/callback`, ...args.auth.callbackUrls],
                logoutUrls: [pulumi.interpolate`${home}/`],
                supportedIdentityProviders: ["COGNITO", ...providers.map((provider) => provider.providerName)],
                explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                preventUserExistenceErrors: "ENABLED",
                enableTokenRevocation: true,
                accessTokenValidity: 60,
                idTokenValidity: 60,
                refreshTokenValidity: 30,
                tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
                readAttributes: ["email", "email_verified", "name", "picture"],
                writeAttributes: ["email", "name", "picture"],
            },
            parent,
        );
        this.clientId = client.id;
        // pages of version 2 stay shut until they have a style, be it Cognito's own:
        // https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-branding.html
        new aws.cognito.ManagedLoginBranding(
            `${name}-pages`,
            { userPoolId: pool.id, clientId: client.id, useCognitoProvidedValues: true },
            parent,
        );
        this.host = this.signInHost(name, args);
        this.registerOutputs({ userPoolId: this.userPoolId, clientId: this.clientId, host: this.host });
    }

    private signInHost(name: string, args: AuthArgs): pulumi.Output<string> {
        const parent = { parent: this };
        const { domainName } = args.auth;
        const zoneId = args.edge.domain?.hostedZoneId;
        if (domainName === undefined || zoneId === undefined) {
            const domain = new aws.cognito.UserPoolDomain(
                `${name}-domain`,
                // one in the region: the account's number keeps them apart
                { domain: `${args.prefix}-${args.accountId}`, userPoolId: this.userPoolId, managedLoginVersion: 2 },
                parent,
            );
            return pulumi.interpolate`${domain.domain}.auth.${args.region}.amazoncognito.com`;
        }
        const certificate = new Certificate(
            `${name}-certificate`,
            { domainName, hostedZoneId: zoneId },
            args.region === edgeRegion ? parent : { parent: this, provider: args.edgeProvider },
        );
        const domain = new aws.cognito.UserPoolDomain(
            `${name}-domain`,
            {
                domain: domainName,
                certificateArn: certificate.arn,
                userPoolId: this.userPoolId,
                managedLoginVersion: 2,
            },
            { parent: this, dependsOn: [...args.after] },
        );
        new aws.route53.Record(
            `${name}-address`,
            {
                zoneId,
                name: domainName,
                type: "A",
                aliases: [
                    {
                        name: domain.cloudfrontDistribution,
                        zoneId: domain.cloudfrontDistributionZoneId,
                        evaluateTargetHealth: false,
                    },
                ],
            },
            parent,
        );
        return domain.domain;
    }
}
