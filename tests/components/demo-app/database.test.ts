import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import { initScript } from "../../../components/demo-app/database";
import type { Recording } from "../../support/mocks";
import { deploy, localArgs } from "./deploy";

const { ConfigMap, PersistentVolumeClaim, Secret } = k8s.core.v1;

describe("DemoApp's database", () => {
    let recording: Recording;
    before(async () => {
        ({ recording } = await deploy(localArgs));
    });

    const podOf = () => {
        const pod = recording.inputsOf(k8s.apps.v1.StatefulSet).spec?.template.spec;
        const [container] = pod?.containers ?? [];
        assert.ok(pod && container);
        return { pod, container };
    };

    it("keeps its files on a claim of its own that may grow", () => {
        const { spec } = recording.inputsOf(k8s.apps.v1.StatefulSet);
        assert.equal(spec?.volumeClaimTemplates, undefined);
        assert.equal(spec?.serviceName, "postgres-headless");
        assert.deepEqual(recording.inputsOf(PersistentVolumeClaim).spec, {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "10Gi" } },
        });
        const { pod, container } = podOf();
        assert.deepEqual(
            pod.volumes?.find(({ name }) => name === "data"),
            { name: "data", persistentVolumeClaim: { claimName: "postgres-data" } },
        );
        const mount = container.volumeMounts?.find(({ name }) => name === "data")?.mountPath;
        const pgdata = container.env?.find(({ name }) => name === "PGDATA")?.value;
        assert.equal(mount, "/var/lib/postgresql/data");
        assert.equal(pgdata, `${mount}/pgdata`);
    });

    it("takes the StorageClass that it is told", async () => {
        const { recording } = await deploy({
            ...localArgs,
            database: { ...localArgs.database, storageClass: "local-path" },
        });
        assert.equal(recording.inputsOf(PersistentVolumeClaim).spec?.storageClassName, "local-path");
    });

    it("has a writable directory wherever PostgreSQL writes beside its files, of bounded size", () => {
        const { pod, container } = podOf();
        const scratch = pod.volumes?.filter(({ emptyDir }) => emptyDir !== undefined) ?? [];
        assert.deepEqual(
            scratch.map(({ name, emptyDir }) => [
                container.volumeMounts?.find((mount) => mount.name === name)?.mountPath,
                emptyDir,
            ]),
            [
                ["/var/run/postgresql", { sizeLimit: "8Mi" }],
                ["/tmp", { sizeLimit: "64Mi" }],
                ["/dev/shm", { medium: "Memory", sizeLimit: "256Mi" }],
            ],
        );
    });

    it("has passwords of its own for the superuser and the app, 32 letters and digits each", () => {
        assert.deepEqual(recording.names(random.RandomPassword), [
            "demo-app-database-app-password",
            "demo-app-database-superuser-password",
        ]);
        for (const role of ["app", "superuser"]) {
            assert.deepEqual(recording.inputsOf(random.RandomPassword, `${role}-password`), {
                length: 32,
                special: false,
            });
            assert.equal(recording.inputsOf(Secret, `database-${role}`).immutable, true);
        }
    });

    it("gives the backend the app's password only, and itself none in its environment", () => {
        const [backend] =
            recording.inputsOf(k8s.apps.v1.Deployment, "backend-deployment").spec?.template.spec?.containers ?? [];
        assert.deepEqual(backend?.env, [
            {
                name: "PGPASSWORD",
                valueFrom: { secretKeyRef: { name: "demo-app-database-app-1a2b3c4d", key: "password" } },
            },
        ]);
        const { pod, container } = podOf();
        assert.deepEqual(container.env, [
            { name: "PGDATA", value: "/var/lib/postgresql/data/pgdata" },
            { name: "POSTGRES_USER", value: "postgres" },
            { name: "POSTGRES_PASSWORD_FILE", value: "/run/secrets/postgres/superuser/password" },
            { name: "POSTGRES_INITDB_ARGS", value: "--auth=scram-sha-256 --data-checksums" },
        ]);
        assert.equal(container.envFrom, undefined);
        const secrets = pod.volumes?.flatMap(({ name, secret }) => (secret ? [{ name, ...secret }] : []));
        assert.deepEqual(secrets, [
            { name: "superuser-secret", secretName: "demo-app-database-superuser-1a2b3c4d", defaultMode: 0o440 },
            { name: "app-secret", secretName: "demo-app-database-app-1a2b3c4d", defaultMode: 0o440 },
        ]);
        const [frontend] =
            recording.inputsOf(k8s.apps.v1.Deployment, "frontend-deployment").spec?.template.spec?.containers ?? [];
        assert.equal(frontend?.env, undefined);
    });

    it("makes the backend's role by an init script that holds no password", () => {
        assert.deepEqual(recording.inputsOf(ConfigMap, "init-scripts").data, { "10-app.sql": initScript });
        assert.match(initScript, /cat \/run\/secrets\/postgres\/app\/password/);
        assert.match(initScript, /LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION/);
        assert.doesNotMatch(initScript, /generated-/);
    });

    it("is probed over TCP, which it opens only after its init scripts", () => {
        const { container } = podOf();
        const exec = {
            command: ["pg_isready", "--host=127.0.0.1", "--port=5432", "--username=postgres", "--quiet"],
        };
        assert.deepEqual(container.startupProbe, { exec, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 });
        assert.deepEqual(container.livenessProbe, { exec, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 });
        assert.deepEqual(container.readinessProbe, { exec, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 });
    });
});
