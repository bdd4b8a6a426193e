/**
 * What the program and the code in the images have agreed on. Change it here and in the images together.
 */

/** Names of the settings that all images read. */
export interface WorkloadEnvironment<Value> {
    /** Bucket with the images. */
    readonly BUCKET_NAME: Value;
    /** Host of RDS Proxy; the password is an IAM token. */
    readonly DB_HOST: Value;
    readonly DB_PORT: Value;
    readonly DB_NAME: Value;
    readonly DB_USER: Value;
}

/** Models on the cluster answer the kubelet here. */
export const healthPort = 8080;
export const healthPaths = { live: "/healthz/live", ready: "/healthz/ready" } as const;

/** User and group that the images run as. */
export const runAs = { uid: 10001, gid: 10001 } as const;

/** What one model pod needs beside its GPUs; fits a g4dn.xlarge with its 4 vCPU and 16 GiB. */
export const modelResources = { cpu: "2", memory: "8Gi", scratch: "10Gi", sharedMemory: "2Gi" } as const;
