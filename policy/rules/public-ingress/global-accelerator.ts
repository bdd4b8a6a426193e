import type { ResourceRule } from "../../engine/rule";

export const globalAccelerator: ResourceRule = {
    id: "global-accelerator",
    title: "Global accelerators are declared",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "An accelerator gives what stands behind it, internal load balancers and instances included, two addresses on the internet.",
    remediation:
        "Remove the accelerator or set enabled: false; or declare the edge by an exemption in the stack's policy config.",
    url: "https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html",
    frameworks: [],
    types: [
        "aws:globalaccelerator/accelerator:Accelerator",
        "aws:globalaccelerator/customRoutingAccelerator:CustomRoutingAccelerator",
    ],
    check(resource, report) {
        const enabled = resource.get("enabled");
        if (enabled.unknown) {
            report.undecided(enabled);
        } else if (enabled.boolean !== false) {
            report.violation(
                enabled,
                "the accelerator faces the internet",
                "enabled: false, or declare it by an exemption",
            );
        }
    },
};
