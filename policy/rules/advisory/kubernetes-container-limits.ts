import { containers, mayHoldPods, podSpecs } from "../../domain/pod-templates";
import type { ResourceRule } from "../../engine/rule";

/** A limit on CPU only slows a container down, so it is not asked for. */
const wanted = ["requests.cpu", "requests.memory", "limits.memory"];

export const kubernetesContainerLimits: ResourceRule = {
    id: "kubernetes-container-limits",
    title: "Containers say what they need and how much memory they may take",
    category: "advisory",
    enforcement: "advisory",
    severity: "low",
    why: "Without requests the scheduler packs a node blindly, and without a memory limit one leak takes its neighbours down.",
    remediation: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
    url: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Network separation and hardening" }],
    types: mayHoldPods,
    check(resource, report) {
        for (const spec of podSpecs(resource)) {
            for (const container of containers(spec, ["initContainers", "containers"])) {
                for (const name of wanted) {
                    const node = container.child("resources").get(name);
                    if (container.known && node.absent) {
                        report.violation(node, "the container does not say", "it to a quantity");
                    }
                }
            }
        }
    },
};
