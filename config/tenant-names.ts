import { type NameRule, nameProblem, nameRules } from "./names";

/** Whose names they are. */
export interface TenantIdentity {
    /** For example `pai-risk-mlops`. */
    readonly product: string;
    readonly tenant: string;
    readonly environment: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-database.html; Athena and Trino take no hyphens. */
const glueDatabase: NameRule = {
    what: "Glue database",
    maxLength: 255,
    pattern: /^[a-z0-9_]+$/,
    allowed: "lower-case letters, digits and underscores",
};

/** https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html */
const emrCluster: NameRule = {
    what: "EMR cluster",
    maxLength: 256,
    pattern: /^[\w-]+$/,
    allowed: "letters and hyphens",
};

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateUserProfile.html */
const userProfile: NameRule = {
    what: "SageMaker user profile",
    maxLength: 63,
    pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/,
    allowed: "letters, digits and hyphens, not at the ends",
};

/** Parts of a tenant's identity that are IAM roles. */
export const tenantRoles = ["emr-service", "emr-instance", "emr-scaling", "sagemaker"] as const;
export type TenantRole = (typeof tenantRoles)[number];

export const tenantBuckets = ["artifacts", "data", "logs"] as const;
export type TenantBucket = (typeof tenantBuckets)[number];

/** Names that mean something else already: the shared prefix of the lake, the platform itself, AWS's own. */
export const reservedTenants: readonly string[] = ["shared", "platform", "default", "aws", "all"];

/** `{product}-{tenant}-{environment}-{resource}`, the convention of the system. */
export const tenantResource = ({ product, tenant, environment }: TenantIdentity, resource: string): string =>
    [product, tenant, environment, resource].join("-");

/** Where a cluster of a tenant differs from the other in names. */
export const clusterResource = (role: "production" | "staging"): string =>
    role === "production" ? "emr" : "emr-staging";

/** The state machine that scales a cluster. */
export const scalingMachineName = (identity: TenantIdentity, role: "production" | "staging"): string =>
    `${tenantResource(identity, clusterResource(role))}-scaling`;

/** Name of a database; `tenant` is absent for the shared ones. */
export const catalogDatabase = (product: string, tenant: string | undefined, kind: "iceberg" | "raw"): string =>
    [product, ...(tenant === undefined ? [] : [tenant]), kind].join("_").replaceAll("-", "_");

/** What is wrong with the names that a tenant comes to, or nothing. */
export function tenantNameProblem(identity: TenantIdentity): string | undefined {
    const names: readonly (readonly [string, NameRule])[] = [
        ...tenantBuckets.map((bucket) => [tenantResource(identity, bucket), nameRules.s3Bucket] as const),
        ...tenantRoles.map((role) => [tenantResource(identity, role), nameRules.iamRole] as const),
        [tenantResource(identity, clusterResource("staging")), emrCluster],
        [tenantResource(identity, "studio"), userProfile],
        [catalogDatabase(identity.product, identity.tenant, "iceberg"), glueDatabase],
    ];
    for (const [name, rule] of names) {
        const problem = nameProblem(name, rule);
        if (problem !== undefined) {
            return problem;
        }
    }
    return undefined;
}

/** Two tenants whose names are told apart by hyphens only are taken for one by people, sooner or later. */
export const normalizedTenant = (tenant: string): string => tenant.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
