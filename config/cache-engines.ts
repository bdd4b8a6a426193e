/** Engines of ElastiCache that keep their data in replication groups. */
export type CacheEngine = "redis" | "valkey";

export interface CacheEngineFacts {
    /** Versions in standard support, the default one first. */
    readonly versions: readonly string[];
    /** Parameter group of AWS's own. */
    readonly parameterGroup: (version: string, clusterMode: boolean) => string;
}

const family = (engine: string) => (version: string, clusterMode: boolean) =>
    `default.${engine}${version.split(".")[0]}${clusterMode ? ".cluster.on" : ""}`;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html */
export const cacheEngines: Readonly<Record<CacheEngine, CacheEngineFacts>> = {
    redis: { versions: ["7.1", "7.0"], parameterGroup: family("redis") },
    valkey: { versions: ["8.0", "7.2"], parameterGroup: family("valkey") },
};

/**
 * Why a node type can't fail over to another zone, or nothing. T1 nodes never could, and the generation before the
 * current one runs engines only that had no failover for them.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
export function failoverProblem(nodeType: string): string | undefined {
    return /^cache\.(t1|m1|m2|m3|c1|r3|t2)\./.test(nodeType)
        ? "a node type of a current generation such as cache.t4g.small"
        : undefined;
}
