import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { ResourceRule } from "../../engine/rule";

export const eksEndpointPublic: ResourceRule = {
    id: "eks-endpoint-public",
    title: "The Kubernetes API of an EKS cluster is not open to the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "Left alone, EKS serves the API to the whole internet; a stolen token then works from anywhere.",
    remediation:
        "Set vpcConfig.endpointPublicAccess: false, or vpcConfig.publicAccessCidrs to the ranges you connect from.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-1",
    frameworks: [{ name: "AWS FSBP", control: "EKS.1" }],
    types: ["aws:eks/cluster:Cluster"],
    thresholds: widestRange,
    check(resource, report, { thresholds }) {
        const access = resource.get("vpcConfig.endpointPublicAccess");
        const ranges = resource.get("vpcConfig.publicAccessCidrs");
        if (access.boolean === false) {
            return;
        }
        if (ranges.values().length > 0) {
            const mend = "it to the ranges you connect from, or vpcConfig.endpointPublicAccess: false";
            checkRanges([ranges], "the API is open to the internet", mend, widestOf(thresholds), report);
        } else if (access.unknown || ranges.unknown) {
            report.undecided(access.unknown ? access : ranges);
        } else {
            report.violation(access, "the API is open to the internet", "vpcConfig.endpointPublicAccess: false");
        }
    },
};
