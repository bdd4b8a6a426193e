import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../foundation/arn";
import { serviceTrust } from "../foundation/policy-document";
import { SecurityGroup } from "../foundation/security-group";
import { type MlPlatformArgs, sharedResource } from "./args";

export interface StudioArgs extends Place, Pick<MlPlatformArgs, "product" | "environment" | "protect"> {
    readonly vpcId: pulumi.Input<string>;
    readonly subnetIds: pulumi.Input<string[]>;
    readonly keyArn: pulumi.Input<string>;
}

/** The SageMaker domain that tenants get their profiles in: in the VPC only, and without any right of its own. */
export class Studio extends pulumi.ComponentResource {
    readonly domainId: pulumi.Output<string>;

    constructor(name: string, args: StudioArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:Studio", name, {}, opts);
        const parent = { parent: this } as const;
        // a profile of no tenant can do nothing: each tenant's profile names the tenant's own role and group
        const role = new aws.iam.Role(
            `${name}-default`,
            {
                name: sharedResource(args, "sagemaker-default"),
                description: "SageMaker profiles that belong to no tenant; may do nothing",
                assumeRolePolicy: serviceTrust("sagemaker.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                }),
            },
            parent,
        );
        const group = new SecurityGroup(
            `${name}-default`,
            { vpcId: args.vpcId, description: "SageMaker profiles that belong to no tenant" },
            parent,
        );
        this.domainId = new aws.sagemaker.Domain(
            `${name}-domain`,
            {
                domainName: sharedResource(args, "studio"),
                authMode: "IAM",
                vpcId: args.vpcId,
                subnetIds: args.subnetIds,
                // all traffic by the VPC, none by a network of SageMaker's
                appNetworkAccessType: "VpcOnly",
                kmsKeyId: args.keyArn,
                defaultUserSettings: {
                    executionRole: role.arn,
                    securityGroups: [group.securityGroupId],
                    sharingSettings: { notebookOutputOption: "Disabled" },
                },
                retentionPolicy: { homeEfsFileSystem: args.protect ? "Retain" : "Delete" },
            },
            args.protect ? { ...parent, protect: true } : parent,
        ).id;
        this.registerOutputs({ domainId: this.domainId });
    }
}
