import type * as pulumi from "@pulumi/pulumi";
import type { MlTenantConfig } from "../../../config/platforms/ml-tenant";
import type { TenantIdentity } from "../../../config/tenant-names";
import type { Place } from "../../foundation/arn";

/** Where objects of every tenant's tables lie, each tenant's under prefixes of its own. */
export interface Lake {
    readonly bucketName: pulumi.Input<string>;
    readonly arn: pulumi.Input<string>;
    /** Key of what all tenants may read, and of the Glue catalog. */
    readonly keyArn: pulumi.Input<string>;
    /** Databases that all tenants may read. */
    readonly sharedDatabases: readonly string[];
}

/** The certificate that nodes of a cluster prove themselves to each other with. */
export interface EmrCertificate {
    /** `s3://...` of the archive. */
    readonly uri: pulumi.Input<string>;
    readonly objectArn: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
}

/** What the platform shares with its tenants; nothing else is common to them. */
export interface TenantBase extends Place {
    readonly vpcId: pulumi.Input<string>;
    readonly vpcCidr: string;
    readonly privateSubnetIds: pulumi.Input<string[]>;
    readonly lake: Lake;
    readonly certificate: EmrCertificate;
    /** Bucket that requests to the tenant's buckets are logged to. */
    readonly logBucketName: pulumi.Input<string>;
    /** SageMaker domain that the tenant gets a profile in. */
    readonly studioDomainId: pulumi.Input<string>;
    readonly emrRelease: string;
}

/** Who a tenant is, in names, tags and prefixes. */
export type TenantScope = TenantIdentity & TenantBase;

export interface MlTenantArgs extends TenantScope, MlTenantConfig {
    /** Who hears of alarms and budgets. */
    readonly alarmEmails: string[];
}
