import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules, physicalName } from "../../config/names";
import { accountRootArn, partitionOf } from "../foundation/arn";
import type { PrivateBucket } from "../foundation/bucket";
import { policyDocument, type Statement } from "../foundation/policy-document";
import type { SharedServicesArgs } from "./args";
import { pullActions } from "./images";

/** What roles can be given rights on. */
export interface Shared {
    readonly repositories: Readonly<Record<string, aws.ecr.Repository>>;
    readonly buckets: Readonly<Record<string, PrivateBucket>>;
    readonly zones: Readonly<Record<string, aws.route53.Zone>>;
    readonly keyArn: pulumi.Input<string>;
}

/** Things of a record by their keys; the config's schema has made sure that they exist. */
export const named = <Value>(from: Readonly<Record<string, Value>>, keys: readonly string[]): Value[] =>
    Object.entries(from).flatMap(([key, value]) => (keys.includes(key) ? [value] : []));

/** Logging in has no resource-level permissions. */
export const registryLogin: Statement = {
    sid: "RegistryLogin",
    actions: ["ecr:GetAuthorizationToken"],
    resources: ["*"],
};

/** Reading buckets, or writing them too. */
export function bucketStatements(
    what: "Read" | "Write",
    buckets: readonly PrivateBucket[],
    keyArn: pulumi.Input<string>,
) {
    const write = what === "Write";
    return buckets.length === 0
        ? []
        : [
              {
                  sid: `${what}ListBuckets`,
                  actions: ["s3:ListBucket", "s3:GetBucketLocation"],
                  resources: buckets.map(({ arn }) => arn),
              },
              {
                  sid: `${what}Artifacts`,
                  actions: ["s3:GetObject", ...(write ? ["s3:PutObject", "s3:AbortMultipartUpload"] : [])],
                  resources: buckets.map(({ arn }) => pulumi.interpolate`${arn}/*`),
              },
              {
                  sid: `${what}Encrypted`,
                  actions: ["kms:Decrypt", ...(write ? ["kms:GenerateDataKey"] : [])],
                  resources: [keyArn],
              },
          ];
}

/**
 * A role per workload account: its programs take it on by name and external id, and get what config names and no more.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function workloadRoles(
    name: string,
    args: Pick<SharedServicesArgs, "system" | "region" | "workloads">,
    shared: Shared,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<string, aws.iam.Role>> {
    return Object.fromEntries(
        Object.entries(args.workloads).flatMap(([workload, { accountId, role }]) => {
            if (role === undefined) {
                return [];
            }
            const trusted = role.trustedRoles ?? [`${args.system}-${workload}-*`];
            const created = new aws.iam.Role(
                `${name}-${workload}`,
                {
                    name: physicalName(nameRules.iamRole, args.system, "shared", workload),
                    description: `What ${args.system} ${workload} of account ${accountId} may do here`,
                    maxSessionDuration: role.maxSessionSeconds,
                    assumeRolePolicy: policyDocument([
                        {
                            sid: "WorkloadAccount",
                            actions: ["sts:AssumeRole"],
                            principals: { aws: [accountRootArn(args.region, accountId)] },
                            conditions: {
                                StringEquals: { "sts:ExternalId": role.callerExternalId },
                                ArnLike: {
                                    "aws:PrincipalArn": trusted.map(
                                        (pattern) =>
                                            `arn:${partitionOf(args.region)}:iam::${accountId}:role/${pattern}`,
                                    ),
                                },
                            },
                        },
                    ]),
                },
                opts,
            );
            const zones = named(shared.zones, role.manageZones).map(({ arn }) => arn);
            new aws.iam.RolePolicy(
                `${name}-${workload}-policy`,
                {
                    role: created.name,
                    policy: policyDocument([
                        registryLogin,
                        {
                            sid: "PullImages",
                            actions: pullActions,
                            resources: Object.values(shared.repositories).map(({ arn }) => arn),
                        },
                        ...bucketStatements("Read", named(shared.buckets, role.readArtifacts), shared.keyArn),
                        ...bucketStatements("Write", named(shared.buckets, role.writeArtifacts), shared.keyArn),
                        ...(zones.length > 0 ? zoneStatements(args.region, zones) : []),
                    ]),
                },
                opts,
            );
            return [[workload, created]];
        }),
    );
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html */
function zoneStatements(region: string, zones: Statement["resources"]): Statement[] {
    return [
        {
            sid: "ChangeRecords",
            actions: [
                "route53:ChangeResourceRecordSets",
                "route53:ListResourceRecordSets",
                "route53:GetHostedZone",
                "route53:ListTagsForResource",
            ],
            resources: zones,
        },
        {
            sid: "FollowChanges",
            actions: ["route53:GetChange"],
            resources: [`arn:${partitionOf(region)}:route53:::change/*`],
        },
    ];
}
