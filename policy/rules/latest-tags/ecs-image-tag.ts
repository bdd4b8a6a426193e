import { checkImage, movingTags } from "../../domain/images";
import { parseJson } from "../../domain/json-properties";
import type { ResourceRule } from "../../engine/rule";

export const ecsImageTag: ResourceRule = {
    id: "ecs-image-tag",
    title: "ECS tasks run a pinned image",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "high",
    why: "A tag that moves makes two tasks of one revision run different code.",
    remediation: "Set image in containerDefinitions to a version tag or a digest.",
    url: "https://docs.aws.amazon.com/AmazonECS/latest/bestpracticesguide/container-considerations.html",
    frameworks: [],
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    thresholds: movingTags,
    check(resource, report, { thresholds }) {
        const text = resource.get("containerDefinitions");
        const parsed = parseJson(text);
        if (parsed.state === "unknown") {
            report.undecided(text);
        } else if (parsed.state === "malformed") {
            report.violation(
                text,
                "the text is no JSON, so that nobody can judge it",
                "it to a JSON list of container definitions",
            );
        }
        for (const container of parsed.state === "known" ? parsed.node.items() : []) {
            checkImage(container.unknown ? container : container.child("image"), thresholds, report);
        }
    },
};
