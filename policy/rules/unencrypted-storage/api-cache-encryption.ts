import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:apigateway/methodSettings:MethodSettings",
        property: "settings.cacheDataEncrypted",
        must: true,
        absent: "violates",
        unless: (resource) => resource.get("settings.cachingEnabled").boolean !== true,
    },
    { type: "aws:appsync/apiCache:ApiCache", property: "atRestEncryptionEnabled", must: true, absent: "violates" },
];

export const apiCacheEncryption: ResourceRule = {
    id: "api-cache-encryption",
    title: "API caches are encrypted",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "medium",
    why: "A cache holds the answers to authorised calls.",
    remediation: "Set settings.cacheDataEncrypted: true (AppSync: atRestEncryptionEnabled: true).",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-5",
    frameworks: [
        { name: "AWS FSBP", control: "APIGateway.5" },
        { name: "AWS FSBP", control: "AppSync.1" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the cache is not encrypted", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
