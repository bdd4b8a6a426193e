import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type DatabaseAddress, postgresContract, type RunAs } from "./contract";
import { labelsOf, selectorOf } from "./labels";
import { outOfMesh } from "./mesh";
import { containerSecurityContext, podSecurityContext } from "./pod-security";
import { databaseProbes, databaseResources, scratch, shutdown } from "./settings";
import type { SecretValue } from "./web-tier";

export interface DatabaseArgs {
    readonly namespace: pulumi.Input<string>;
    readonly serviceAccount: pulumi.Input<string>;
    /** Image of PostgreSQL 16 with a pinned tag or digest. */
    readonly image: string;
    /** Size of the volume, for example `10Gi`. Can grow later, where the StorageClass allows it; never shrink. */
    readonly storage: string;
    /** StorageClass of the volume. @default the cluster's own */
    readonly storageClass?: pulumi.Input<string>;
    /** Refuse to delete or replace the volume, the passwords and the server. */
    readonly protect: boolean;
    /** The namespace is in the mesh, and the server stays out of it. @default false */
    readonly inMesh?: boolean;
}

const workload = "postgres";
const { port, superuser, appRole, appDatabase } = postgresContract;
const headlessName = `${workload}-headless`;
const passwordKey = "password";
const secretMounts = { superuser: "/run/secrets/postgres/superuser", app: "/run/secrets/postgres/app" } as const;

/**
 * Runs once, when the volume is empty. The backend's role owns its database and nothing else; the password is read from a
 * file, so that it stands in no environment and no command line.
 */
export const initScript = `\\set app_password \`cat ${secretMounts.app}/${passwordKey}\`
CREATE ROLE "${appRole}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'app_password';
CREATE DATABASE "${appDatabase}" OWNER "${appRole}";
REVOKE ALL ON DATABASE "${appDatabase}" FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
`;

/** PostgreSQL: one instance on a volume of its own. Replication and backups come with the operator, a later phase. */
export class Database extends pulumi.ComponentResource {
    /** Name of the Service that leads to the server. */
    public readonly address: DatabaseAddress = { host: workload, tls: false };
    /** Where the backend's password lies, and what it is. */
    public readonly appPassword: SecretValue;
    public readonly appPasswordValue: pulumi.Output<string>;

    constructor(name: string, args: DatabaseArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:Database", name, {}, opts);
        const child = { parent: this };
        const kept = { parent: this, protect: args.protect };
        const labels = labelsOf(workload);
        const metadata = { name: workload, namespace: args.namespace, labels };
        const unnamed = { namespace: args.namespace, labels };

        const passwordSecret = (role: string) => {
            // Letters and digits only: the password may stand in a connection URL. 32 of them are 190 bits.
            const password = new random.RandomPassword(
                `${name}-${role}-password`,
                { length: 32, special: false },
                kept,
            );
            const secret = new k8s.core.v1.Secret(
                `${name}-${role}`,
                { metadata: unnamed, stringData: { [passwordKey]: password.result }, immutable: true },
                child,
            );
            return { secret, value: password.result };
        };
        const { secret: superuserSecret } = passwordSecret("superuser");
        const { secret: appSecret, value: appPasswordValue } = passwordSecret("app");

        const initScripts = new k8s.core.v1.ConfigMap(
            `${name}-init-scripts`,
            { metadata: unnamed, data: { "10-app.sql": initScript }, immutable: true },
            child,
        );

        // A claim of its own, not a template of the StatefulSet's: templates can't change, so the volume couldn't grow.
        const volume = new k8s.core.v1.PersistentVolumeClaim(
            `${name}-volume`,
            {
                metadata: { ...metadata, name: `${workload}-data` },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    resources: { requests: { storage: args.storage } },
                    storageClassName: args.storageClass,
                },
            },
            kept,
        );

        // Headless: Pulumi doesn't wait for its pods (https://github.com/pulumi/pulumi-kubernetes/pull/2475).
        const headless = new k8s.core.v1.Service(
            `${name}-headless`,
            { metadata: { ...metadata, name: headlessName }, spec: servicePorts({ clusterIP: "None" }) },
            child,
        );

        new k8s.apps.v1.StatefulSet(
            `${name}-stateful-set`,
            {
                metadata,
                spec: {
                    serviceName: headless.metadata.name,
                    replicas: 1,
                    selector: { matchLabels: selectorOf(workload) },
                    template: {
                        metadata: { labels, annotations: args.inMesh ? outOfMesh : undefined },
                        spec: {
                            serviceAccountName: args.serviceAccount,
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            securityContext: podSecurityContext(postgresContract.runAs satisfies RunAs),
                            terminationGracePeriodSeconds: shutdown.databaseGraceSeconds,
                            containers: [container(args.image)],
                            volumes: volumes({
                                claim: volume.metadata.name,
                                initScripts: initScripts.metadata.name,
                                superuserSecret: superuserSecret.metadata.name,
                                appSecret: appSecret.metadata.name,
                            }),
                        },
                    },
                },
            },
            kept,
        );

        // Waited for by Pulumi until the pod is ready, so nothing above may depend on it.
        new k8s.core.v1.Service(`${name}-service`, { metadata, spec: servicePorts({ type: "ClusterIP" }) }, child);

        this.appPasswordValue = appPasswordValue;
        this.appPassword = { secretName: appSecret.metadata.name, key: passwordKey };
        this.registerOutputs({ address: this.address });
    }
}

function servicePorts(
    kind: Pick<k8s.types.input.core.v1.ServiceSpec, "clusterIP" | "type">,
): k8s.types.input.core.v1.ServiceSpec {
    return {
        ...kind,
        selector: selectorOf(workload),
        ports: [{ name: "postgres", port, targetPort: "postgres", protocol: "TCP" }],
    };
}

function container(image: string): k8s.types.input.core.v1.Container {
    // Over TCP: while the init scripts run, the server listens on its socket only, and isn't ready for anybody.
    const exec = {
        command: ["pg_isready", "--host=127.0.0.1", `--port=${port}`, `--username=${superuser}`, "--quiet"],
    };
    return {
        name: workload,
        image,
        ports: [{ name: "postgres", containerPort: port, protocol: "TCP" }],
        env: Object.entries({
            PGDATA: postgresContract.dataDirectory,
            POSTGRES_USER: superuser,
            POSTGRES_PASSWORD_FILE: `${secretMounts.superuser}/${passwordKey}`,
            // passwords on the socket too, and checksums, which can't be had later without downtime
            POSTGRES_INITDB_ARGS: "--auth=scram-sha-256 --data-checksums",
        }).map(([variable, value]) => ({ name: variable, value })),
        resources: databaseResources,
        securityContext: containerSecurityContext,
        startupProbe: { exec, ...databaseProbes.startup },
        livenessProbe: { exec, ...databaseProbes.liveness },
        readinessProbe: { exec, ...databaseProbes.readiness },
        volumeMounts: [
            { name: "data", mountPath: postgresContract.dataMount },
            { name: "socket", mountPath: postgresContract.socketDirectory },
            { name: "tmp", mountPath: "/tmp" },
            { name: "shared-memory", mountPath: "/dev/shm" },
            { name: "init-scripts", mountPath: postgresContract.initScripts, readOnly: true },
            { name: "superuser-secret", mountPath: secretMounts.superuser, readOnly: true },
            { name: "app-secret", mountPath: secretMounts.app, readOnly: true },
        ],
    };
}

interface VolumeSources {
    readonly claim: pulumi.Input<string>;
    readonly initScripts: pulumi.Input<string>;
    readonly superuserSecret: pulumi.Input<string>;
    readonly appSecret: pulumi.Input<string>;
}

function volumes(from: VolumeSources): k8s.types.input.core.v1.Volume[] {
    // for the owner and the pod's group, in octal
    const secret = (secretName: pulumi.Input<string>) => ({ secretName, defaultMode: 0o440 });
    return [
        { name: "data", persistentVolumeClaim: { claimName: from.claim } },
        { name: "socket", emptyDir: { sizeLimit: scratch.socket } },
        { name: "tmp", emptyDir: { sizeLimit: scratch.tmp } },
        { name: "shared-memory", emptyDir: { medium: "Memory", sizeLimit: scratch.sharedMemory } },
        { name: "init-scripts", configMap: { name: from.initScripts } },
        { name: "superuser-secret", secret: secret(from.superuserSecret) },
        { name: "app-secret", secret: secret(from.appSecret) },
    ];
}
