import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:lb/loadBalancer:LoadBalancer",
        property: "internal",
        must: true,
        absent: "violates",
        // A gateway load balancer has no such property: it stands in the path of traffic, not at its end.
        unless: (resource) => resource.get("loadBalancerType").string === "gateway",
    },
    { type: "aws:elb/loadBalancer:LoadBalancer", property: "internal", must: true, absent: "violates" },
];

export const loadBalancerPublic: ResourceRule = {
    id: "load-balancer-public",
    title: "Load balancers are internal unless declared",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A load balancer that faces the internet is a public edge; those are declared one by one, with a reason and an end.",
    remediation: "Set internal: true, or declare the edge by an exemption in the stack's policy config.",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#load-balancer-scheme",
    frameworks: [],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the load balancer faces the internet", resource, report),
};
