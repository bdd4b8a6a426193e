/** An image reference by the grammar of https://github.com/distribution/reference */
export interface ImageReference {
    readonly domain: string | undefined;
    readonly path: string;
    readonly tag: string | undefined;
    readonly digest: string | undefined;
}

const domainPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const pathPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const longest = 4096;

/** `undefined` for what is no image reference. */
export function parseImageReference(text: string): ImageReference | undefined {
    if (text.length > longest) {
        return undefined;
    }
    const at = text.indexOf("@");
    const digest = at < 0 ? undefined : text.slice(at + 1);
    const rest = at < 0 ? text : text.slice(0, at);
    // A colon before the last slash belongs to a registry's port.
    const colon = rest.indexOf(":", rest.lastIndexOf("/") + 1);
    const tag = colon < 0 ? undefined : rest.slice(colon + 1);
    const name = colon < 0 ? rest : rest.slice(0, colon);
    const slash = name.indexOf("/");
    const first = name.slice(0, Math.max(slash, 0));
    const named = slash > 0 && (/[.:A-Z[]/.test(first) || first === "localhost");
    const domain = named ? first : undefined;
    const path = named ? name.slice(slash + 1) : name;
    const valid =
        pathPattern.test(path) &&
        (domain === undefined || domainPattern.test(domain)) &&
        (tag === undefined || tagPattern.test(tag)) &&
        (digest === undefined || digestPattern.test(digest));
    return valid ? { domain, path, tag, digest } : undefined;
}

/** What makes the image change without the program changing; `undefined` if nothing does. */
export function imageFault(text: string, movingTags: readonly string[]): string | undefined {
    const reference = parseImageReference(text);
    if (reference === undefined) {
        return "the text is no image reference";
    }
    if (reference.digest !== undefined) {
        return undefined;
    }
    if (reference.tag === undefined) {
        return "the image has no tag, which means latest";
    }
    return movingTags.includes(reference.tag.toLowerCase()) ? `the tag ${reference.tag} moves` : undefined;
}
