import { objects } from "../../domain/helm-values";
import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

const scheme = /(?:^alb\.ingress\.kubernetes\.io\/scheme|aws-load-balancer-scheme)$/;
const internalFlag = /(?:aws-load-balancer-internal|azure-load-balancer-internal)$/;

/** Whether the object, its annotations or its source ranges keep the load balancer inside. */
function isInternal(service: Node): boolean {
    const annotations = [service.child("annotations"), service.child("serviceAnnotations")].flatMap((node) =>
        node.entries(),
    );
    return annotations.some(
        ([name, value]) =>
            (scheme.test(name) && value.string?.toLowerCase() === "internal") ||
            (internalFlag.test(name) && /^(?:true|0\.0\.0\.0\/0)$/i.test(String(value.plain(1)))),
    );
}

export const helmValuesPublic: ResourceRule = {
    id: "helm-values-public",
    title: "Helm values open no load balancer to the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "The engine shows a policy a release's chart and values only; what it makes public is decided there.",
    remediation: "Set service.type: ClusterIP in values, or the annotations for an internal scheme.",
    url: "https://helm.sh/docs/chart_best_practices/values/",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Network separation and hardening" }],
    types: ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"],
    check(resource, report) {
        const values = resource.get("values");
        if (values.unknown) {
            report.undecided(values);
        }
        for (const [key, object] of objects(values)) {
            const kind = /service$/i.test(key) ? object.child("type") : object.child("serviceType");
            if (kind.string === "NodePort" || (kind.string === "LoadBalancer" && !isInternal(object))) {
                report.violation(
                    kind,
                    "the chart's service faces outward",
                    "it to ClusterIP, or annotations for an internal scheme",
                );
            }
            for (const [name, value] of object.entries()) {
                if (scheme.test(name) && value.string?.toLowerCase() === "internet-facing") {
                    report.violation(value, "the chart's load balancer faces the internet", "it to internal");
                }
            }
        }
    },
};
