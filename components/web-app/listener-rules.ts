import { createHash } from "node:crypto";

export interface PathRule {
    /** The path as part of a logical name. */
    readonly slug: string;
    readonly path: string;
    /** 1 to 50000; the lowest that fits wins. */
    readonly priority: number;
}

/** Room for services that share a length of path. */
const slots = 300;
const longestPath = 128;

/**
 * Rules of a load balancer for a service's paths. More exact paths come first, whatever the order of the config, and a
 * path's priority depends on nothing but service and path: another service must not move it, because a load balancer has
 * each priority once only and rules would be in each other's way.
 */
export function listenerRules(service: string, paths: readonly string[]): PathRule[] {
    return paths.map((path) => {
        const literal = path.search(/[*?]/);
        const exactness = literal === -1 ? path.length + 1 : literal;
        const digest = createHash("sha256").update(`${service} ${path}`).digest();
        return {
            slug: slugOf(path),
            path,
            priority: (longestPath - exactness) * slots + (digest.readUInt32BE(0) % slots) + 1,
        };
    });
}

function slugOf(path: string): string {
    const words = path.replaceAll("*", "all").match(/\w+/g);
    return words ? words.join("-") : "root";
}
