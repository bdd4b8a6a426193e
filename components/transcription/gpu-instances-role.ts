import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../foundation/arn";
import { policyDocument, serviceTrust } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import type { Files } from "./files";
import { gpuNamespace } from "./gpu-user-data";

export interface InstanceProfileArgs extends PartArgs {
    readonly files: Files;
    readonly metricsParameterArn: pulumi.Input<string>;
}

/** What the instances themselves may do; tasks have roles of their own. */
export function instanceProfile(
    name: string,
    args: InstanceProfileArgs,
    opts: pulumi.CustomResourceOptions,
): { readonly profile: aws.iam.InstanceProfile; readonly policies: readonly pulumi.Resource[] } {
    const role = new aws.iam.Role(
        `${name}-role`,
        {
            description: `GPU instances of ${args.prefix}: join the cluster, mount models, publish metrics`,
            assumeRolePolicy: serviceTrust("ec2.amazonaws.com"),
        },
        opts,
    );
    const managed = {
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
        cluster: "service-role/AmazonEC2ContainerServiceforEC2Role",
        // shells without an open port, for "GPU not detected"
        sessions: "AmazonSSMManagedInstanceCore",
    };
    const attachments = Object.entries(managed).map(
        ([purpose, path]) =>
            new aws.iam.RolePolicyAttachment(
                `${name}-${purpose}`,
                { role: role.name, policyArn: managedPolicyArn(args.region, path) },
                opts,
            ),
    );
    const policy = new aws.iam.RolePolicy(
        `${name}-policy`,
        {
            role: role.name,
            policy: policyDocument([
                {
                    sid: "PublishMetrics",
                    actions: ["cloudwatch:PutMetricData"],
                    // no resource-level permissions; the namespace is what narrows it
                    resources: ["*"],
                    conditions: { StringEquals: { "cloudwatch:namespace": gpuNamespace(args.prefix) } },
                },
                // the agent finds the name of the Auto Scaling group among the instance's tags
                { sid: "ReadTags", actions: ["ec2:DescribeTags"], resources: ["*"] },
                { sid: "ReadMetricsConfig", actions: ["ssm:GetParameter"], resources: [args.metricsParameterArn] },
                {
                    sid: "MountModels",
                    actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                    resources: [args.files.fileSystem.arn],
                    conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": args.files.models.arn } },
                },
            ]),
        },
        opts,
    );
    return {
        profile: new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name }, opts),
        policies: [...attachments, policy],
    };
}
