import type { ResourceRule } from "../../engine/rule";

export const eksNodeRemoteAccess: ResourceRule = {
    id: "eks-node-remote-access",
    title: "EKS node groups do not open SSH to the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "With a key but no source security group, EKS opens port 22 of the nodes to 0.0.0.0/0.",
    remediation: "Set remoteAccess.sourceSecurityGroupIds, or leave remoteAccess out and use Session Manager.",
    url: "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
    frameworks: [{ name: "AWS FSBP", control: "EC2.19" }],
    types: ["aws:eks/nodeGroup:NodeGroup"],
    check(resource, report) {
        const access = resource.get("remoteAccess");
        const sources = access.get("sourceSecurityGroupIds");
        if (access.known && !access.get("ec2SshKey").absent && !sources.unknown && sources.values().length === 0) {
            report.violation(
                sources,
                "port 22 of the nodes is open to the internet",
                "it to the groups that may connect",
            );
        }
    },
};
