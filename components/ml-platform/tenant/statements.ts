import * as pulumi from "@pulumi/pulumi";
import { catalogDatabase } from "../../../config/tenant-names";
import { regionalArn } from "../../foundation/arn";
import { identityMayUseKey } from "../../foundation/key-statements";
import type { Statement } from "../../foundation/policy-document";
import type { TenantScope } from "./args";

/** Prefixes of the lake: `iceberg/<tenant>/` and `raw/<tenant>/` are a tenant's own, `.../shared/` is everybody's to read. */
export const lakeKinds = ["iceberg", "raw"] as const;
export const lakePrefix = (kind: (typeof lakeKinds)[number], owner: string): string => `${kind}/${owner}/`;

const readObjects = ["s3:GetObject", "s3:GetObjectVersion"] as const;
const writeObjects = [
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
] as const;

/** What a tenant's jobs and notebooks read and write in S3: its own buckets, its own prefixes, and what is shared. */
export function storageStatements(
    scope: TenantScope,
    bucketArns: readonly pulumi.Input<string>[],
    keyArn: pulumi.Input<string>,
): readonly Statement[] {
    const { lake, tenant } = scope;
    const objects = (arn: pulumi.Input<string>, prefix: string) => pulumi.interpolate`${arn}/${prefix}*`;
    const own = lakeKinds.map((kind) => lakePrefix(kind, tenant));
    const shared = lakeKinds.map((kind) => lakePrefix(kind, "shared"));
    return [
        {
            sid: "ListOwnBuckets",
            actions: ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation"],
            resources: bucketArns,
        },
        {
            sid: "UseOwnBuckets",
            actions: [...readObjects, ...writeObjects],
            resources: bucketArns.map((arn) => objects(arn, "")),
        },
        {
            sid: "ListOwnPrefixes",
            actions: ["s3:ListBucket"],
            resources: [lake.arn],
            conditions: {
                StringLike: { "s3:prefix": [...own, ...shared].flatMap((prefix) => [prefix, `${prefix}*`]) },
            },
        },
        { sid: "FindLake", actions: ["s3:GetBucketLocation"], resources: [lake.arn] },
        {
            sid: "UseOwnPrefixes",
            actions: [...readObjects, ...writeObjects],
            resources: own.map((prefix) => objects(lake.arn, prefix)),
        },
        {
            sid: "ReadSharedPrefixes",
            actions: readObjects,
            resources: shared.map((prefix) => objects(lake.arn, prefix)),
        },
        identityMayUseKey(keyArn, "UseOwnKey"),
        // what is shared, and the catalog itself, lie under the platform's key; whose objects those are, S3 decides
        identityMayUseKey(lake.keyArn, "UseLakeKey"),
    ];
}

/** https://docs.aws.amazon.com/glue/latest/dg/api-permissions-reference.html: each call needs catalog, database and table. */
export function catalogStatements(scope: TenantScope): readonly Statement[] {
    const glue = (resource: string) => regionalArn(scope, "glue", resource);
    const tables = (databases: readonly string[]) =>
        databases.flatMap((name) => [glue(`database/${name}`), glue(`table/${name}/*`)]);
    const read = [
        "glue:GetDatabase",
        "glue:GetDatabases",
        "glue:GetTable",
        "glue:GetTables",
        "glue:GetTableVersion",
        "glue:GetTableVersions",
        "glue:GetPartition",
        "glue:GetPartitions",
        "glue:BatchGetPartition",
    ] as const;
    return [
        {
            sid: "ReadSharedCatalog",
            actions: read,
            // Spark asks for `default` whenever a session starts, and takes its absence for an answer
            resources: [glue("catalog"), glue("database/default"), ...tables(scope.lake.sharedDatabases)],
        },
        {
            sid: "UseOwnCatalog",
            actions: [
                ...read,
                "glue:CreateTable",
                "glue:UpdateTable",
                "glue:DeleteTable",
                "glue:CreatePartition",
                "glue:UpdatePartition",
                "glue:DeletePartition",
                "glue:BatchCreatePartition",
                "glue:BatchDeletePartition",
            ],
            resources: [
                glue("catalog"),
                ...tables(lakeKinds.map((kind) => catalogDatabase(scope.product, scope.tenant, kind))),
            ],
        },
    ];
}

/** Clusters of the tenant: those that carry its tag. */
const ownClusters = (scope: TenantScope) =>
    ({
        resources: [regionalArn(scope, "elasticmapreduce", "cluster/*")],
        conditions: { StringEquals: { "elasticmapreduce:ResourceTag/Tenant": scope.tenant } },
    }) as const;

/** What a notebook needs to find a cluster and connect to it. */
export function clusterFindingStatements(scope: TenantScope): readonly Statement[] {
    return [
        {
            sid: "SeeOwnClusters",
            actions: [
                "elasticmapreduce:DescribeCluster",
                "elasticmapreduce:ListInstances",
                "elasticmapreduce:ListInstanceFleets",
                "elasticmapreduce:ListSteps",
            ],
            ...ownClusters(scope),
        },
        {
            // Neither has a resource that could be named:
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticmapreduce.html
            sid: "SeeAccountSettings",
            actions: ["elasticmapreduce:GetBlockPublicAccessConfiguration", "elasticmapreduce:ListClusters"],
            resources: ["*"],
            conditions: {
                StringEquals: { "aws:RequestedRegion": scope.region, "aws:PrincipalAccount": scope.accountId },
            },
        },
    ];
}

/** What the scaling of task nodes looks at and changes. */
export function scalingStatements(scope: TenantScope, machineNames: readonly string[]): readonly Statement[] {
    return [
        {
            sid: "ScaleOwnClusters",
            actions: [
                "elasticmapreduce:DescribeCluster",
                "elasticmapreduce:ListInstanceFleets",
                "elasticmapreduce:ModifyInstanceFleet",
            ],
            ...ownClusters(scope),
        },
        {
            sid: "SeeAlarms",
            actions: ["cloudwatch:DescribeAlarms"],
            resources: [regionalArn(scope, "cloudwatch", "alarm:*")],
        },
        {
            sid: "StartOwnScaling",
            actions: ["states:StartExecution"],
            resources: machineNames.map((name) => regionalArn(scope, "states", `stateMachine:${name}`)),
        },
    ];
}

/** What a notebook does in SageMaker itself: its own apps and jobs. */
export function studioStatements(
    scope: TenantScope,
    profileName: string,
    roleArn: pulumi.Input<string>,
): readonly Statement[] {
    const sagemaker = (resource: string) => regionalArn(scope, "sagemaker", resource);
    const domain = pulumi.output(scope.studioDomainId);
    const profile = domain.apply((id) => sagemaker(`user-profile/${id}/${profileName}`));
    // names of spaces and jobs are people's, so it goes by owner and by tag instead
    const tag = { StringEquals: { "aws:ResourceTag/Tenant": scope.tenant } } as const;
    const jobs = ["training-job", "processing-job", "transform-job"].map((kind) => sagemaker(`${kind}/*`));
    const onJobs = (...verbs: readonly string[]) =>
        verbs.flatMap((verb) => ["Training", "Processing", "Transform"].map((kind) => `sagemaker:${verb}${kind}Job`));
    return [
        {
            sid: "UseOwnProfile",
            actions: ["sagemaker:DescribeUserProfile", "sagemaker:CreatePresignedDomainUrl"],
            resources: [profile],
        },
        {
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
            sid: "UseOwnSpaces",
            actions: ["App", "Space"].flatMap((what) =>
                ["Create", "Update", "Delete", "Describe"].map((verb) => `sagemaker:${verb}${what}`),
            ),
            resources: [
                domain.apply((id) => sagemaker(`app/${id}/*`)),
                domain.apply((id) => sagemaker(`space/${id}/*`)),
            ],
            conditions: { ArnEquals: { "sagemaker:OwnerUserProfileArn": profile } },
        },
        {
            sid: "SeeDomain",
            actions: ["sagemaker:DescribeDomain"],
            resources: [domain.apply((id) => sagemaker(`domain/${id}`))],
        },
        {
            sid: "StartOwnJobs",
            actions: [...onJobs("Create"), "sagemaker:AddTags"],
            resources: jobs,
            conditions: { StringEquals: { "aws:RequestTag/Tenant": scope.tenant } },
        },
        { sid: "UseOwnJobs", actions: onJobs("Describe", "Stop"), resources: jobs, conditions: tag },
        {
            sid: "RunJobsAsItself",
            actions: ["iam:PassRole"],
            resources: [roleArn],
            conditions: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        },
        {
            sid: "WriteLogs",
            actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [regionalArn(scope, "logs", "log-group:/aws/sagemaker/*")],
        },
    ];
}
