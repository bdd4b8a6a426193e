import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * Property values as the engine sends them: JSON plus a few signed objects (secrets, outputs, resource references,
 * assets) and sentinel strings for values not known yet. The signatures are those of
 * https://github.com/pulumi/pulumi/blob/v3.225.0/sdk/go/common/resource/properties.go and plugin/rpc.go.
 */
export type Wire = null | boolean | number | string | readonly Wire[] | { readonly [key: string]: Wire };
export type Bag = { readonly [key: string]: Wire };

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_SENTINELS: ReadonlySet<string> = new Set([
    UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // bool
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

export function isBag(value: Wire | undefined): value is Bag {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Wire | undefined): value is readonly Wire[] {
    return Array.isArray(value);
}

function signed(value: Wire | undefined, signature: string): value is Bag {
    return isBag(value) && value[SIGNATURE] === signature;
}

export function isUnknown(value: Wire | undefined): boolean {
    if (typeof value === "string") {
        return UNKNOWN_SENTINELS.has(value);
    }
    if (signed(value, OUTPUT)) {
        return value["value"] === undefined || isUnknown(value["value"]);
    }
    return signed(value, SECRET) && isUnknown(value["value"]);
}

/** True if the value is unknown or holds something unknown at any depth. */
export function hasUnknown(value: Wire | undefined): boolean {
    if (isUnknown(value)) {
        return true;
    }
    if (isList(value)) {
        return value.some(hasUnknown);
    }
    return isBag(value) && Object.values(value).some(hasUnknown);
}

export function isSecret(value: Wire | undefined): boolean {
    return signed(value, SECRET) || (signed(value, OUTPUT) && value["secret"] === true);
}

/** True if the value is secret or holds something secret at any depth. */
export function hasSecret(value: Wire | undefined): boolean {
    if (isSecret(value)) {
        return true;
    }
    if (isList(value)) {
        return value.some(hasSecret);
    }
    return isBag(value) && Object.values(value).some(hasSecret);
}

export function secret(value: Wire): Wire {
    return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** A reference to a resource; a custom resource's `id` is "" while unknown, a component has none. */
export function reference(urn: string, id: string | undefined): Bag {
    return id === undefined ? { [SIGNATURE]: RESOURCE, urn } : { [SIGNATURE]: RESOURCE, urn, id };
}

export function isReference(value: Wire | undefined): value is Bag {
    return signed(value, RESOURCE);
}

/** Takes one layer of secret or output wrapping off. */
export function open(value: Wire | undefined): Wire | undefined {
    if (signed(value, SECRET) || signed(value, OUTPUT)) {
        return open(value["value"] ?? (value[SIGNATURE] === OUTPUT ? UNKNOWN : null));
    }
    return value;
}

/** The bare value at every depth; an asset or archive is represented by its hash. */
export function plain(value: Wire): Wire {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (isList(value)) {
        return value.map(plain);
    }
    if (!isBag(value)) {
        return value;
    }
    switch (value[SIGNATURE]) {
        case SECRET:
        case OUTPUT:
            return plain(open(value) ?? null);
        case RESOURCE:
            return value["id"] ?? value["urn"] ?? null;
        case ASSET:
        case ARCHIVE:
            return value["hash"] ?? null;
        default:
            return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
    }
}

/** Like `plain`, with every secret replaced by a fixed text, so that the result may be hashed or written. */
export function masked(value: Wire): Wire {
    if (isSecret(value)) {
        return "[secret]";
    }
    if (isList(value)) {
        return value.map(masked);
    }
    if (isBag(value) && value[SIGNATURE] === undefined) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
    }
    return plain(value);
}

export function text(value: Wire | undefined): string | undefined {
    const bare = open(value);
    return typeof bare === "string" && !isUnknown(bare) ? bare : undefined;
}

export function bagOf(value: Wire | undefined): Bag {
    const bare = open(value);
    return isBag(bare) ? bare : {};
}

export function listOf(value: Wire | undefined): readonly Wire[] {
    const bare = open(value);
    return isList(bare) ? bare : [];
}

/** A bag without the entries that are undefined. */
export function compact(entries: { readonly [key: string]: Wire | undefined }): Bag {
    const result: { [key: string]: Wire } = {};
    for (const [key, value] of Object.entries(entries)) {
        if (value !== undefined) {
            result[key] = value;
        }
    }
    return result;
}

export function fromStruct(struct: Struct | undefined): Bag {
    return (struct?.toJavaScript() ?? {}) as Bag;
}

export function toStruct(bag: Bag): Struct {
    return Struct.fromJavaScript(bag as Parameters<typeof Struct.fromJavaScript>[0]);
}
