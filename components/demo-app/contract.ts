/**
 * What the manifests count on the images for, in one place. `apps/demo` implements it, docs/demo-app.md shows it as a
 * table. An image that keeps to it can be put in by config without touching the component.
 */

/** Workloads of the app; also the names of their Services, service accounts and `app.kubernetes.io/name` labels. */
export const workloads = ["frontend", "backend", "postgres"] as const;
export type Workload = (typeof workloads)[number];
export type WebWorkload = Exclude<Workload, "postgres">;

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
    /** Of CloudNativePG's instances: metrics, and what the operator asks. https://cloudnative-pg.io/docs/current/networking/ */
    metricsPort: 9187,
    statusPort: 8000,
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

/** Where traces go: names of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export function tracingEnvironment(workload: WebWorkload, collectorUrl: string | undefined): Record<string, string> {
    if (collectorUrl === undefined) {
        return { OTEL_SDK_DISABLED: "true" };
    }
    return {
        OTEL_SERVICE_NAME: workload,
        OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        OTEL_EXPORTER_OTLP_TIMEOUT: "3000",
        OTEL_PROPAGATORS: "tracecontext,baggage",
        // the frontend decides for the whole way of a request
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "0.25",
    };
}

/** Variables that every web image reads, beside its own. */
export function commonEnvironment(port: number): Record<string, string> {
    return {
        PORT: String(port),
        // requests under way may end within this time after SIGTERM
        SHUTDOWN_SECONDS: "30",
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
        BACKEND_RETRIES: "2",
        // calls in a row that fail before no more are made for a while
        CIRCUIT_FAILURES: "5",
        CIRCUIT_RESET_SECONDS: "10",
    };
}

/** Where the database is. */
export interface DatabaseAddress {
    /** Name of a Service. */
    readonly host: string;
    /** It takes TLS: the replicated one does. */
    readonly tls: boolean;
}

/** What the backend reads besides: libpq's own names, https://www.postgresql.org/docs/16/libpq-envars.html */
export function backendEnvironment(database: DatabaseAddress): Record<string, string> {
    return {
        ...commonEnvironment(backendContract.port),
        PGHOST: database.host,
        PGSSLMODE: database.tls ? "require" : "disable",
        PGPORT: String(postgresContract.port),
        PGDATABASE: postgresContract.appDatabase,
        PGUSER: postgresContract.appRole,
        PGCONNECT_TIMEOUT: "3",
        PGAPPNAME: "backend",
        POOL_MIN: "1",
        POOL_MAX: "10",
        POOL_TIMEOUT_SECONDS: "2",
        STATEMENT_TIMEOUT_SECONDS: "5",
    };
}

/** The one variable that comes from a Secret. */
export const backendPasswordVariable = "PGPASSWORD";
