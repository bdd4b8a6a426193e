import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "api-cache-encryption",
    type: "aws:apigateway/methodSettings:MethodSettings",
    cases: [
        {
            kind: "violating",
            title: "a cache in plain",
            props: {
                settings: {
                    cachingEnabled: true,
                    cacheDataEncrypted: false,
                },
            },
            findings: [
                "settings.cacheDataEncrypted: the cache is not encrypted, got false; set settings.cacheDataEncrypted: true",
            ],
        },
        {
            kind: "violating",
            title: "an AppSync cache",
            type: "aws:appsync/apiCache:ApiCache",
            props: {
                atRestEncryptionEnabled: false,
            },
            findings: [
                "atRestEncryptionEnabled: the cache is not encrypted, got false; set atRestEncryptionEnabled: true",
            ],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                settings: {
                    cachingEnabled: true,
                    cacheDataEncrypted: true,
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "no caching",
            props: {
                settings: {
                    cachingEnabled: false,
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "caching without a word on encryption",
            props: {
                settings: {
                    cachingEnabled: true,
                },
            },
            findings: [
                "settings.cacheDataEncrypted: the cache is not encrypted, got nothing; set settings.cacheDataEncrypted: true",
            ],
        },
        {
            kind: "absent",
            title: "no settings",
            props: {
                settings: {},
            },
            findings: [],
        },
        {
            kind: "absent",
            title: "an AppSync cache that says nothing",
            type: "aws:appsync/apiCache:ApiCache",
            props: {},
            findings: [
                "atRestEncryptionEnabled: the cache is not encrypted, got nothing; set atRestEncryptionEnabled: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                settings: {
                    cachingEnabled: true,
                    cacheDataEncrypted: UNKNOWN,
                },
            },
            findings: ["settings.cacheDataEncrypted: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
