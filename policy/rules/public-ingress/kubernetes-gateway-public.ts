import type { ResourceRule } from "../../engine/rule";

/** How a Gateway is told to stay inside, in the ways its controllers know. */
const internal: readonly string[] = [
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "networking.istio.io/service-type",
    "cloud.google.com/load-balancer-type",
];

export const kubernetesGatewayPublic: ResourceRule = {
    id: "kubernetes-gateway-public",
    title: "Gateways are internal unless declared",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A Gateway with a listener gets a load balancer of its own, public unless its infrastructure says internal.",
    remediation:
        "Set spec.infrastructure.annotations to the controller's internal scheme, or declare the edge by an exemption.",
    url: "https://gateway-api.sigs.k8s.io/reference/spec/#gatewayinfrastructure",
    frameworks: [{ name: "NSA/CISA Kubernetes", control: "Network separation and hardening" }],
    types: (type) => /^kubernetes:gateway\.networking\.k8s\.io\/v1\w*:Gateway(?:Patch)?$/.test(type),
    check(resource, report) {
        const listeners = resource.get("spec.listeners");
        const places = [resource.get("spec.infrastructure.annotations"), resource.get("metadata.annotations")];
        const inside = places.some((place) =>
            internal.some((name) => /^(?:internal|clusterip)$/i.test(String(place.child(name).plain(1)))),
        );
        if (places.some((place) => place.unknown)) {
            report.undecided(places.find((place) => place.unknown) ?? listeners);
        } else if (!inside && (listeners.unknown || listeners.items().length > 0)) {
            report.violation(
                resource.get("spec.infrastructure.annotations"),
                "the gateway may face the internet",
                "the annotation service.beta.kubernetes.io/aws-load-balancer-scheme: internal, or declare the edge by an exemption",
            );
        }
    },
};
