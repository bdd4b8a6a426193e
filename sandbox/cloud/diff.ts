import { isAutonamed, isKubernetesObject, nameRule, physicalName } from "./naming";
import { DELETED_FIRST, RENAMED_IN_PLACE, REPLACEMENTS, UPDATED_IN_PLACE } from "./replacements";
import { shapeOf } from "./shape";
import { type Bag, bagOf, isBag, isList, isUnknown, open, plain, type Wire } from "./wire";

export type Change = "add" | "delete" | "update";

export interface PropertyChange {
    readonly change: Change;
    readonly replaces: boolean;
}

export interface Difference {
    /** By property path as the engine writes it: `a.b[0]["x.y"]`. */
    readonly changes: ReadonlyMap<string, PropertyChange>;
    /** Top-level properties that changed. */
    readonly changed: readonly string[];
    /** Paths that call for a replacement. */
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

type Path = readonly (string | number)[];

/** Structural comparison of the inputs, blind to secret wrapping, key order and the provider's own notes. */
export function diff(type: string, olds: Bag, news: Bag, ignored: readonly string[], mutable: Mutability): Difference {
    const found: { path: Path; change: Change }[] = [];
    for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
        if (!key.startsWith("__")) {
            compare([key], olds[key], news[key], found);
        }
    }
    const changes = new Map<string, PropertyChange>();
    for (const { path, change } of found) {
        const written = writePath(path);
        if (!ignored.some((prefix) => covers(prefix, written))) {
            changes.set(written, { change, replaces: replaces(type, path, news, mutable) });
        }
    }
    const replacing = [...changes].filter(([, change]) => change.replaces).map(([path]) => path);
    return {
        changes,
        changed: [...new Set([...changes.keys()].map((path) => path.split(/[.[]/)[0] ?? path))],
        replaces: replacing,
        deleteBeforeReplace: replacing.length > 0 && deletedFirst(type, olds, news),
    };
}

/** Which Kubernetes objects the provider is configured to change in place (enableConfigMapMutable, enableSecretMutable). */
export interface Mutability {
    readonly configMap: boolean;
    readonly secret: boolean;
}

function compare(
    path: Path,
    old: Wire | undefined,
    fresh: Wire | undefined,
    found: { path: Path; change: Change }[],
): void {
    const before = open(old) ?? undefined;
    const after = open(fresh) ?? undefined;
    if (before === undefined || after === undefined) {
        if (before !== after) {
            found.push({ path, change: before === undefined ? "add" : "delete" });
        }
        return;
    }
    if (isUnknown(after) || isUnknown(before)) {
        found.push({ path, change: "update" });
        return;
    }
    const [left, right] = [shallow(before), shallow(after)];
    if (isList(left) && isList(right)) {
        for (let index = 0; index < Math.max(left.length, right.length); index++) {
            compare([...path, index], left[index], right[index], found);
        }
        return;
    }
    if (isBag(left) && isBag(right)) {
        for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
            compare([...path, key], left[key], right[key], found);
        }
        return;
    }
    // The SDKs accept "80" for 80 and true for "true" and so do bridged providers.
    if (typeof left === "object" || typeof right === "object" || String(left) !== String(right)) {
        found.push({ path, change: "update" });
    }
}

/** Assets and archives compare by hash, references by identifier; everything else as it stands. */
function shallow(value: Wire): Wire {
    return isBag(value) && value["4dabf18193072939515e22adb298388d"] !== undefined ? plain(value) : value;
}

function writePath(path: Path): string {
    return path.reduce<string>((written, part) => {
        if (typeof part === "number") {
            return `${written}[${part}]`;
        }
        if (!/^[A-Za-z_$][\w$]*$/.test(part)) {
            return `${written}[${JSON.stringify(part)}]`;
        }
        return written === "" ? part : `${written}.${part}`;
    }, "");
}

function covers(prefix: string, path: string): boolean {
    return path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);
}

function replaces(type: string, path: Path, news: Bag, mutable: Mutability): boolean {
    const top = String(path[0]);
    if (isKubernetesObject(type)) {
        return replacesObject(type, path, news, mutable);
    }
    if (type.startsWith("random:") || type.startsWith("tls:")) {
        return true;
    }
    const listed = REPLACEMENTS[type] ?? [];
    if (listed.includes(top) || top === "region") {
        return true;
    }
    if (listed.includes("*")) {
        return ![...(UPDATED_IN_PLACE["*"] ?? []), ...(UPDATED_IN_PLACE[type] ?? [])].includes(top);
    }
    if (top === nameRule(type)?.property || top === "name") {
        return !RENAMED_IN_PLACE.has(type);
    }
    return path.length === 1 && (shapeOf(type)?.inputs.get(top)?.replaces ?? false);
}

function replacesObject(type: string, path: Path, news: Bag, mutable: Mutability): boolean {
    const written = path.filter((part) => typeof part === "string").join(".");
    if (["metadata.name", "metadata.namespace", "metadata.generateName", "apiVersion", "kind"].includes(written)) {
        return true;
    }
    const kind = type.split(":")[2];
    const immutable = open(news["immutable"]) === true;
    if ((kind === "ConfigMap" && mutable.configMap) || (kind === "Secret" && mutable.secret)) {
        return immutable && written !== "immutable" && !written.startsWith("metadata");
    }
    return (REPLACEMENTS[type] ?? []).some((listed) => written === listed || written.startsWith(`${listed}.`));
}

/** A name the program chose can't be held by two resources at once, so the old one has to go first. */
function deletedFirst(type: string, olds: Bag, news: Bag): boolean {
    if (DELETED_FIRST.has(type)) {
        return true;
    }
    const named = isKubernetesObject(type) || nameRule(type) !== undefined;
    const name = physicalName(type, news);
    const samePlace =
        !isKubernetesObject(type) || bagOf(olds["metadata"])["namespace"] === bagOf(news["metadata"])["namespace"];
    return named && name !== undefined && samePlace && name === physicalName(type, olds) && !isAutonamed(type, news);
}
