import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PartArgs } from "./args";

export interface RepositoriesArgs extends PartArgs {
    readonly keyArn: pulumi.Input<string>;
}

const repositoryName = (args: PartArgs, service: string) => `${args.prefix}-${service}`;

/** The service's image, as account, region and config name it: known before the repository exists. */
export const imageOf = (args: PartArgs, service: string, tag: string) =>
    `${args.accountId}.dkr.ecr.${args.region}.amazonaws.com/${repositoryName(args, service)}:${tag}`;

/** A repository of ECR for each service. A tag says once and for all what it is. */
export class Repositories extends pulumi.ComponentResource {
    /** By service. */
    readonly byService: Readonly<Record<string, aws.ecr.Repository>>;

    constructor(name: string, args: RepositoriesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Repositories", name, {}, opts);
        this.byService = Object.fromEntries(
            Object.keys(args.services).map((service) => {
                const repository = new aws.ecr.Repository(
                    `${name}-${service}`,
                    {
                        name: repositoryName(args, service),
                        imageTagMutability: "IMMUTABLE",
                        imageScanningConfiguration: { scanOnPush: true },
                        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
                    },
                    { parent: this, protect: args.deletionProtection },
                );
                new aws.ecr.LifecyclePolicy(
                    `${name}-${service}-lifecycle`,
                    { repository: repository.name, policy: JSON.stringify(lifecycle) },
                    { parent: this },
                );
                return [service, repository];
            }),
        );
        this.registerOutputs({});
    }
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
const lifecycle = {
    rules: [
        {
            rulePriority: 1,
            description: "What no tag points to goes after a week",
            selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
            action: { type: "expire" },
        },
        {
            rulePriority: 2,
            description: "Enough versions to go back to",
            selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 100 },
            action: { type: "expire" },
        },
    ],
};
