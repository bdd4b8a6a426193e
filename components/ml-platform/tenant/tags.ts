import type * as pulumi from "@pulumi/pulumi";

/** Tag that AWS's own policy for EMR's service role goes by. https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html */
export const emrManagedTag = { "for-use-with-amazon-emr-managed-policies": "true" } as const;

/** Types of a tenant's resources that take tags. One provider for all tenants can't carry a tag of each in its defaults. */
const tagged: ReadonlySet<string> = new Set([
    "aws:budgets/budget:Budget",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:emr/cluster:Cluster",
    "aws:glue/catalogDatabase:CatalogDatabase",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:sagemaker/userProfile:UserProfile",
    "aws:sfn/stateMachine:StateMachine",
    "aws:sns/topic:Topic",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

/** Of these, the ones that EMR acts on. */
const usedByEmr: ReadonlySet<string> = new Set(["aws:ec2/securityGroup:SecurityGroup", "aws:emr/cluster:Cluster"]);

/** Puts the tenant's name on everything below its component: costs and permissions are told apart by it. */
export function tenantTags(tenant: string): pulumi.ResourceTransformation {
    return ({ type, props, opts }) =>
        tagged.has(type)
            ? {
                  props: {
                      ...props,
                      tags: { Tenant: tenant, ...(usedByEmr.has(type) ? emrManagedTag : {}), ...props.tags },
                  },
                  opts,
              }
            : undefined;
}
