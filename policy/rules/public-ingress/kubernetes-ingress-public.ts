import type { ResourceRule } from "../../engine/rule";

const scheme = "alb.ingress.kubernetes.io/scheme";

export const kubernetesIngressPublic: ResourceRule = {
    id: "kubernetes-ingress-public",
    title: "Kubernetes ingresses are internal unless declared",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "The scheme internet-facing makes the controller build a load balancer that faces the internet.",
    remediation: `Set the annotation ${scheme} (in IngressClassParams spec.scheme) to internal, or declare the edge by an exemption.`,
    url: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#scheme",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Network separation and hardening" }],
    types: (type) =>
        /^kubernetes:(?:networking\.k8s\.io|extensions)\/v1\w*:Ingress(?:Patch)?$/.test(type) ||
        /:IngressClassParams$/.test(type),
    check(resource, report) {
        const node = resource.type.endsWith("IngressClassParams")
            ? resource.get("spec.scheme")
            : resource.get("metadata.annotations").child(scheme);
        if (node.unknown) {
            report.undecided(node);
        } else if (node.string?.toLowerCase() === "internet-facing") {
            report.violation(
                node,
                "the ingress faces the internet",
                "it to internal, or declare the edge by an exemption",
            );
        }
    },
};
