import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const catalog = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings";
const configuration = "aws:glue/securityConfiguration:SecurityConfiguration";
const attached = {
    property: "securityConfiguration",
    must: "set",
    absent: "violates",
    mend: "securityConfiguration to one that encrypts",
} as const;

const settings: readonly Setting[] = [
    {
        type: catalog,
        property: "dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode",
        must: { not: "DISABLED" },
        absent: "violates",
        mend: "it to SSE-KMS",
    },
    {
        type: catalog,
        property: "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted",
        must: true,
        absent: "violates",
    },
    {
        type: configuration,
        property: "encryptionConfiguration.s3Encryption.s3EncryptionMode",
        must: { not: "DISABLED" },
        absent: "violates",
        mend: "it to SSE-KMS",
    },
    {
        type: configuration,
        property: "encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode",
        must: { not: "DISABLED" },
        absent: "violates",
        mend: "it to SSE-KMS",
    },
    {
        type: configuration,
        property: "encryptionConfiguration.jobBookmarksEncryption.jobBookmarksEncryptionMode",
        must: { not: "DISABLED" },
        absent: "violates",
        mend: "it to CSE-KMS",
    },
    { type: "aws:glue/job:Job", ...attached },
    { type: "aws:glue/crawler:Crawler", ...attached },
    { type: "aws:glue/devEndpoint:DevEndpoint", ...attached },
];

export const glueEncryption: ResourceRule = {
    id: "glue-encryption",
    title: "Glue encrypts its catalog, and jobs and crawlers use a security configuration",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "medium",
    why: "The catalog holds connection passwords, and a job without a security configuration writes its results and logs unencrypted.",
    remediation: "Set securityConfiguration on jobs and crawlers, and the modes in the encryption settings to SSE-KMS.",
    url: "https://docs.aws.amazon.com/glue/latest/dg/set-up-encryption.html",
    frameworks: [],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the data is not encrypted", resource, report),
};
