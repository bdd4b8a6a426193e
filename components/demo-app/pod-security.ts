import type { types } from "@pulumi/kubernetes";
import type { RunAs } from "./contract";

/** What the `restricted` profile asks of a pod, and more. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export function podSecurityContext(runAs: RunAs): types.input.core.v1.PodSecurityContext {
    return {
        runAsNonRoot: true,
        runAsUser: runAs.uid,
        runAsGroup: runAs.gid,
        fsGroup: runAs.gid,
        // else each start walks the volume, and opens PostgreSQL's directory to the group, which PostgreSQL refuses
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
    };
}

/** What it asks of a container; the read-only root is ours. */
export const containerSecurityContext: types.input.core.v1.SecurityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    privileged: false,
    readOnlyRootFilesystem: true,
};
