import type { StateResource } from "./sandbox";

/** A resource of an exported state, with what it was made from. */
export interface LinkedResource extends StateResource {
    readonly provider?: string;
    readonly ignoreChanges?: readonly string[];
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/** Who knows whom in a deployed stack. */
export class ReferenceGraph {
    private readonly byUrn: ReadonlyMap<string, LinkedResource>;

    constructor(resources: readonly LinkedResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    }

    /** Resources whose outputs a resource takes in its inputs, as the engine recorded them. */
    references(urn: string): ReadonlySet<string> {
        const properties = this.byUrn.get(urn)?.propertyDependencies ?? {};
        return new Set(Object.values(properties).flatMap((urns) => urns ?? []));
    }

    /** Resources that are there before a resource, over any number of steps; its provider's and parents' included. */
    dependencies(urn: string): ReadonlySet<string> {
        const found = new Set<string>();
        const queue = [urn];
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
            const resource = this.byUrn.get(next);
            const provider = resource?.provider?.replace(/::[^:]*$/, "");
            for (const dependency of [...(resource?.dependencies ?? []), ...(provider ? [provider] : [])]) {
                if (!found.has(dependency)) {
                    found.add(dependency);
                    queue.push(dependency);
                }
            }
        }
        return found;
    }
}
