import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accountRootArn, partitionOf, protectedBy } from "../foundation/arn";
import { policyDocument, type Statement } from "../foundation/policy-document";
import type { SharedServicesArgs } from "./args";

export interface RegistryArgs
    extends Pick<
        SharedServicesArgs,
        "images" | "charts" | "imageScanning" | "workloads" | "region" | "deletionProtection"
    > {
    /** Key that layers are encrypted with. */
    readonly keyArn: pulumi.Input<string>;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-pull.html */
export const pullActions = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
] as const;

/** How a chart's repository is kept: small files that nobody should miss. */
const chartKeeping = { lambda: false, keepTagged: 1000, keepUntaggedDays: 14 } as const;

/** Repositories of images and of Helm charts, which exactly the workload accounts pull from. */
export class Registry extends pulumi.ComponentResource {
    readonly repositories: Readonly<Record<string, aws.ecr.Repository>>;

    constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:shared-services:Registry", name, {}, opts);
        const kept = { ...args.images, ...Object.fromEntries(args.charts.map((chart) => [chart, chartKeeping])) };
        this.repositories = Object.fromEntries(
            Object.entries(kept).map(([repository, keeping]) => [
                repository,
                createRepository(`${name}-${repository.replaceAll("/", "-")}`, repository, keeping, args, this),
            ]),
        );
        new aws.ecr.RegistryScanningConfiguration(
            `${name}-scanning`,
            {
                scanType: args.imageScanning.toUpperCase(),
                rules: [
                    {
                        scanFrequency: args.imageScanning === "enhanced" ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH",
                        repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
                    },
                ],
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

function createRepository(
    name: string,
    physicalName: string,
    keeping: SharedServicesArgs["images"][string],
    args: RegistryArgs,
    parent: pulumi.Resource,
): aws.ecr.Repository {
    const repository = new aws.ecr.Repository(
        name,
        {
            name: physicalName,
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
        },
        protectedBy(parent, args.deletionProtection),
    );
    const statements = pullStatements(keeping.lambda, args);
    if (statements.length > 0) {
        new aws.ecr.RepositoryPolicy(
            `${name}-pull`,
            { repository: repository.name, policy: policyDocument(statements) },
            { parent },
        );
    }
    new aws.ecr.LifecyclePolicy(
        `${name}-lifecycle`,
        { repository: repository.name, policy: lifecycle(keeping.keepTagged, keeping.keepUntaggedDays) },
        { parent },
    );
    return repository;
}

function pullStatements(lambda: boolean, { workloads, region }: RegistryArgs): Statement[] {
    const accounts = [...new Set(Object.values(workloads).map(({ accountId }) => accountId))].sort();
    if (accounts.length === 0) {
        return [];
    }
    return [
        {
            sid: "WorkloadAccounts",
            principals: { aws: accounts.map((account) => accountRootArn(region, account)) },
            actions: pullActions,
        },
        // https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-permissions
        ...(lambda
            ? [
                  {
                      sid: "WorkloadFunctions",
                      principals: { service: ["lambda.amazonaws.com"] },
                      actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                      conditions: {
                          ArnLike: {
                              "aws:SourceArn": accounts.map(
                                  (account) => `arn:${partitionOf(region)}:lambda:${region}:${account}:function:*`,
                              ),
                          },
                      },
                  },
              ]
            : []),
    ];
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function lifecycle(keepTagged: number, keepUntaggedDays: number): string {
    const rule = (rulePriority: number, description: string, selection: Readonly<Record<string, unknown>>) => ({
        rulePriority,
        description,
        selection,
        action: { type: "expire" },
    });
    return JSON.stringify({
        rules: [
            rule(1, `Untagged images go after ${keepUntaggedDays} days`, {
                tagStatus: "untagged",
                countType: "sinceImagePushed",
                countUnit: "days",
                countNumber: keepUntaggedDays,
            }),
            rule(2, `The newest ${keepTagged} tagged images stay`, {
                tagStatus: "tagged",
                tagPatternList: ["*"],
                countType: "imageCountMoreThan",
                countNumber: keepTagged,
            }),
        ],
    });
}
