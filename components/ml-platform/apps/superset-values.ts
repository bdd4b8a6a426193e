import type { Values } from "./values";

/** Kubernetes secrets that External Secrets keeps up to date. */
export const supersetSecrets = { environment: "superset-env", database: "superset-database" } as const;

const databaseFolder = "/etc/superset-database";

/**
 * Connects with the password as it is now: RDS changes it every seven days, and the mounted secret follows. Environment
 * variables would keep the old one until the pod is started anew.
 */
const connectToDatabase = `
import psycopg2

def connect_to_metadata():
    def read(key):
        with open("${databaseFolder}/" + key) as file:
            return file.read()
    return psycopg2.connect(host=read("host"), port=5432, dbname="superset", user=read("username"),
                            password=read("password"), sslmode="require")

SQLALCHEMY_ENGINE_OPTIONS = {"creator": connect_to_metadata, "pool_pre_ping": True}
`;

/** Without Redis: queries run within the request, and what is cached lies in PostgreSQL. */
const withoutRedis = `
CELERY_CONFIG = None
RESULTS_BACKEND = None
CACHE_CONFIG = {"CACHE_TYPE": "SupersetMetastoreCache", "CACHE_KEY_PREFIX": "superset", "CACHE_DEFAULT_TIMEOUT": 300}
DATA_CACHE_CONFIG = CACHE_CONFIG
FILTER_STATE_CACHE_CONFIG = CACHE_CONFIG
EXPLORE_FORM_DATA_CACHE_CONFIG = CACHE_CONFIG
`;

const behindIngress = `
ENABLE_PROXY_FIX = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
TALISMAN_ENABLED = True
`;

/** https://github.com/apache/superset/blob/master/helm/superset/values.yaml */
export function supersetValues(host: string): Values {
    return {
        // the official image comes without drivers: https://superset.apache.org/docs/configuration/databases
        bootstrapScript: ["#!/bin/bash", "uv pip install psycopg2-binary==2.9.11 trino==0.336.0", ""].join("\n"),
        // the secret of that name isn't the chart's but External Secrets'
        secretEnv: { create: false },
        envFromSecret: supersetSecrets.environment,
        extraVolumes: [{ name: "database", secret: { secretName: supersetSecrets.database } }],
        extraVolumeMounts: [{ name: "database", mountPath: databaseFolder, readOnly: true }],
        configOverrides: {
            database: connectToDatabase,
            cache: withoutRedis,
            ingress: behindIngress,
            secret: 'SECRET_KEY = env("SECRET_KEY")\n',
        },
        service: { type: "ClusterIP" },
        ingress: {
            enabled: true,
            ingressClassName: "nginx",
            hosts: [host],
            path: "/",
            pathType: "Prefix",
            annotations: { "nginx.ingress.kubernetes.io/proxy-read-timeout": "300" },
        },
        supersetNode: {
            replicas: { enabled: true, replicaCount: 2 },
            resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "2Gi" } },
        },
        supersetWorker: { replicas: { enabled: false, replicaCount: 0 } },
        init: {
            createAdmin: true,
            // the script of the chart is a shell's, so that the variable stays out of the release
            adminUser: {
                username: "admin",
                firstname: "Superset",
                lastname: "Admin",
                email: `admin@${host}`,
                password: '"$ADMIN_PASSWORD"',
            },
        },
        postgresql: { enabled: false },
        redis: { enabled: false },
    };
}
