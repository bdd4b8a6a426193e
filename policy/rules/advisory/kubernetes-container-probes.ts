import { containers, mayHoldPods, podSpecs } from "../../domain/pod-templates";
import type { ResourceRule } from "../../engine/rule";

/** Kinds that run to an end: nobody sends them traffic. */
const runsToEnd = /:(?:Job|CronJob|Pod|PodTemplate)(?:Patch)?$/;

export const kubernetesContainerProbes: ResourceRule = {
    id: "kubernetes-container-probes",
    title: "Containers that serve say when they are ready",
    category: "advisory",
    enforcement: "advisory",
    severity: "low",
    why: "Without a readiness probe a rollout sends traffic to pods that cannot answer, and takes the old ones away.",
    remediation: "Set readinessProbe on the container that has ports.",
    url: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    frameworks: [],
    types: (type) => mayHoldPods(type) && !runsToEnd.test(type),
    check(resource, report) {
        for (const spec of podSpecs(resource)) {
            for (const container of containers(spec, ["containers"])) {
                const probe = container.child("readinessProbe");
                if (container.child("ports").items().length > 0 && probe.absent) {
                    report.violation(
                        probe,
                        "the container does not say when it is ready",
                        "it to a request or command that succeeds when it is",
                    );
                }
            }
        }
    },
};
