import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:kms/key:Key",
        property: "enableKeyRotation",
        must: true,
        absent: "violates",
        // KMS rotates symmetric keys for encryption, made by itself, only.
        unless: (resource) =>
            !/^(?:SYMMETRIC_DEFAULT)?$/.test(resource.get("customerMasterKeySpec").string ?? "") ||
            !/^(?:ENCRYPT_DECRYPT)?$/.test(resource.get("keyUsage").string ?? "") ||
            !resource.get("customKeyStoreId").absent,
    },
];

export const kmsRotation: ResourceRule = {
    id: "kms-rotation",
    title: "Keys are rotated",
    category: "advisory",
    enforcement: "advisory",
    severity: "medium",
    why: "Rotation limits what one key's material ever encrypted.",
    remediation: "Set enableKeyRotation: true.",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    frameworks: [{ name: "CIS AWS 3.0", control: "3.6" }],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the key is never rotated", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
