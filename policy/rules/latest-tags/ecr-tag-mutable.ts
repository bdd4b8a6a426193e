import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    // Also IMMUTABLE_WITH_EXCLUSION: the exceptions are then named one by one.
    {
        type: "aws:ecr/repository:Repository",
        property: "imageTagMutability",
        must: { not: "MUTABLE" },
        absent: "violates",
        mend: 'imageTagMutability: "IMMUTABLE"',
    },
    {
        type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
        property: "imageTagMutability",
        must: { not: "MUTABLE" },
        absent: "violates",
        mend: 'imageTagMutability: "IMMUTABLE"',
    },
];

export const ecrTagMutable: ResourceRule = {
    id: "ecr-tag-mutable",
    title: "Tags in ECR repositories cannot be moved",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "medium",
    why: "Where tags can be moved, a version tag pins nothing.",
    remediation: 'Set imageTagMutability: "IMMUTABLE".',
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-2",
    frameworks: [{ name: "AWS FSBP", control: "ECR.2" }],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "tags can be moved to other images", resource, report),
};
