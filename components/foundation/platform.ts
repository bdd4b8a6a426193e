import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { standardTags } from "../../config/tags";

/** What every platform on AWS is told about the place it lives in. */
export interface PlatformArgs {
    /** Environment name, part of names and tags, for example `prod`. */
    readonly environment: string;
    /** AWS account, 12 digits. Any other account is refused. */
    readonly accountId: string;
    /** AWS region code, for example `us-east-2`. */
    readonly region: string;
    /** Role that the deployer assumes. @default the deployer's own credentials */
    readonly assumeRoleArn?: string;
    /** External id that the role asks for. @default none */
    readonly externalId?: string;
    /** Tags on every resource, beside the standard ones. @default none */
    readonly tags?: Readonly<Record<string, string>>;
}

/** Where an AWS provider acts, and as whom. */
export interface AccountProviderArgs extends Omit<PlatformArgs, "environment"> {
    /** Name in the `Project` tag. */
    readonly project: string;
    readonly environment: string;
}

/** A provider that acts in one account and region only: a wrong profile fails before anything is read or made. */
export function accountProvider(name: string, args: AccountProviderArgs, opts?: pulumi.ResourceOptions): aws.Provider {
    return new aws.Provider(
        name,
        {
            region: args.region as aws.Region,
            allowedAccountIds: [args.accountId],
            assumeRoles: args.assumeRoleArn
                ? [
                      {
                          roleArn: args.assumeRoleArn,
                          externalId: args.externalId,
                          sessionName: `pulumi-${args.environment}`,
                      },
                  ]
                : undefined,
            defaultTags: {
                tags: standardTags({ project: args.project, environment: args.environment, extra: args.tags }),
            },
        },
        opts,
    );
}

/**
 * Base of the platforms: a component with an AWS provider of its own. Resources and components that it makes directly take
 * `this.inAws()` as options; what those components make inherits the provider from them.
 */
export abstract class Platform extends pulumi.ComponentResource {
    protected readonly awsProvider: aws.Provider;
    protected readonly platformArgs: PlatformArgs;

    protected constructor(
        type: string,
        name: string,
        project: string,
        args: PlatformArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(type, name, {}, opts);
        this.platformArgs = args;
        this.awsProvider = accountProvider(`${name}-aws`, { ...args, project }, { parent: this });
    }

    /** Options of a direct child: under this platform, in its account and region. */
    protected inAws(
        more: pulumi.CustomResourceOptions = {},
    ): pulumi.CustomResourceOptions & pulumi.ComponentResourceOptions {
        return { parent: this, provider: this.awsProvider, ...more } as pulumi.CustomResourceOptions &
            pulumi.ComponentResourceOptions;
    }
}
