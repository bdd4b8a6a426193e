import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { appLabels } from "./labels";

type Rule = k8s.types.input.rbac.v1.PolicyRule;

/** What people may look at: everything of the app's but Secrets. */
const view: readonly Rule[] = [
    {
        apiGroups: [""],
        resources: ["pods", "pods/log", "services", "configmaps", "events", "persistentvolumeclaims"],
        verbs: ["get", "list", "watch"],
    },
    { apiGroups: ["apps"], resources: ["deployments", "replicasets", "statefulsets"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: ["get", "list", "watch"] },
];

/** Roles by name; the group that has one is `demo-app:<role>`. The workloads themselves have none: none asks the API. */
export const roles: Readonly<Record<string, readonly Rule[]>> = {
    viewer: view,
    operator: [
        ...view,
        { apiGroups: [""], resources: ["pods/portforward"], verbs: ["create"] },
        { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
        { apiGroups: ["policy"], resources: ["pods/eviction"], verbs: ["create"] },
        // restarts and rollbacks; images and the rest belong to this program
        { apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["frontend", "backend"], verbs: ["patch"] },
    ],
};

/** Roles in the app's namespace and the groups that have them, which a cluster's sign-in gives to people. */
export function rolesForPeople(
    name: string,
    namespace: pulumi.Input<string>,
    opts: pulumi.CustomResourceOptions,
): void {
    for (const [role, rules] of Object.entries(roles)) {
        const metadata = { name: role, namespace, labels: appLabels() };
        new k8s.rbac.v1.Role(`${name}-${role}`, { metadata, rules: [...rules] }, opts);
        new k8s.rbac.v1.RoleBinding(
            `${name}-${role}-binding`,
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role },
                subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: `demo-app:${role}` }],
            },
            opts,
        );
    }
}
