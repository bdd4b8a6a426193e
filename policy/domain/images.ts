import { z } from "zod";
import type { Node } from "../engine/node";
import type { Report } from "../engine/report";
import { imageFault } from "./image-reference";

/** Threshold shared by the rules on images. */
export const movingTags = z.object({
    /** Tags that name another image from one day to the next; compared without regard to case. */
    movingTags: z.array(z.string().min(1).toLowerCase()).default(["latest"]),
});

export const pinIt = "it to a version tag or a digest";

/** Judges one image reference. */
export function checkImage(node: Node, thresholds: Readonly<Record<string, unknown>>, report: Report): void {
    if (node.unknown) {
        report.undecided(node);
    } else if (node.string !== undefined) {
        const fault = imageFault(node.string, movingTags.parse(thresholds).movingTags);
        if (fault !== undefined) {
            report.violation(node, fault, pinIt);
        }
    }
}
