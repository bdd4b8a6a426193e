/** GiB of memory of the smallest size of a family, `large` but for burstable ones. https://aws.amazon.com/rds/instance-types/ */
const largeGiB: readonly (readonly [RegExp, number])[] = [
    [/^t/, 8],
    [/^m/, 8],
    [/^r/, 16],
    [/^x/, 32],
];

/** Sizes as a part or multiple of `large`. */
const sizes: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 };

/** GiB of memory of an RDS class such as `db.m7g.2xlarge`; undefined for what isn't one. */
export function memoryGiB(instanceClass: string): number | undefined {
    const [, family = "", size = ""] = instanceClass.split(".");
    const large = largeGiB.find(([pattern]) => pattern.test(family))?.[1];
    const times = /^(\d+)xlarge$/.exec(size)?.[1];
    const factor = times === undefined ? sizes[size] : 2 * Number(times);
    return large === undefined || factor === undefined ? undefined : large * factor;
}

/**
 * Connections that PostgreSQL on RDS takes unless told otherwise: LEAST(DBInstanceClassMemory/9531392, 5000).
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export function connectionLimit(instanceClass: string): number | undefined {
    const memory = memoryGiB(instanceClass);
    return memory === undefined ? undefined : Math.min(5000, Math.floor((memory * 1024 ** 3) / 9_531_392));
}
