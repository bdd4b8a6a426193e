import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { ResourceRule } from "../../engine/rule";

export const kubernetesNetworkPolicyOpen: ResourceRule = {
    id: "kubernetes-network-policy-open",
    title: "Network policies say from where traffic may come",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "medium",
    why: "An ingress rule without from lets in every source, from inside the cluster and out.",
    remediation: "Set spec.ingress[].from to pod and namespace selectors, or to narrow ipBlock ranges.",
    url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic",
    frameworks: [
        { name: "CIS Kubernetes", control: "5.3.2" },
        { name: "NSA/CISA Kubernetes", control: "Network separation and hardening" },
    ],
    types: (type) => /^kubernetes:(?:networking\.k8s\.io|extensions)\/v1\w*:NetworkPolicy(?:Patch)?$/.test(type),
    thresholds: widestRange,
    check(resource, report, { thresholds }) {
        for (const rule of resource.get("spec.ingress").items()) {
            const from = rule.child("from");
            if (from.unknown) {
                report.undecided(from);
            } else if (from.items().length === 0) {
                report.violation(from, "the rule lets in everything", "it to the selectors or ranges that may connect");
            }
            const ranges = from.items().map((peer) => peer.get("ipBlock.cidr"));
            checkRanges(
                ranges,
                "the rule lets in the internet",
                "it to a range of your own networks",
                widestOf(thresholds),
                report,
            );
        }
    },
};
