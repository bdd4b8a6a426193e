import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { backendEnvironment, backendPasswordVariable, type DatabaseAddress, type RunAs } from "./contract";
import { appLabels, databaseJobLabels } from "./labels";
import { outOfMesh } from "./mesh";
import { containerSecurityContext, podSecurityContext } from "./pod-security";
import { scratch } from "./settings";
import type { SecretValue } from "./web-tier";

export interface DatabaseJobArgs {
    readonly namespace: pulumi.Input<string>;
    /** What the container is called. */
    readonly role: string;
    readonly image: string;
    readonly runAs: RunAs;
    readonly database: DatabaseAddress;
    readonly password: SecretValue;
    /** @default the image's own */
    readonly command?: readonly string[];
    /** Claim that is mounted at `/backups`. @default none */
    readonly backups?: pulumi.Input<string>;
}

/** Pod of a job that signs in to the database as the app does, and ends. */
export function databaseJobPod(args: DatabaseJobArgs): k8s.types.input.core.v1.PodTemplateSpec {
    const { secretName, key } = args.password;
    const mounts = [
        { name: "tmp", mountPath: "/tmp" },
        ...(args.backups === undefined ? [] : [{ name: "backups", mountPath: "/backups" }]),
    ];
    return {
        metadata: {
            labels: { ...appLabels(), ...databaseJobLabels, "app.kubernetes.io/component": args.role },
            // a proxy beside it would keep the job from ending
            annotations: outOfMesh,
        },
        spec: {
            restartPolicy: "OnFailure",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurityContext(args.runAs),
            containers: [
                {
                    name: args.role,
                    image: args.image,
                    command: args.command && [...args.command],
                    env: [
                        ...Object.entries({ ...backendEnvironment(args.database), PGAPPNAME: args.role }).map(
                            ([name, value]) => ({ name, value }),
                        ),
                        { name: backendPasswordVariable, valueFrom: { secretKeyRef: { name: secretName, key } } },
                    ],
                    resources: {
                        requests: { cpu: "50m", memory: "64Mi" },
                        limits: { cpu: "500m", memory: "256Mi" },
                    },
                    securityContext: containerSecurityContext,
                    volumeMounts: mounts,
                },
            ],
            volumes: [
                { name: "tmp", emptyDir: { sizeLimit: scratch.tmp } },
                ...(args.backups === undefined
                    ? []
                    : [{ name: "backups", persistentVolumeClaim: { claimName: args.backups } }]),
            ],
        },
    };
}

/** Brings the schema up to date; Pulumi waits for it. A new image makes a new job. */
export function schemaJob(
    name: string,
    args: Omit<DatabaseJobArgs, "role" | "runAs">,
    opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.Job {
    return new k8s.batch.v1.Job(
        name,
        {
            metadata: { namespace: args.namespace, labels: appLabels() },
            spec: {
                backoffLimit: 6,
                activeDeadlineSeconds: 600,
                template: databaseJobPod({ ...args, role: "db-init", runAs: { uid: 10001, gid: 10001 } }),
            },
        },
        { ...opts, deleteBeforeReplace: false },
    );
}
