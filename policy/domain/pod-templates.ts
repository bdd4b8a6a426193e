import type { Node } from "../engine/node";
import type { ResourceView } from "../engine/resource";

const deepest = 16;

/** Kinds whose pod template stands in a known place: the rest is searched. */
const places: Readonly<Record<string, string>> = {
    Pod: "spec",
    PodTemplate: "template.spec",
    Deployment: "spec.template.spec",
    StatefulSet: "spec.template.spec",
    DaemonSet: "spec.template.spec",
    ReplicaSet: "spec.template.spec",
    ReplicationController: "spec.template.spec",
    Job: "spec.template.spec",
    CronJob: "spec.jobTemplate.spec.template.spec",
};

/** Kinds known to hold no pod template, so that nothing is searched in them. */
const without =
    /:(?:ConfigMap|Secret|Service|ServiceAccount|Namespace|Ingress|NetworkPolicy|Role|RoleBinding|ClusterRole|ClusterRoleBinding|PersistentVolumeClaim|PersistentVolume|StorageClass|PodDisruptionBudget|HorizontalPodAutoscaler|CustomResourceDefinition|ResourceQuota|LimitRange)(?:Patch)?$/;

export function mayHoldPods(type: string): boolean {
    return type.startsWith("kubernetes:") && !/^kubernetes:(?:helm|yaml|kustomize)/.test(type) && !without.test(type);
}

function kindOf(type: string): string {
    return (type.split(":").at(-1) ?? "").replace(/Patch$/, "");
}

/** The pod specs of a Kubernetes resource, lists and custom resources included. A node not known yet stands for what may be in it. */
export function podSpecs(resource: ResourceView): readonly Node[] {
    const place = places[kindOf(resource.type)];
    if (place === undefined) {
        return search(resource.inputs, deepest);
    }
    const spec = resource.get(place);
    return spec.known || spec.unknown ? [spec] : [];
}

function search(node: Node, depth: number): readonly Node[] {
    if (depth === 0 || !node.known) {
        return [];
    }
    if (node.isList()) {
        return node.items().flatMap((item) => search(item, depth - 1));
    }
    if (isPodSpec(node)) {
        return [node];
    }
    return node.entries().flatMap(([, value]) => search(value, depth - 1));
}

/** A list of objects with image or name, under `containers`: what every pod spec has. */
function isPodSpec(node: Node): boolean {
    const containers = node.child("containers");
    return (
        containers.isList() &&
        containers.items().some((item) => item.unknown || !item.child("image").absent || !item.child("name").absent)
    );
}

/** All containers of a pod spec; `ephemeral` ones come and go while it runs. */
export function containers(
    spec: Node,
    kinds: readonly string[] = ["initContainers", "containers", "ephemeralContainers"],
): readonly Node[] {
    return kinds.flatMap((kind) => {
        const list = spec.child(kind);
        return list.unknown ? [list] : list.items();
    });
}
