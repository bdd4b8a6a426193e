import { z } from "zod";
import type { ResourceRule } from "../../engine/rule";

const settings = z.object({
    /** Tags by which a subnet is declared public, each as `key=value`; those that awsx and the EKS load balancer controller use. */
    publicSubnetTags: z
        .array(z.string().regex(/^[^=]+=.*$/))
        .default(["SubnetType=Public", "kubernetes.io/role/elb=1"]),
});

export const subnetPublicIp: ResourceRule = {
    id: "subnet-public-ip",
    title: "Only declared public subnets hand out public addresses",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "medium",
    why: "Whatever starts in such a subnet is on the internet, whether or not anyone meant it to be.",
    remediation: "Set mapPublicIpOnLaunch: false, or declare the subnet public by its tag.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
    frameworks: [{ name: "AWS FSBP", control: "EC2.15" }],
    types: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
    thresholds: settings,
    check(resource, report, { thresholds }) {
        const { publicSubnetTags } = settings.parse(thresholds);
        const maps = resource.get("mapPublicIpOnLaunch");
        const tags = resource.get("tags");
        const declared = tags.entries().some(([key, value]) => publicSubnetTags.includes(`${key}=${value.string}`));
        // The default subnets of an account hand out addresses unless told otherwise.
        const byDefault = maps.absent && resource.type.endsWith(":DefaultSubnet");
        if (maps.unknown || (maps.boolean === true && tags.unknown)) {
            report.undecided(maps.unknown ? maps : tags);
        } else if ((maps.boolean === true || byDefault) && !declared) {
            report.violation(maps, "the subnet hands out public addresses", "it to false, or tag the subnet as public");
        }
    },
};
