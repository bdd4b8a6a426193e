import { movingTags } from "../../domain/images";
import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** Revisions that follow a branch, or the newest of several versions. */
const moving = /^(?:HEAD|main|master|develop|latest|.*[*^~<>].*|\d+(?:\.\d+)?(?:\.x)?)$/i;

function sources(application: Node): readonly Node[] {
    const spec = application.child("spec").child("template").absent
        ? application.child("spec")
        : application.get("spec.template.spec");
    return [spec.child("source"), ...spec.child("sources").items()].filter((source) => source.known);
}

export const argoRevision: ResourceRule = {
    id: "argo-revision",
    title: "Argo CD applications follow a fixed revision and pinned images",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "medium",
    why: "A revision such as HEAD deploys whatever is pushed, past every review of this program.",
    remediation:
        "Set spec.source.targetRevision to a tag, commit or chart version, and image tags in helm.parameters to versions.",
    url: "https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/",
    frameworks: [],
    types: (type) => /^kubernetes:argoproj\.io\/v1\w*:Application(?:Set)?(?:Patch)?$/.test(type),
    thresholds: movingTags,
    check({ inputs }, report, { thresholds }) {
        const tags = movingTags.parse(thresholds).movingTags;
        for (const source of sources(inputs)) {
            const revision = source.child("targetRevision");
            if (revision.unknown) {
                report.undecided(revision);
            } else if (revision.absent || revision.string === "" || moving.test(revision.string ?? "")) {
                report.violation(revision, "the revision moves", "it to a tag, a commit or an exact chart version");
            }
            for (const parameter of source.get("helm.parameters").items()) {
                const value = parameter.child("value");
                if (
                    /(?:^|\.)(?:image\.)?tag$/i.test(parameter.child("name").string ?? "") &&
                    tags.includes(value.string?.toLowerCase() ?? "")
                ) {
                    report.violation(value, "the tag moves", "it to a version tag or a digest");
                }
            }
        }
    },
};
