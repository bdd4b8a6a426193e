import type { Workload } from "./contract";

/** What all objects of the app carry. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const shared = {
    "app.kubernetes.io/part-of": "demo-app",
    "app.kubernetes.io/managed-by": "pulumi",
} as const;

const components: Readonly<Record<Workload, string>> = { frontend: "web", backend: "api", postgres: "database" };

/** Labels of an object that belongs to the app as a whole. */
export function appLabels(): Record<string, string> {
    return { ...shared };
}

/** The labels that pick a workload's pods. A Deployment's selector can't be changed later, so they are few. */
export function selectorOf(workload: Workload): Record<string, string> {
    return { "app.kubernetes.io/name": workload, "app.kubernetes.io/part-of": shared["app.kubernetes.io/part-of"] };
}

/** Labels of a workload's objects and pods. */
export function labelsOf(workload: Workload): Record<string, string> {
    return { ...shared, ...selectorOf(workload), "app.kubernetes.io/component": components[workload] };
}

/** Picks pods of jobs that work on the database. */
export const databaseJobLabels = {
    "app.kubernetes.io/name": "database-job",
    "app.kubernetes.io/part-of": shared["app.kubernetes.io/part-of"],
} as const;
