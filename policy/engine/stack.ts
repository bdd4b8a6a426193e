import type { ResourceView } from "./resource";

export interface StackResource extends ResourceView {
    readonly parent: string | undefined;
    /** URNs of what it depends on, by any property. */
    readonly dependencies: readonly string[];
    /** URNs by the property that refers to them. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** All resources of a stack, with what refers to what. */
export class StackView {
    private readonly byUrn: ReadonlyMap<string, StackResource>;

    constructor(readonly resources: readonly StackResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    }

    find(urn: string): StackResource | undefined {
        return this.byUrn.get(urn);
    }

    ofType(...types: readonly string[]): readonly StackResource[] {
        return this.resources.filter((resource) => types.includes(resource.type));
    }

    /** What `resource` refers to by `property`; top-level properties only, as the engine records them. */
    referredBy(resource: StackResource, property: string): readonly StackResource[] {
        const urns = resource.propertyDependencies[property] ?? [];
        return urns.flatMap((urn) => this.byUrn.get(urn) ?? []);
    }

    /**
     * Resources of `types` that refer to `target`: by the engine's dependencies of `property`, or because the property
     * holds the target's id, name or ARN.
     */
    referringTo(target: StackResource, property: string, ...types: readonly string[]): readonly StackResource[] {
        const names = identifiersOf(target);
        return this.ofType(...types).filter(
            (resource) =>
                (resource.propertyDependencies[property] ?? []).includes(target.urn) ||
                resource
                    .get(property)
                    .values()
                    .some((value) => value.string !== undefined && names.has(value.string)),
        );
    }
}

/** The strings by which other resources name this one. */
export function identifiersOf(resource: ResourceView): ReadonlySet<string> {
    const names = ["id", "arn", "bucket", "name", "url"].flatMap((property) => resource.get(property).string ?? []);
    return new Set(names);
}
