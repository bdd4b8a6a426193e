import { checkImage, movingTags } from "../../domain/images";
import { parseJson } from "../../domain/json-properties";
import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** The images of a job definition's JSON, wherever the kind of job keeps them. */
function images(property: string, node: Node): readonly Node[] {
    switch (property) {
        case "containerProperties":
            return [node.child("image")];
        case "ecsProperties":
            return node
                .child("taskProperties")
                .items()
                .flatMap((task) =>
                    task
                        .child("containers")
                        .items()
                        .map((item) => item.child("image")),
                );
        default:
            return node
                .child("nodeRangeProperties")
                .items()
                .flatMap((range) => [
                    range.get("container.image"),
                    ...images("ecsProperties", range.child("ecsProperties")),
                ]);
    }
}

export const batchImageTag: ResourceRule = {
    id: "batch-image-tag",
    title: "Batch jobs run a pinned image",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "high",
    why: "A tag that moves makes one job's attempts run different code.",
    remediation:
        "Set image in containerProperties (ecsProperties, nodeProperties, eksProperties) to a version tag or a digest.",
    url: "https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html#containerProperties",
    frameworks: [],
    types: ["aws:batch/jobDefinition:JobDefinition"],
    thresholds: movingTags,
    check(resource, report, { thresholds }) {
        for (const property of ["containerProperties", "ecsProperties", "nodeProperties"]) {
            const text = resource.get(property);
            const parsed = parseJson(text);
            if (parsed.state === "unknown") {
                report.undecided(text);
            } else if (parsed.state === "malformed") {
                report.violation(text, "the text is no JSON, so that nobody can judge it", "it to a JSON object");
            }
            for (const image of parsed.state === "known" ? images(property, parsed.node) : []) {
                checkImage(image, thresholds, report);
            }
        }
        const pod = resource.get("eksProperties.podProperties");
        for (const container of [...pod.get("containers").items(), ...pod.get("initContainers").items()]) {
            checkImage(container.child("image"), thresholds, report);
        }
    },
};
