import { Node } from "./node";
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
    private readonly byType = new Map<string, StackResource[]>();
    private readonly references = new Map<string, ReadonlyMap<string, readonly StackResource[]>>();

    constructor(readonly resources: readonly StackResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const resource of resources) {
            const same = this.byType.get(resource.type) ?? [];
            same.push(resource);
            this.byType.set(resource.type, same);
        }
    }

    find(urn: string): StackResource | undefined {
        return this.byUrn.get(urn);
    }

    ofType(...types: readonly string[]): readonly StackResource[] {
        return types.flatMap((type) => this.byType.get(type) ?? []);
    }

    /** What `resource` refers to by `property`; top-level properties only, as the engine records them. */
    referredBy(resource: StackResource, property: string): readonly StackResource[] {
        const urns = resource.propertyDependencies[property] ?? [];
        return urns.flatMap((urn) => this.byUrn.get(urn) ?? []);
    }

    /**
     * Resources of `type` that refer to `target`: by the engine's dependencies of `property`, or because the property
     * holds the target's id, name or ARN.
     */
    referringTo(target: StackResource, property: string, type: string): readonly StackResource[] {
        const index = this.referencesBy(property, type);
        const found = [target.urn, ...identifiersOf(target)].flatMap((name) => index.get(name) ?? []);
        return [...new Set(found)];
    }

    /** The resources of a type by what one of their properties names; made once, since stacks have many of each. */
    private referencesBy(property: string, type: string): ReadonlyMap<string, readonly StackResource[]> {
        const key = `${type} ${property}`;
        let index = this.references.get(key);
        if (index === undefined) {
            const made = new Map<string, StackResource[]>();
            for (const resource of this.ofType(type)) {
                const values = resource
                    .get(property)
                    .values()
                    .flatMap((value) => value.string ?? []);
                for (const name of [...values, ...(resource.propertyDependencies[property] ?? [])]) {
                    made.set(name, [...(made.get(name) ?? []), resource]);
                }
            }
            index = made;
            this.references.set(key, index);
        }
        return index;
    }
}

/**
 * A property as the program states it. A stack shows outputs, and one that the program left to the provider is unknown in a
 * preview: no other resource decides it, which tells it from an input that is not known yet.
 */
export function stated(resource: StackResource, property: string): Node {
    const node = resource.get(property);
    const decided = (resource.propertyDependencies[property.split(".")[0] ?? property] ?? []).length > 0;
    return node.unknown && !decided ? Node.of(undefined, node.path) : node;
}

/** The strings by which other resources name this one. */
export function identifiersOf(resource: ResourceView): ReadonlySet<string> {
    const names = ["id", "arn", "bucket", "name", "url"].flatMap((property) => resource.get(property).string ?? []);
    return new Set(names);
}
