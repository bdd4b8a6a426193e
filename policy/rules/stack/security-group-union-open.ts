import { areOpenTogether, isOpen } from "../../domain/cidr";
import { widestOf, widestRange } from "../../domain/ingress";
import { Network } from "../../domain/network";
import type { StackRule } from "../../engine/rule";

export const securityGroupUnionOpen: StackRule = {
    id: "security-group-union-open",
    title: "The rules of a security group together let nobody in from the internet",
    category: "stack",
    enforcement: "mandatory",
    severity: "high",
    why: "Rules that are narrow one by one, 0.0.0.0/1 here and 128.0.0.0/1 there, open the group together.",
    remediation: "Set cidrBlocks (cidrIpv4) of the group's rules to ranges of your own networks.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
    frameworks: [{ name: "AWS FSBP", control: "EC2.18" }],
    thresholds: widestRange,
    checkStack(stack, report, { thresholds }) {
        const widest = widestOf(thresholds);
        const { admissions } = Network.of(stack);
        for (const group of new Set(admissions.map((admission) => admission.group))) {
            const own = admissions.filter((admission) => admission.group === group);
            const holders = new Set(own.map(({ holder }) => holder));
            const ranges = own.flatMap((admission) => admission.ranges).filter((range) => !isOpen(range, widest));
            if (holders.size > 1 && areOpenTogether(ranges, widest)) {
                const names = [...holders].map(({ name }) => name).join(", ");
                report.fault(
                    "ingress",
                    `${ranges.join(" and ")} together are open to the internet (rules ${names})`,
                    "set them to ranges of your own networks",
                    group.urn,
                );
            }
        }
    },
};
