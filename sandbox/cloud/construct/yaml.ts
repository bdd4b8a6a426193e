import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { parseAllDocuments } from "yaml";
import { type Bag, bagOf, isBag, listOf, text, UNKNOWN, type Wire } from "../wire";
import type { Builder } from "./builder";
import { apply, known } from "./values";

/** kubernetes:yaml/v2:ConfigGroup and ConfigFile: every object of the manifests becomes a resource. */
export async function manifestComponent(build: Builder): Promise<ConstructResponse> {
    const given = ["files", "file", "yaml", "objs", "resourcePrefix"].map((name) => build.arg(name) ?? null);
    const values = given.map(known);
    if (values.some((value) => value === undefined)) {
        // As the provider does: nothing can be listed before the manifests are known.
        return build.done({ resources: apply([UNKNOWN], () => null) });
    }
    const [files, file, inline, , prefix] = values;
    const paths = [...listOf(files), ...(typeof file === "string" ? [file] : [])].flatMap((path) =>
        expand(String(path)),
    );
    const manifests = [
        ...paths.map((path) => readFileSync(path, "utf8")),
        ...(typeof inline === "string" ? [inline] : []),
    ];
    const objects = [...manifests.flatMap(parseManifest), ...listOf(build.arg("objs")).map(bagOf)].flatMap(flatten);
    const resources: Wire[] = [];
    for (const object of objects) {
        const { namespace, name } = bagOf(object["metadata"]);
        const place = text(namespace) === undefined ? "" : `${text(namespace)}/`;
        const label = `${text(prefix) ?? build.name}:${place}${text(name) ?? ""}`;
        resources.push((await build.child(tokenOf(object), label, object)).ref);
    }
    return build.done({ resources });
}

function expand(path: string): readonly string[] {
    if (/^https?:/.test(path)) {
        throw new Error(`the sandbox fetches nothing over the network: ${path}; keep a copy beside the program`);
    }
    const name = basename(path);
    if (!name.includes("*")) {
        return [resolve(path)];
    }
    const pattern = new RegExp(`^${name.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
    const folder = resolve(dirname(path));
    return readdirSync(folder)
        .filter((entry) => pattern.test(entry))
        .sort()
        .map((entry) => join(folder, entry));
}

function parseManifest(manifest: string): readonly Bag[] {
    return parseAllDocuments(manifest).flatMap((document) => {
        if (document.errors[0] !== undefined) {
            throw document.errors[0];
        }
        const value = document.toJS() as Wire;
        return isBag(value) ? [value] : [];
    });
}

function flatten(object: Bag): readonly Bag[] {
    return text(object["kind"]) === "List" ? listOf(object["items"]).map(bagOf) : [object];
}

/** `v1` Service -> kubernetes:core/v1:Service */
function tokenOf(object: Bag): string {
    const [apiVersion, kind] = [text(object["apiVersion"]), text(object["kind"])];
    if (apiVersion === undefined || kind === undefined) {
        throw new Error(`a manifest's object has no apiVersion or kind: ${JSON.stringify(object).slice(0, 100)}`);
    }
    return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
