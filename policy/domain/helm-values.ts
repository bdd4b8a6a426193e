import type { Node } from "../engine/node";

const deepest = 12;

/** Every object of the values, with the key it stands under. */
export function* objects(values: Node, depth = deepest, key = ""): Generator<readonly [string, Node]> {
    if (depth === 0 || !values.known) {
        return;
    }
    if (values.isList()) {
        for (const item of values.items()) {
            yield* objects(item, depth - 1, key);
        }
    } else if (values.isObject()) {
        yield [key, values];
        for (const [name, value] of values.entries()) {
            yield* objects(value, depth - 1, name);
        }
    }
}

export interface HelmImage {
    /** Where the fault would be mended. */
    readonly node: Node;
    readonly reference: string;
    /** A value without a tag leaves the choice to the chart, whose version is pinned. */
    readonly tagged: boolean;
}

const imageKey = /(?:^image|Image)$/;

/** Images set by the usual conventions: `image: "repo:tag"`, `image: { registry, repository, tag, digest }`, `repository` with `tag`. */
export function helmImages(values: Node): readonly HelmImage[] {
    return [...objects(values)].flatMap(([key, object]) => [...textImages(object), ...objectImages(key, object)]);
}

function textImages(object: Node): readonly HelmImage[] {
    return object.entries().flatMap(([name, value]) => {
        const text = imageKey.test(name) ? value.string : undefined;
        if (text === undefined || text === "") {
            return [];
        }
        const tag = ["tag", `${name}Tag`].map((sibling) => object.child(sibling)).find((node) => !node.absent);
        if (tag === undefined) {
            return [{ node: value, reference: text, tagged: true }];
        }
        return tag.string === undefined || tag.string === ""
            ? []
            : [{ node: tag, reference: `${text}:${tag.string}`, tagged: true }];
    });
}

function objectImages(key: string, object: Node): readonly HelmImage[] {
    const repository = object.child("repository").string ?? object.child("name").string;
    const tag = object.child("tag");
    const digest = object.child("digest").string ?? object.child("sha").string ?? "";
    if ((!imageKey.test(key) && object.child("repository").absent) || digest !== "" || tag.unknown) {
        return [];
    }
    const text = tag.string ?? tag.number?.toString();
    return text === undefined || text === ""
        ? []
        : [{ node: tag, reference: `${repository ?? "chart-image"}:${text}`, tagged: true }];
}
