import { unknownCheckingProxy } from "@pulumi/policy";
import { z } from "zod";
import { viewOf } from "../engine/resource";
import { type StackResource, StackView } from "../engine/stack";

const bag = z.record(z.string(), z.unknown());

/** What `pulumi stack export` writes, as far as it is read here. */
const exportSchema = z.object({
    deployment: z.object({
        resources: z
            .array(
                z.object({
                    urn: z.string(),
                    type: z.string(),
                    id: z.string().optional(),
                    inputs: bag.default({}),
                    outputs: bag.default({}),
                    parent: z.string().optional(),
                    dependencies: z.array(z.string()).nullish(),
                    propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
                }),
            )
            .default([]),
    }),
});

/** A secret stands in an export as an object with this key: what it holds matters to no path. */
const signature = "4dabf18193072939515e22adb298388d";

function open(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(open);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return signature in value
        ? undefined
        : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, open(item)]));
}

/** The resources of an export, outputs before inputs, since they say what the provider decided. */
export function stackOfExport(exported: unknown): StackView {
    const { deployment } = exportSchema.parse(exported);
    return new StackView(
        deployment.resources.map((resource): StackResource => {
            const { urn, type, id, inputs, outputs, dependencies, propertyDependencies } = resource;
            const props = { ...inputs, ...outputs, ...(id === undefined ? {} : { id }) };
            return {
                ...viewOf({
                    type,
                    urn,
                    name: urn.split("::").slice(3).join("::"),
                    props: unknownCheckingProxy(open(props)),
                }),
                parent: resource.parent,
                dependencies: dependencies ?? [],
                propertyDependencies: Object.fromEntries(
                    Object.entries(propertyDependencies ?? {}).map(([name, urns]) => [name, urns ?? []]),
                ),
            };
        }),
    );
}
