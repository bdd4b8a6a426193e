/**
 * What the manifests count on the images for, in one place. `apps/demo` implements it, docs/demo-app.md shows it as a
 * table. An image that keeps to it can be put in by config without touching the component.
 */

/** Workloads of the app; also the names of their Services, service accounts and `app.kubernetes.io/name` labels. */
export const workloads = ["frontend", "backend", "postgres"] as const;
export type Workload = (typeof workloads)[number];

/** User and group that a container runs as. Any number works for an image that writes only to its mounted directories. */
export interface RunAs {
    readonly uid: number;
    readonly gid: number;
}

/** What a web image promises. */
export interface WebContract {
    /**
     * TCP port that the container listens on, read from `PORT`. The Service has the same one: the network policies of
     * EKS need it so (https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html, considerations).
     */
    readonly port: number;
    /** 200 as long as the process can answer; asks nobody else, so that a sick database restarts no web pod. */
    readonly livenessPath: string;
    /**
     * 200 once the pod is set up (the backend: has reached the database) and until SIGTERM, then 503. A tier further down that
     * fails later shows in answers and metrics, not here: all pods would be taken out at once.
     */
    readonly readinessPath: string;
    /** Metrics in Prometheus' text format. */
    readonly metricsPath: string;
    readonly runAs: RunAs;
}

const webPaths = { livenessPath: "/healthz", readinessPath: "/readyz", metricsPath: "/metrics" } as const;
// Above the ids of system users, as the restricted profile's runAsNonRoot only rules out 0.
const webUser: RunAs = { uid: 10001, gid: 10001 };

/** Flask. 5000 is the port that people forward: `kubectl port-forward svc/frontend 5000:5000`. */
export const frontendContract: WebContract = { ...webPaths, port: 5000, runAs: webUser };

/** FastAPI. 8000 is uvicorn's own default (https://www.uvicorn.org/settings/). */
export const backendContract: WebContract = { ...webPaths, port: 8000, runAs: webUser };

/** The official image of PostgreSQL, https://github.com/docker-library/postgres */
export const postgresContract = {
    port: 5432,
    /**
     * `postgres` of the Alpine images. The Debian ones take this id as well: the entrypoint makes up a passwd entry with
     * nss_wrapper for a user that the image doesn't know.
     */
    runAs: { uid: 70, gid: 70 } satisfies RunAs,
    dataMount: "/var/lib/postgresql/data",
    /** Below the mount: the root of a volume holds lost+found, and initdb wants an empty directory of its own. */
    dataDirectory: "/var/lib/postgresql/data/pgdata",
    socketDirectory: "/var/run/postgresql",
    initScripts: "/docker-entrypoint-initdb.d",
    /** Owns the cluster; nothing but the entrypoint signs in as it. */
    superuser: "postgres",
    /** What the backend signs in as: owner of its database, no superuser. */
    appRole: "demo_app",
    appDatabase: "demo_app",
} as const;

/** Variables that every web image reads, beside its own. */
export function commonEnvironment(port: number): Record<string, string> {
    return {
        PORT: String(port),
        // a JSON object a line on standard output
        LOG_FORMAT: "json",
        LOG_LEVEL: "info",
    };
}

/** What the frontend reads besides. */
export function frontendEnvironment(backendUrl: string): Record<string, string> {
    return {
        ...commonEnvironment(frontendContract.port),
        BACKEND_URL: backendUrl,
        BACKEND_TIMEOUT_SECONDS: "3",
    };
}

/** What the backend reads besides: libpq's own names, https://www.postgresql.org/docs/16/libpq-envars.html */
export function backendEnvironment(databaseHost: string): Record<string, string> {
    return {
        ...commonEnvironment(backendContract.port),
        PGHOST: databaseHost,
        PGPORT: String(postgresContract.port),
        PGDATABASE: postgresContract.appDatabase,
        PGUSER: postgresContract.appRole,
        PGCONNECT_TIMEOUT: "3",
        PGAPPNAME: "backend",
    };
}

/** The one variable that comes from a Secret. */
export const backendPasswordVariable = "PGPASSWORD";
