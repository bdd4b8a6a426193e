import type { types } from "@pulumi/kubernetes";

/** Timings and sizes of the workloads: data, so that tuning the app is a change of this file alone. */

export type ResourceRequirements = Required<Pick<types.input.core.v1.ResourceRequirements, "requests" | "limits">>;

/** Timing of a probe; what it asks is the workload's. Seconds. */
export interface ProbeTiming {
    readonly periodSeconds: number;
    readonly timeoutSeconds: number;
    readonly failureThreshold: number;
}

export interface ProbeTimings {
    /** Until it has passed once the others wait: period x threshold is the longest start. */
    readonly startup: ProbeTiming;
    readonly liveness: ProbeTiming;
    readonly readiness: ProbeTiming;
}

export const webProbes: ProbeTimings = {
    startup: { periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 30 },
    liveness: { periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 },
    readiness: { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
};

export const databaseProbes: ProbeTimings = {
    // crash recovery replays the write-ahead log before the server accepts anyone
    startup: { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
    liveness: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readiness: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
};

export const webResources: ResourceRequirements = {
    requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
    limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
};

export const databaseResources: ResourceRequirements = {
    requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "128Mi" },
    limits: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" },
};

/** Sizes of scratch directories, emptied with the pod. */
export const scratch = {
    tmp: "64Mi",
    socket: "8Mi",
    /** PostgreSQL's parallel queries share memory through /dev/shm; the runtime's own is 64 MiB. In memory, so counted to the limit. */
    sharedMemory: "256Mi",
} as const;

/** How pods go away. Seconds. */
export const shutdown = {
    /**
     * Pause before SIGTERM in which kube-proxy takes the pod out of the Services. `sleep` is the kubelet's own since 1.30
     * (https://kep.k8s.io/3960), so the image needs no shell.
     */
    drainSeconds: 10,
    /** Drain, then requests under way. */
    webGraceSeconds: 45,
    /** The image stops by SIGINT (fast shutdown), which writes a checkpoint. */
    databaseGraceSeconds: 120,
} as const;

/** Old ReplicaSets kept to roll back to. */
export const revisionHistoryLimit = 5;

/** A rollout that gets nowhere for this long is reported as failed. Seconds. */
export const progressDeadlineSeconds = 300;

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const podSecurity = {
    level: "restricted",
    /** Enforced as of this minor version, so that upgrading the cluster refuses nothing that ran before. */
    enforceVersion: "v1.33",
    /** Warned about and audited by the newest rules: seen before they are enforced. */
    warnVersion: "latest",
} as const;
