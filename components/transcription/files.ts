import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EfsVolume } from "../foundation/ecs-volumes";
import { policyDocument } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import type { ServiceNetwork } from "./network";

export interface FilesArgs extends PartArgs {
    readonly serviceNetwork: ServiceNetwork;
    readonly securityGroupId: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
}

/** User that all containers act as in the file system, whatever they run as. */
const user = { uid: 1000, gid: 1000 } as const;

/** Files that several tasks need at the same time: those of running jobs, and the models of Whisper. */
export class Files extends pulumi.ComponentResource {
    readonly fileSystem: aws.efs.FileSystem;
    readonly jobs: aws.efs.AccessPoint;
    readonly models: aws.efs.AccessPoint;
    /** Have to be there before anything mounts. */
    readonly mountTargets: readonly aws.efs.MountTarget[];

    constructor(name: string, args: FilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Files", name, {}, opts);
        const parent = { parent: this };
        const { efs } = args.storage;

        this.fileSystem = new aws.efs.FileSystem(
            `${name}-system`,
            {
                encrypted: true,
                kmsKeyId: args.keyArn,
                performanceMode: "generalPurpose",
                throughputMode: efs.throughputMode,
                provisionedThroughputInMibps: efs.provisionedMibps,
                lifecyclePolicies: [
                    { transitionToIa: "AFTER_30_DAYS" },
                    { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
                ],
                tags: { Name: `${args.prefix}-files` },
            },
            { parent: this, protect: args.deletionProtection },
        );
        new aws.efs.BackupPolicy(
            `${name}-backup`,
            { fileSystemId: this.fileSystem.id, backupPolicy: { status: "ENABLED" } },
            parent,
        );
        // Roles get in by their own policies; a policy here shuts out clients without one, and without TLS.
        // https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
        new aws.efs.FileSystemPolicy(
            `${name}-policy`,
            {
                fileSystemId: this.fileSystem.id,
                policy: policyDocument([
                    {
                        sid: "TlsOnly",
                        effect: "Deny",
                        principals: { everyone: true },
                        actions: ["*"],
                        resources: [this.fileSystem.arn],
                        conditions: { Bool: { "aws:SecureTransport": "false" } },
                    },
                    {
                        sid: "NoRoot",
                        effect: "Deny",
                        principals: { everyone: true },
                        actions: ["elasticfilesystem:ClientRootAccess"],
                        resources: [this.fileSystem.arn],
                    },
                ]),
            },
            parent,
        );
        this.mountTargets = Object.entries(args.serviceNetwork.privateSubnets).map(
            ([zone, subnetId]) =>
                new aws.efs.MountTarget(
                    `${name}-${zone}`,
                    { fileSystemId: this.fileSystem.id, subnetId, securityGroups: [args.securityGroupId] },
                    parent,
                ),
        );
        const accessPoint = (role: string) =>
            new aws.efs.AccessPoint(
                `${name}-${role}`,
                {
                    fileSystemId: this.fileSystem.id,
                    posixUser: user,
                    rootDirectory: {
                        path: `/${role}`,
                        creationInfo: { ownerUid: user.uid, ownerGid: user.gid, permissions: "750" },
                    },
                    tags: { Name: `${args.prefix}-${role}` },
                },
                parent,
            );
        this.jobs = accessPoint("jobs");
        this.models = accessPoint("models");
        this.registerOutputs({ fileSystemId: this.fileSystem.id });
    }

    /** The directory of running jobs, as a volume of a task. */
    jobsVolume(): EfsVolume {
        return {
            fileSystemId: this.fileSystem.id,
            fileSystemArn: this.fileSystem.arn,
            accessPointId: this.jobs.id,
            accessPointArn: this.jobs.arn,
            containerPath: "/var/jobs",
        };
    }
}
