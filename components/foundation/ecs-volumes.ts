import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EcsTaskArgs } from "./ecs-task";
import type { Statement } from "./policy-document";

/** A directory of EFS, reached over TLS as the access point's own user. */
export interface EfsVolume {
    readonly fileSystemId: pulumi.Input<string>;
    readonly fileSystemArn: pulumi.Input<string>;
    readonly accessPointId: pulumi.Input<string>;
    readonly accessPointArn: pulumi.Input<string>;
    /** Where the container sees it. */
    readonly containerPath: string;
    /** @default false */
    readonly readOnly?: boolean;
}

/** A directory of the EC2 instance that the task runs on. */
export interface HostVolume {
    readonly hostPath: string;
    readonly containerPath: string;
    /** @default false */
    readonly readOnly?: boolean;
}

export type TaskVolume = EfsVolume | HostVolume;

type VolumeArgs = Pick<EcsTaskArgs, "volumes" | "writablePaths" | "readonlyRootFilesystem" | "exec">;

/** The agent of ECS Exec writes here; with a read-only root it needs a volume to do so. */
const execPaths = ["/var/lib/amazon", "/var/log/amazon"];

/** Empty directories that live as long as the task, by volume name. */
function scratch(args: VolumeArgs): Readonly<Record<string, string>> {
    if (args.readonlyRootFilesystem === false) {
        return {};
    }
    const paths = [...(args.writablePaths ?? ["/tmp"]), ...(args.exec ? execPaths : [])];
    return Object.fromEntries(paths.map((path) => [`scratch${path.replaceAll(/[^a-z0-9]+/gi, "-")}`, path]));
}

/** `volumes` of the task definition. */
export function taskVolumes(args: VolumeArgs): aws.types.input.ecs.TaskDefinitionVolume[] {
    return [
        ...Object.entries(args.volumes ?? {}).map(([name, volume]) =>
            "hostPath" in volume
                ? { name, hostPath: volume.hostPath }
                : {
                      name,
                      efsVolumeConfiguration: {
                          fileSystemId: volume.fileSystemId,
                          transitEncryption: "ENABLED",
                          // the access point says which directory: a root directory of the volume's own isn't allowed
                          authorizationConfig: { accessPointId: volume.accessPointId, iam: "ENABLED" },
                      },
                  },
        ),
        ...Object.keys(scratch(args)).map((name) => ({ name })),
    ];
}

/** `mountPoints` of the container. */
export function mountPoints(args: VolumeArgs): Record<string, unknown>[] {
    return [
        ...Object.entries(args.volumes ?? {}).map(([sourceVolume, { containerPath, readOnly }]) => ({
            sourceVolume,
            containerPath,
            readOnly: readOnly ?? false,
        })),
        ...Object.entries(scratch(args)).map(([sourceVolume, containerPath]) => ({
            sourceVolume,
            containerPath,
            readOnly: false,
        })),
    ];
}

/**
 * What the task role needs for its EFS volumes: its access points and nothing else of the file system.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function volumeStatements(volumes: Readonly<Record<string, TaskVolume>>): Statement[] {
    return Object.entries(volumes).flatMap(([name, volume]) =>
        "hostPath" in volume
            ? []
            : [
                  {
                      sid: `Mount${name.replaceAll(/[^A-Za-z0-9]/g, "")}`,
                      actions: [
                          "elasticfilesystem:ClientMount",
                          ...(volume.readOnly ? [] : ["elasticfilesystem:ClientWrite"]),
                      ],
                      resources: [volume.fileSystemArn],
                      conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": volume.accessPointArn } },
                  },
              ],
    );
}
