import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { nameRules } from "../../config/names";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { standardTags } from "../../config/tags";
import { managedPolicyArn } from "../foundation/arn";
import { serviceTrust } from "../foundation/policy-document";
import type { PipelineKeys } from "./keys";
import { type PipelinePlace, pipelineName, project } from "./place";

export interface BastionArgs extends PipelinePlace {
    readonly settings: ImagePipelineConfig["bastion"];
    /** Public where networks are allow-listed, private otherwise. */
    readonly subnetIds: pulumi.Input<string[]>;
    readonly securityGroupId: pulumi.Input<string>;
    readonly keys: Pick<PipelineKeys, "database" | "operations">;
    /** Tags of the stack, which the provider's default tags don't carry to what Auto Scaling starts. */
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The way of people to the database: through SSM, and by SSH too where networks are allow-listed. A group of one that is
 * replaced when it fails, so that nobody nurses it; each replacement starts from Amazon's newest image.
 */
export class Bastion extends pulumi.ComponentResource {
    readonly keySecretArn: pulumi.Output<string>;
    readonly groupName: pulumi.Output<string>;
    /** `Name` tag of the instance, to find it by. */
    readonly instanceName: string;

    constructor(name: string, args: BastionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:Bastion", name, {}, opts);
        const parent = { parent: this };
        this.instanceName = `${project}-${args.environment}-bastion`;

        const key = new tls.PrivateKey(
            `${name}-private-key`,
            { algorithm: "ED25519" },
            {
                ...parent,
                additionalSecretOutputs: ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"],
            },
        );
        const keyPair = new aws.ec2.KeyPair(`${name}-key-pair`, { publicKey: key.publicKeyOpenssh }, parent);
        const secret = new aws.secretsmanager.Secret(
            `${name}-key-secret`,
            {
                name: pipelineName(args, nameRules.secret, "bastion-key"),
                description: "Private SSH key of the bastion",
                kmsKeyId: args.keys.database.arn,
                recoveryWindowInDays: args.protect ? 30 : 7,
            },
            parent,
        );
        new aws.secretsmanager.SecretVersion(
            `${name}-key-version`,
            { secretId: secret.id, secretString: key.privateKeyOpenssh },
            parent,
        );
        this.keySecretArn = secret.arn;
        this.groupName = this.createGroup(name, args, keyPair.keyName).name;
        this.registerOutputs({ keySecretArn: this.keySecretArn, groupName: this.groupName });
    }

    private createGroup(name: string, args: BastionArgs, keyName: pulumi.Output<string>): aws.autoscaling.Group {
        const parent = { parent: this };
        const profile = this.createProfile(name, args);
        const template = new aws.ec2.LaunchTemplate(
            `${name}-template`,
            {
                description: "Bastion",
                // Resolved at each start: https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
                imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
                instanceType: args.settings.instanceType,
                keyName,
                updateDefaultVersion: true,
                iamInstanceProfile: { arn: profile.arn },
                metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
                blockDeviceMappings: [
                    {
                        // Root device of Amazon Linux 2023.
                        deviceName: "/dev/xvda",
                        ebs: {
                            volumeType: "gp3",
                            volumeSize: 10,
                            encrypted: "true",
                            kmsKeyId: args.keys.operations.arn,
                            deleteOnTermination: "true",
                        },
                    },
                ],
                networkInterfaces: [
                    {
                        deviceIndex: 0,
                        associatePublicIpAddress: args.settings.allowedCidrs.length > 0 ? "true" : "false",
                        deleteOnTermination: "true",
                        securityGroups: [args.securityGroupId],
                    },
                ],
                tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                    resourceType,
                    tags: {
                        ...standardTags({ project, environment: args.environment, extra: args.tags }),
                        Name: this.instanceName,
                    },
                })),
            },
            parent,
        );
        return new aws.autoscaling.Group(
            `${name}-group`,
            {
                minSize: 1,
                maxSize: 1,
                desiredCapacity: 1,
                vpcZoneIdentifiers: args.subnetIds,
                launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
                healthCheckType: "EC2",
                // A group of one has to go down to come up anew.
                instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 0 } },
                tags: [{ key: "Name", value: this.instanceName, propagateAtLaunch: false }],
            },
            parent,
        );
    }

    private createProfile(name: string, args: BastionArgs): aws.iam.InstanceProfile {
        const parent = { parent: this };
        const role = new aws.iam.Role(
            `${name}-role`,
            { description: "Bastion, reached through SSM", assumeRolePolicy: serviceTrust("ec2.amazonaws.com") },
            parent,
        );
        const policy = new aws.iam.RolePolicyAttachment(
            `${name}-ssm`,
            { role: role.name, policyArn: managedPolicyArn(args.region, "AmazonSSMManagedInstanceCore") },
            parent,
        );
        return new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name }, { ...parent, dependsOn: [policy] });
    }
}
