/**
 * Connections that Aurora PostgreSQL allows at a capacity. The default of `max_connections` follows the memory of the
 * largest capacity, about 2 GiB a unit, and is capped where the smallest is below 1.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
export function maxConnections(minCapacity: number, maxCapacity: number): number {
    const bytesPerUnit = 2 * 1024 ** 3;
    const byMemory = Math.floor((maxCapacity * bytesPerUnit) / 9_531_392);
    return Math.min(byMemory, minCapacity < 1 ? 2000 : 5000);
}
