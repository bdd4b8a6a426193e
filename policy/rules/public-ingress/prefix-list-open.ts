import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { ResourceRule } from "../../engine/rule";

export const prefixListOpen: ResourceRule = {
    id: "prefix-list-open",
    title: "Prefix lists hold no range that is open to the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A security group that names the list is as open as the list, and shows no address itself.",
    remediation: "Set the cidr of each of the entries to a range of your own networks.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    frameworks: [{ name: "AWS FSBP", control: "EC2.18" }],
    types: ["aws:ec2/managedPrefixList:ManagedPrefixList", "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"],
    thresholds: widestRange,
    check({ type, inputs }, report, { thresholds }) {
        const entries = inputs.get("entries");
        const lists = type.endsWith(":ManagedPrefixListEntry")
            ? [inputs.get("cidr")]
            : entries.unknown
              ? [entries]
              : entries.items().map((entry) => (entry.unknown ? entry : entry.get("cidr")));
        checkRanges(
            lists,
            "the list takes in the internet",
            "it to a range of your own networks",
            widestOf(thresholds),
            report,
        );
    },
};
