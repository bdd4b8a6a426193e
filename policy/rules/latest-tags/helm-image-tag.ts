import { helmImages } from "../../domain/helm-values";
import { imageFault } from "../../domain/image-reference";
import { movingTags, pinIt } from "../../domain/images";
import type { ResourceRule } from "../../engine/rule";

export const helmImageTag: ResourceRule = {
    id: "helm-image-tag",
    title: "Helm values name pinned images",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "high",
    why: "A release shows its values only, so a moving tag in them is the last place to see it. A tag left out is the chart's own, which its version pins.",
    remediation: "Set image.tag (or image.digest) in values to a version.",
    url: "https://helm.sh/docs/chart_best_practices/pods/#images",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Kubernetes Pod security" }],
    types: ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"],
    thresholds: movingTags,
    check(resource, report, { thresholds }) {
        const moving = movingTags.parse(thresholds).movingTags;
        const values = resource.get("values");
        if (values.unknown) {
            report.undecided(values);
        }
        for (const { node, reference } of helmImages(values)) {
            const fault = imageFault(reference, moving);
            if (fault !== undefined) {
                report.violation(node, fault, pinIt);
            }
        }
    },
};
