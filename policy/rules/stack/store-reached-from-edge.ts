import { describe, exposures } from "../../domain/exposure";
import { widestOf, widestRange } from "../../domain/ingress";
import type { StackRule } from "../../engine/rule";

/** Resources that hold data, and are to stand at least one service behind the edge. */
const stores = /^aws:(?:rds|docdb|neptune|elasticache|memorydb|redshift|opensearch|elasticsearch|dax|msk|mq|efs)\//;

export const storeReachedFromEdge: StackRule = {
    id: "store-reached-from-edge",
    title: "No data store takes connections from the public edge itself",
    category: "stack",
    enforcement: "advisory",
    severity: "high",
    why: "What faces the internet is taken over first; a data store that it may reach is next.",
    remediation: "Name the group of a service in between as the source in the store's security group.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing",
    frameworks: [],
    thresholds: widestRange,
    checkStack(stack, report, { thresholds }) {
        for (const exposure of exposures(stack, widestOf(thresholds))) {
            // The store itself, or the store right behind what faces the internet.
            if (stores.test(exposure.target.type) && exposure.path.length <= 2) {
                report.fault(
                    "",
                    `the edge reaches it: ${describe(exposure)}`,
                    "put a service with a group of its own in between",
                    exposure.target.urn,
                );
            }
        }
    },
};
