import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { Node } from "../../engine/node";
import type { Report } from "../../engine/report";
import type { ResourceRule } from "../../engine/rule";

/** Annotations that make a cloud's load balancer internal, and their values. */
const internal: readonly (readonly [annotation: string, value: RegExp])[] = [
    ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/i],
    ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(?:true|0\.0\.0\.0\/0)$/i],
    ["networking.gke.io/load-balancer-type", /^internal$/i],
    ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/i],
];

function isInternal(service: Node): boolean {
    const annotations = service.get("metadata.annotations");
    return internal.some(([name, value]) => {
        const node = annotations.child(name);
        return node.unknown || value.test(String(node.plain(1)));
    });
}

export function checkService(service: Node, report: Report, thresholds: Readonly<Record<string, unknown>>): void {
    const kind = service.get("spec.type");
    const addresses = service.get("spec.externalIPs");
    if (kind.unknown) {
        report.undecided(kind);
    } else if (kind.string === "NodePort") {
        report.violation(kind, "every node opens a port", "it to ClusterIP, behind an internal ingress");
    } else if (kind.string === "LoadBalancer" && !isInternal(service)) {
        const ranges = service.get("spec.loadBalancerSourceRanges");
        const mend =
            "spec.type to ClusterIP, the annotation for an internal scheme, or narrow loadBalancerSourceRanges";
        if (ranges.unknown || ranges.values().length > 0) {
            checkRanges([ranges], "the load balancer faces the internet", mend, widestOf(thresholds), report);
        } else {
            report.violation(kind, "the load balancer faces the internet", mend);
        }
    }
    if (addresses.values().length > 0) {
        report.violation(addresses, "nodes take in traffic for addresses from outside", "no externalIPs");
    }
}

export const kubernetesServicePublic: ResourceRule = {
    id: "kubernetes-service-public",
    title: "Kubernetes services stay inside the network",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A service of type LoadBalancer gets a public load balancer unless annotated otherwise; a NodePort opens every node.",
    remediation: "Set spec.type to ClusterIP, or annotate the load balancer as internal.",
    url: "https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Network separation and hardening" }],
    types: [
        "kubernetes:core/v1:Service",
        "kubernetes:core/v1:ServicePatch",
        "kubernetes:core/v1:List",
        "kubernetes:core/v1:ServiceList",
    ],
    thresholds: widestRange,
    check({ type, inputs }, report, { thresholds }) {
        const services = type.endsWith("List")
            ? inputs
                  .get("items")
                  .items()
                  .filter((item) => item.get("kind").string === "Service" || type.endsWith("ServiceList"))
            : [inputs];
        for (const service of services) {
            checkService(service, report, thresholds);
        }
    },
};
