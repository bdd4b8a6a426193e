import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { scalingMachineName, type TenantRole, tenantResource } from "../../../config/tenant-names";
import { managedPolicyArn } from "../../foundation/arn";
import { policyDocument, type Statement } from "../../foundation/policy-document";
import type { TenantScope } from "./args";
import {
    catalogStatements,
    clusterFindingStatements,
    scalingStatements,
    storageStatements,
    studioStatements,
} from "./statements";

export interface TenantIdentitiesArgs {
    readonly scope: TenantScope;
    readonly bucketArns: readonly pulumi.Input<string>[];
    readonly logsBucketArn: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
}

/** The roles of one tenant. None of them reaches anything of another tenant. */
export class TenantIdentities extends pulumi.ComponentResource {
    /** What EMR itself acts as. */
    readonly serviceRoleArn: pulumi.Output<string>;
    /** What jobs on the nodes act as. */
    readonly instanceProfileArn: pulumi.Output<string>;
    /** What adds and removes task nodes. */
    readonly scalingRoleArn: pulumi.Output<string>;
    /** What notebooks act as. */
    readonly studioRoleArn: pulumi.Output<string>;

    constructor(name: string, args: TenantIdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:TenantIdentities", name, {}, opts);
        const { scope, bucketArns, keyArn } = args;
        const parent = { parent: this } as const;
        const data = [...storageStatements(scope, bucketArns, keyArn), ...catalogStatements(scope)];
        const role = (key: TenantRole, description: string, services: readonly string[]) =>
            new aws.iam.Role(
                `${name}-${key}`,
                {
                    name: tenantResource(scope, key),
                    description: `${description} of ${scope.product}'s tenant ${scope.tenant}`,
                    assumeRolePolicy: trust(scope, services),
                },
                parent,
            );
        const allow = (key: TenantRole, of: aws.iam.Role, statements: readonly Statement[]) =>
            new aws.iam.RolePolicy(`${name}-${key}`, { role: of.id, policy: policyDocument(statements) }, parent);
        const attach = (key: TenantRole, of: aws.iam.Role, policy: string) =>
            new aws.iam.RolePolicyAttachment(
                `${name}-${key}`,
                { role: of.name, policyArn: managedPolicyArn(scope.region, policy) },
                parent,
            );

        const instance = role("emr-instance", "Nodes", ["ec2.amazonaws.com"]);
        allow("emr-instance", instance, [
            ...data,
            {
                sid: "PushLogs",
                actions: ["s3:PutObject"],
                resources: [pulumi.interpolate`${args.logsBucketArn}/emr/*`],
            },
            { sid: "ReadCertificate", actions: ["s3:GetObject"], resources: [scope.certificate.objectArn] },
            {
                sid: "DecryptCertificate",
                actions: ["kms:Decrypt"],
                resources: [scope.certificate.keyArn],
            },
        ]);
        attach("emr-instance", instance, "AmazonSSMManagedInstanceCore");
        const profile = new aws.iam.InstanceProfile(
            `${name}-emr-instance`,
            { name: tenantResource(scope, "emr-instance"), role: instance.name },
            parent,
        );
        this.instanceProfileArn = profile.arn;

        const service = role("emr-service", "EMR", ["elasticmapreduce.amazonaws.com"]);
        attach("emr-service", service, "service-role/AmazonEMRServicePolicy_v2");
        allow("emr-service", service, serviceStatements(instance.arn, keyArn));
        this.serviceRoleArn = service.arn;

        const scaling = role("emr-scaling", "Scaling of clusters", ["states.amazonaws.com", "events.amazonaws.com"]);
        allow(
            "emr-scaling",
            scaling,
            scalingStatements(
                scope,
                (["production", "staging"] as const).map((role) => scalingMachineName(scope, role)),
            ),
        );
        this.scalingRoleArn = scaling.arn;

        const studio = role("sagemaker", "Notebooks and jobs", ["sagemaker.amazonaws.com"]);
        allow("sagemaker", studio, [
            ...data,
            ...clusterFindingStatements(scope),
            ...studioStatements(scope, tenantResource(scope, "studio"), studio.arn),
        ]);
        this.studioRoleArn = studio.arn;
        this.registerOutputs({});
    }
}

/** Services act for this account only; EC2 says nothing of whose instance it is. */
function trust(scope: TenantScope, services: readonly string[]): pulumi.Output<string> {
    const fromHere = { StringEquals: { "aws:SourceAccount": scope.accountId } } as const;
    return policyDocument([
        {
            sid: "AllowService",
            actions: ["sts:AssumeRole"],
            principals: { service: services },
            conditions: services.includes("ec2.amazonaws.com") ? undefined : fromHere,
        },
    ]);
}

/**
 * What AmazonEMRServicePolicy_v2 leaves to the account: the role of its nodes, and volumes under a key of one's own.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html
 */
function serviceStatements(instanceRoleArn: pulumi.Input<string>, keyArn: pulumi.Input<string>): readonly Statement[] {
    return [
        {
            sid: "StartNodesWithTheirRole",
            actions: ["iam:PassRole"],
            resources: [instanceRoleArn],
            conditions: { StringLike: { "iam:PassedToService": "ec2.amazonaws.com*" } },
        },
        {
            sid: "EncryptVolumes",
            actions: [
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:DescribeKey",
            ],
            resources: [keyArn],
        },
        {
            sid: "GrantVolumesTheKey",
            actions: ["kms:CreateGrant"],
            resources: [keyArn],
            conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
        // zones that don't offer a primary node's type are left out:
        // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha-considerations.html
        { sid: "SeeOfferings", actions: ["ec2:DescribeInstanceTypeOfferings"], resources: ["*"] },
    ];
}
