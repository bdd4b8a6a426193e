import { lossOf } from "../../ci/stateful-types";

/** What of a plan's step tells under which names a resource is known. */
interface Named {
    readonly urn: string;
    readonly newState?: { readonly type: string; readonly aliases?: readonly string[] };
}

/** URNs of a plan's stateful resources: what must never be renamed by accident, sorted. */
export const frozenOf = (steps: readonly Named[]): string[] =>
    steps.flatMap(({ urn, newState }) => (newState && lossOf(newState.type) !== undefined ? [urn] : [])).sort();

/** A resource that may go, by whose decision. */
export interface Removal {
    readonly urn: string;
    readonly reason: string;
}

/**
 * What is wrong with a plan, given the URNs that are frozen: a resource is gone that neither an alias nor a removal accounts
 * for, or a removal speaks of one that is still there.
 */
export function freezeFaults(
    frozen: readonly string[],
    steps: readonly Named[],
    removals: readonly Removal[],
): string[] {
    const known = new Set(steps.flatMap(({ urn, newState }) => [urn, ...(newState?.aliases ?? [])]));
    const removed = new Set(removals.map(({ urn }) => urn));
    return [
        ...frozen
            .filter((urn) => !known.has(urn) && !removed.has(urn))
            .map(
                (urn) =>
                    `${urn} is gone: give its resource an alias, or approve the loss in tests/stacks/removals.json`,
            ),
        ...removals.filter(({ urn }) => known.has(urn)).map(({ urn }) => `${urn} is approved to go but is still there`),
        ...removals.filter(({ reason }) => reason.trim().length < 10).map(({ urn }) => `${urn} goes without a reason`),
    ];
}

/** The frozen list after a deliberate change: what is new joins, what may go leaves, and nothing else does. */
export const refreeze = (
    frozen: readonly string[],
    steps: readonly Named[],
    removals: readonly Removal[],
): readonly string[] => {
    const removed = new Set(removals.map(({ urn }) => urn));
    const aliased = new Set(steps.flatMap(({ newState }) => newState?.aliases ?? []));
    const kept = frozen.filter((urn) => !removed.has(urn) && !aliased.has(urn));
    return [...new Set([...kept, ...frozenOf(steps)])].sort();
};
