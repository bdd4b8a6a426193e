import { checkImage, movingTags } from "../../domain/images";
import { containers, mayHoldPods, podSpecs } from "../../domain/pod-templates";
import type { ResourceRule } from "../../engine/rule";

export const kubernetesImageTag: ResourceRule = {
    id: "kubernetes-image-tag",
    title: "Containers in Kubernetes run a pinned image",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "high",
    why: "A tag that moves makes two pods of one release run different code, and a roll-back run the new one.",
    remediation: "Set image to a version tag or a digest, in containers, initContainers and ephemeralContainers.",
    url: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Kubernetes Pod security" }],
    types: mayHoldPods,
    thresholds: movingTags,
    check(resource, report, { thresholds }) {
        for (const spec of podSpecs(resource)) {
            for (const container of spec.unknown ? [spec] : containers(spec)) {
                checkImage(container.unknown ? container : container.child("image"), thresholds, report);
            }
        }
    },
};
