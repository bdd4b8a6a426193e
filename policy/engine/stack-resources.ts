import type { PolicyResource } from "@pulumi/policy";
import { viewOf } from "./resource";
import { type StackResource, StackView } from "./stack";

/** The stack as the server hands it to a policy. */
export function stackOf(resources: readonly PolicyResource[]): StackView {
    return new StackView(
        resources.map(
            (resource): StackResource => ({
                ...viewOf(resource),
                parent: resource.parent?.urn,
                dependencies: resource.dependencies.map((dependency) => dependency.urn),
                propertyDependencies: Object.fromEntries(
                    Object.entries(resource.propertyDependencies).map(([name, list]) => [
                        name,
                        list.map(({ urn }) => urn),
                    ]),
                ),
            }),
        ),
    );
}
