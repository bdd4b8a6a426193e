import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type DatabaseAddress, postgresContract } from "./contract";
import { databaseJobPod } from "./database-job";
import { appLabels, labelsOf } from "./labels";
import { outOfMesh } from "./mesh";
import { databaseResources } from "./settings";
import { chartRelease, customObject, sized, toolNamespace } from "./tools";
import type { SecretValue } from "./web-tier";

export interface DatabaseClusterArgs {
    readonly namespace: pulumi.Input<string>;
    /** Servers, one of them primary. */
    readonly instances: number;
    /** Size of each server's volume. */
    readonly storage: string;
    /** @default the cluster's own */
    readonly storageClass?: pulumi.Input<string>;
    /** Cron, five fields, UTC. */
    readonly backupSchedule: string;
    readonly backup: SnapshotBackup | DumpBackup;
    /** Prometheus scrapes the servers: their kind of monitor is there. */
    readonly monitored: boolean;
    /** Refuse to delete the cluster. */
    readonly protect: boolean;
}

/** Snapshots of the volumes, taken by their driver. */
export interface SnapshotBackup {
    readonly kind: "snapshot";
    readonly snapshotClass: pulumi.Input<string>;
}

/** Dumps onto a volume, for clusters whose volumes know no snapshots. */
export interface DumpBackup {
    readonly kind: "dump";
    readonly image: string;
    readonly retentionDays: number;
}

const clusterName = "postgres";
const { appRole, appDatabase } = postgresContract;
/** Major 16 like the single server; https://github.com/cloudnative-pg/postgres-containers/blob/main/Debian/ClusterImageCatalog-bookworm.yaml */
export const clusterImage =
    "ghcr.io/cloudnative-pg/postgresql:16.13-202602261637-system-bookworm@sha256:350f717de1e417cf017c10716378f5614a85361d9acb3c3e630b3704f30eb2ce";

/** cron as the operator writes it has seconds in front */
const withSeconds = (schedule: string) => `0 ${schedule}`;

/** Writes a dump under a name of its own, then renames it: a dump that has its name is whole. */
const dumpCommand = (retentionDays: number) => [
    "/bin/sh",
    "-ec",
    [
        "file=/backups/$(date -u +%Y-%m-%dT%H%M%SZ).dump",
        'pg_dump --format=custom --file="$file.part"',
        'pg_restore --list "$file.part" > /dev/null',
        'mv "$file.part" "$file"',
        `find /backups -name '*.dump*' -mtime +${retentionDays} -delete`,
    ].join("\n"),
];

/** PostgreSQL as a primary with streaming replicas, run by CloudNativePG. https://cloudnative-pg.io/docs/ */
export class DatabaseCluster extends pulumi.ComponentResource {
    /** Name of the Service that leads to the primary. */
    public readonly address: DatabaseAddress = { host: `${clusterName}-rw`, tls: true };
    /** Where the backend's password lies, and what it is. */
    public readonly appPassword: SecretValue;
    public readonly appPasswordValue: pulumi.Output<string>;

    constructor(name: string, args: DatabaseClusterArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:DatabaseCluster", name, {}, opts);
        const child = { parent: this };
        const kept = { parent: this, protect: args.protect };

        const operatorNamespace = toolNamespace(`${name}-operator-namespace`, "cloudnative-pg", child);
        const operator = chartRelease(
            `${name}-operator`,
            {
                chart: "cloudnative-pg",
                namespace: operatorNamespace.metadata.name,
                values: { replicaCount: 2, ...sized("50m", "256Mi") },
            },
            child,
        );
        const password = new random.RandomPassword(`${name}-app-password`, { length: 32, special: false }, kept);
        const secret = new k8s.core.v1.Secret(
            `${name}-app`,
            {
                // with the label the operator sets a changed password in the database
                metadata: { namespace: args.namespace, labels: { ...labelsOf("postgres"), "cnpg.io/reload": "true" } },
                type: "kubernetes.io/basic-auth",
                stringData: { username: appRole, password: password.result },
            },
            child,
        );
        const cluster = customObject(
            `${name}-cluster`,
            {
                apiVersion: "postgresql.cnpg.io/v1",
                kind: "Cluster",
                metadata: { name: clusterName, namespace: args.namespace },
                spec: {
                    instances: args.instances,
                    imageName: clusterImage,
                    // what network policies, monitors and admission rules know the pods by
                    inheritedMetadata: { labels: labelsOf("postgres"), annotations: outOfMesh },
                    bootstrap: {
                        initdb: {
                            database: appDatabase,
                            owner: appRole,
                            secret: { name: secret.metadata.name },
                            dataChecksums: true,
                        },
                    },
                    enableSuperuserAccess: false,
                    storage: { size: args.storage, storageClass: args.storageClass },
                    resources: databaseResources,
                    // a commit is on two servers before it is said to be done, as long as there are two
                    postgresql: { synchronous: { method: "any", number: 1, dataDurability: "preferred" } },
                    affinity: { enablePodAntiAffinity: true, topologyKey: "kubernetes.io/hostname" },
                    ...(args.backup.kind === "snapshot"
                        ? {
                              backup: {
                                  volumeSnapshot: {
                                      className: args.backup.snapshotClass,
                                      // the servers go on meanwhile
                                      online: true,
                                      snapshotOwnerReference: "none",
                                  },
                              },
                          }
                        : {}),
                },
            },
            { ...kept, dependsOn: operator },
        );
        if (args.monitored) {
            this.monitor(name, args, cluster);
        }
        this.appPassword = { secretName: secret.metadata.name, key: "password" };
        this.appPasswordValue = password.result;
        if (args.backup.kind === "snapshot") {
            customObject(
                `${name}-backup`,
                {
                    apiVersion: "postgresql.cnpg.io/v1",
                    kind: "ScheduledBackup",
                    metadata: { name: clusterName, namespace: args.namespace },
                    spec: {
                        schedule: withSeconds(args.backupSchedule),
                        cluster: { name: clusterName },
                        method: "volumeSnapshot",
                        immediate: true,
                        backupOwnerReference: "none",
                    },
                },
                { ...child, dependsOn: cluster },
            );
        } else {
            this.dump(name, args, args.backup);
        }
        this.registerOutputs({ address: this.address });
    }

    private monitor(name: string, args: DatabaseClusterArgs, cluster: pulumi.Resource): void {
        customObject(
            `${name}-monitor`,
            {
                apiVersion: "monitoring.coreos.com/v1",
                kind: "PodMonitor",
                metadata: { name: clusterName, namespace: args.namespace },
                spec: {
                    selector: { matchLabels: { "cnpg.io/cluster": clusterName } },
                    podMetricsEndpoints: [{ port: "metrics", interval: "30s" }],
                },
            },
            { parent: this, dependsOn: cluster },
        );
    }

    private dump(name: string, args: DatabaseClusterArgs, backup: DumpBackup): void {
        const metadata = { namespace: args.namespace, labels: appLabels() };
        const backups = new k8s.core.v1.PersistentVolumeClaim(
            `${name}-backups`,
            {
                metadata: { ...metadata, name: "postgres-backups" },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    resources: { requests: { storage: args.storage } },
                    storageClassName: args.storageClass,
                },
            },
            { parent: this, protect: args.protect },
        );
        new k8s.batch.v1.CronJob(
            `${name}-dump`,
            {
                metadata: { ...metadata, name: "postgres-dump" },
                spec: {
                    schedule: args.backupSchedule,
                    timeZone: "Etc/UTC",
                    concurrencyPolicy: "Forbid",
                    startingDeadlineSeconds: 3600,
                    jobTemplate: {
                        spec: {
                            backoffLimit: 3,
                            activeDeadlineSeconds: 3600,
                            template: databaseJobPod({
                                namespace: args.namespace,
                                role: "dump",
                                image: backup.image,
                                runAs: postgresContract.runAs,
                                database: this.address,
                                password: this.appPassword,
                                command: dumpCommand(backup.retentionDays),
                                backups: backups.metadata.name,
                            }),
                        },
                    },
                },
            },
            { parent: this },
        );
    }
}
