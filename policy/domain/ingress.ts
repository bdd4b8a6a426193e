import { z } from "zod";
import type { Node } from "../engine/node";
import type { Report } from "../engine/report";
import { areOpenTogether, isCidr, isOpen, type Widest } from "./cidr";

/** Thresholds shared by the rules on address ranges. */
export const widestRange = z.object({
    /** Shortest IPv4 prefix of internet addresses that may be let in. */
    widestIpv4: z.int().min(8).max(32).default(24),
    /** Shortest IPv6 prefix of internet addresses that may be let in. */
    widestIpv6: z.int().min(16).max(128).default(48),
});

export function widestOf(thresholds: Readonly<Record<string, unknown>>): Widest {
    const { widestIpv4, widestIpv6 } = widestRange.parse(thresholds);
    return { ipv4: widestIpv4, ipv6: widestIpv6 };
}

/** Judges lists of ranges that together let traffic in. What is known is judged, whatever stands beside it. */
export function checkRanges(lists: readonly Node[], what: string, mend: string, widest: Widest, report: Report): void {
    const ranges = lists.flatMap((list) => (list.unknown ? [list] : list.values()));
    const known = ranges.flatMap((node) => (node.string === undefined ? [] : [{ node, range: node.string }]));
    for (const { node, range } of known) {
        if (!isCidr(range)) {
            report.violation(node, "the text is no address range", mend);
        } else if (isOpen(range, widest)) {
            report.violation(node, what, mend);
        }
    }
    const narrow = known.filter(({ range }) => !isOpen(range, widest));
    const [first] = narrow;
    if (
        first !== undefined &&
        areOpenTogether(
            narrow.map(({ range }) => range),
            widest,
        )
    ) {
        report.violation(first.node, `${what}, together with the ranges beside it`, mend);
    }
    for (const node of ranges.filter((range) => range.unknown)) {
        report.undecided(node);
    }
}
