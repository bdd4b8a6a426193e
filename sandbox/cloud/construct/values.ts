import { shapeOf } from "../shape";
import { type Bag, hasUnknown, isBag, isList, isSecret, open, plain, secret, UNKNOWN, type Wire } from "../wire";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A value that came out of these resources, so that whatever it goes into depends on them. */
export function from(value: Wire | undefined, ...urns: readonly string[]): Wire {
    const bare = open(value);
    const wrapped: { [key: string]: Wire } = { [SIGNATURE]: OUTPUT, dependencies: [...urns] };
    if (bare !== undefined && bare !== UNKNOWN) {
        wrapped["value"] = bare;
    }
    if (isSecret(value)) {
        wrapped["secret"] = true;
    }
    return wrapped;
}

export interface Lowered {
    readonly value: Wire;
    /** URNs the value was made of. */
    readonly dependencies: ReadonlySet<string>;
}

/** Takes the output wrapping off at every depth: unknown and secret marks stay, the dependencies are collected. */
export function lower(value: Wire): Lowered {
    const dependencies = new Set<string>();
    const strip = (item: Wire): Wire => {
        if (isList(item)) {
            return item.map(strip);
        }
        if (!isBag(item)) {
            return item;
        }
        if (item[SIGNATURE] === OUTPUT) {
            for (const urn of isList(item["dependencies"]) ? item["dependencies"] : []) {
                dependencies.add(String(urn));
            }
            const bare = item["value"] === undefined ? UNKNOWN : strip(item["value"]);
            return item["secret"] === true ? secret(bare) : bare;
        }
        return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, strip(inner)]));
    };
    return { value: strip(value), dependencies };
}

/** Computes a value of others: unknown if one of them is, secret if one of them is, and dependent on all. */
export function apply(values: readonly Wire[], compute: (...bare: Wire[]) => Wire | undefined): Wire {
    const lowered = values.map(lower);
    const urns = lowered.flatMap(({ dependencies }) => [...dependencies]);
    const hidden = lowered.some(({ value }) => containsSecret(value));
    if (lowered.some(({ value }) => hasUnknown(value))) {
        return from(hidden ? secret(UNKNOWN) : UNKNOWN, ...urns);
    }
    const result = compute(...lowered.map(({ value }) => plain(value))) ?? null;
    return from(hidden ? secret(result) : result, ...urns);
}

function containsSecret(value: Wire): boolean {
    if (isList(value)) {
        return value.some(containsSecret);
    }
    return isSecret(value) || (isBag(value) && Object.values(value).some(containsSecret));
}

/** Merges objects, later ones winning; a whole that is unknown makes the result unknown. */
export function merge(...bags: readonly (Wire | undefined)[]): Wire {
    const given = bags.filter((bag) => bag !== undefined && bag !== null);
    if (given.every((bag) => isBag(bag) && bag[SIGNATURE] === undefined)) {
        return Object.assign({}, ...(given as Bag[])) as Bag;
    }
    return apply(given, (...bare) => Object.assign({}, ...(bare as Bag[])) as Bag);
}

/** The bare value, or undefined while any part of it is unknown. */
export function known(value: Wire | undefined): Wire | undefined {
    const lowered = lower(value ?? null).value;
    return hasUnknown(lowered) ? undefined : plain(lowered);
}

/** Only the entries that a type takes as inputs: components hand whole argument objects on. */
export function pick(
    type: string,
    bag: { readonly [key: string]: Wire | undefined },
): { readonly [key: string]: Wire | undefined } {
    const inputs = shapeOf(type)?.inputs;
    return Object.fromEntries(Object.entries(bag).filter(([key]) => inputs?.has(key) ?? true));
}
