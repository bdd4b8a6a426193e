/**
 * Families of RDS classes that PostgreSQL 15 runs on as an instance, each with and without a standby (Multi-AZ).
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 */
const families: ReadonlySet<string> = new Set([
    ...["t3", "t4g"],
    ...["m5", "m5d", "m6g", "m6gd", "m6i", "m6id", "m7g", "m7i", "m8g"],
    ...["r5", "r5b", "r5d", "r6g", "r6gd", "r6i", "r6id", "r7g", "r7i", "r8g"],
    ...["x2g", "x2iedn"],
]);

/**
 * What a class has to be instead, or nothing when it will do. Families before these (t2, m4, r4 ...) end with PostgreSQL 12,
 * and c6gd has no standby: it comes as a node of a Multi-AZ cluster only.
 */
export function databaseClassProblem(instanceClass: string, multiAz: boolean): string | undefined {
    const [, family = ""] = instanceClass.split(".");
    if (families.has(family)) {
        return undefined;
    }
    return `a class that PostgreSQL 15 ${multiAz ? "has Multi-AZ" : "runs"} on (${[...families].join(", ")})`;
}
