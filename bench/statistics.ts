/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const upper = sorted[Math.floor(sorted.length / 2)];
    const lower = sorted[Math.ceil(sorted.length / 2) - 1];
    if (upper === undefined || lower === undefined) {
        throw new Error("there is no median of nothing");
    }
    return (upper + lower) / 2;
}

export function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(2)} s`;
}
