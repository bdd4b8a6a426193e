import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** The lists of source ranges in the ingress rules of any of the ways to write them. */
function sources(type: string, inputs: Node): readonly Node[] {
    switch (type) {
        case "aws:ec2/securityGroup:SecurityGroup":
        case "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
            const ingress = inputs.get("ingress");
            return ingress.unknown
                ? [ingress]
                : ingress
                      .items()
                      .flatMap((item) =>
                          item.unknown ? [item] : [item.get("cidrBlocks"), item.get("ipv6CidrBlocks")],
                      );
        }
        case "aws:ec2/securityGroupRule:SecurityGroupRule":
            return inputs.get("type").string === "egress"
                ? []
                : [inputs.get("cidrBlocks"), inputs.get("ipv6CidrBlocks")];
        default:
            return [inputs.get("cidrIpv4"), inputs.get("cidrIpv6")];
    }
}

export const securityGroupOpen: ResourceRule = {
    id: "security-group-open",
    title: "Security groups let nobody in from the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A range wider than one's own networks lets every scanner on the internet reach the port.",
    remediation:
        "Set cidrBlocks (cidrIpv4) to ranges of your own networks, or name the security groups that may connect.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.18" },
        { name: "AWS FSBP", control: "EC2.19" },
        { name: "CIS AWS 3.0", control: "5.2" },
        { name: "CIS AWS 3.0", control: "5.3" },
    ],
    types: [
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ],
    thresholds: widestRange,
    check: ({ type, inputs }, report, { thresholds }) =>
        checkRanges(
            sources(type, inputs),
            "the range is open to the internet",
            "it to ranges of your own networks, or name source security groups",
            widestOf(thresholds),
            report,
        ),
};
