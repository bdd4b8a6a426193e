import { checkImage, movingTags } from "../../domain/images";
import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** Where AWS services other than ECS and Batch are given an image. */
const places: Readonly<Record<string, (inputs: Node) => readonly Node[]>> = {
    "aws:lambda/function:Function": (inputs) => [inputs.get("imageUri")],
    "aws:codebuild/project:Project": (inputs) => [inputs.get("environment.image")].filter((node) => !isManaged(node)),
    "aws:sagemaker/model:Model": (inputs) => [
        inputs.get("primaryContainer.image"),
        ...inputs
            .get("containers")
            .items()
            .map((container) => container.get("image")),
    ],
    "aws:sagemaker/imageVersion:ImageVersion": (inputs) => [inputs.get("baseImage")],
    "aws:apprunner/service:Service": (inputs) => [inputs.get("sourceConfiguration.imageRepository.imageIdentifier")],
    "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion": (inputs) =>
        inputs
            .get("containers")
            .items()
            .map((container) => container.get("image"))
            .filter((node) => !node.string?.startsWith(":")),
    "aws:imagebuilder/containerRecipe:ContainerRecipe": (inputs) =>
        [inputs.get("parentImage")].filter((node) => !node.string?.startsWith("arn:")),
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": (inputs) => [
        inputs.get("agentRuntimeArtifact.containerConfiguration.containerUri"),
    ],
};

/** CodeBuild's own images are named by generation (`aws/codebuild/standard:7.0`) and must carry that tag as others do. */
function isManaged(node: Node): boolean {
    return /^aws\/codebuild\/[\w-]+:[\w.-]+$/.test(node.string ?? "") && !/:latest$/i.test(node.string ?? "");
}

export const awsImageTag: ResourceRule = {
    id: "aws-image-tag",
    title: "Functions, builds, models and services run a pinned image",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "high",
    why: "A tag that moves changes what runs without anyone deploying it.",
    remediation: "Set the image named in the finding to a version tag or a digest.",
    url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    frameworks: [],
    types: Object.keys(places),
    thresholds: movingTags,
    check({ type, inputs }, report, { thresholds }) {
        for (const image of places[type]?.(inputs) ?? []) {
            checkImage(image, thresholds, report);
        }
    },
};
