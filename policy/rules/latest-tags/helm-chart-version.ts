import type { ResourceRule } from "../../engine/rule";

/** A range (`^1.2`, `1.x`, `>=1`, `*`) resolves to another chart tomorrow. */
const exact = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
const local = /^(?:\.{0,2}\/|[A-Za-z]:\\)|\.tgz$/;

export const helmChartVersion: ResourceRule = {
    id: "helm-chart-version",
    title: "Helm releases name an exact chart version",
    category: "latest-tags",
    enforcement: "mandatory",
    severity: "high",
    why: "Without a version Helm takes the newest chart of the day, and the images that come with it.",
    remediation: "Set version to one exact chart version.",
    url: "https://helm.sh/docs/helm/helm_install/",
    frameworks: [],
    types: ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart"],
    check(resource, report) {
        const version = resource.get("version");
        const chart = resource.get("chart");
        // A chart in the program's own folder, or a packed file, has its version in it.
        if (local.test(chart.string ?? "") || (!resource.get("path").absent && version.absent)) {
            return;
        }
        if (version.unknown) {
            report.undecided(version);
        } else if (version.absent || version.string === "") {
            report.violation(version, "the chart has no version, which means the newest", "it to one exact version");
        } else if (!exact.test(version.string ?? "")) {
            report.violation(version, "the version is a range", "it to one exact version");
        }
    },
};
