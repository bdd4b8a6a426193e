import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "glue-encryption",
    type: "aws:glue/securityConfiguration:SecurityConfiguration",
    cases: [
        {
            kind: "violating",
            title: "one of three off",
            props: {
                encryptionConfiguration: {
                    s3Encryption: {
                        s3EncryptionMode: "DISABLED",
                    },
                    cloudwatchEncryption: {
                        cloudwatchEncryptionMode: "SSE-KMS",
                    },
                    jobBookmarksEncryption: {
                        jobBookmarksEncryptionMode: "CSE-KMS",
                    },
                },
            },
            findings: [
                'encryptionConfiguration.s3Encryption.s3EncryptionMode: the data is not encrypted, got "DISABLED"; set it to SSE-KMS',
            ],
        },
        {
            kind: "violating",
            title: "a catalog in plain",
            type: "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
            props: {
                dataCatalogEncryptionSettings: {
                    encryptionAtRest: {
                        catalogEncryptionMode: "DISABLED",
                    },
                    connectionPasswordEncryption: {
                        returnConnectionPasswordEncrypted: false,
                    },
                },
            },
            findings: [
                'dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode: the data is not encrypted, got "DISABLED"; set it to SSE-KMS',
                "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted: the data is not encrypted, got false; set dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted: true",
            ],
        },
        {
            kind: "compliant",
            title: "all three on",
            props: {
                encryptionConfiguration: {
                    s3Encryption: {
                        s3EncryptionMode: "SSE-KMS",
                    },
                    cloudwatchEncryption: {
                        cloudwatchEncryptionMode: "SSE-KMS",
                    },
                    jobBookmarksEncryption: {
                        jobBookmarksEncryptionMode: "CSE-KMS",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "S3's own keys",
            props: {
                encryptionConfiguration: {
                    s3Encryption: {
                        s3EncryptionMode: "SSE-S3",
                    },
                    cloudwatchEncryption: {
                        cloudwatchEncryptionMode: "SSE-KMS",
                    },
                    jobBookmarksEncryption: {
                        jobBookmarksEncryptionMode: "CSE-KMS",
                    },
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a job with an empty configuration",
            type: "aws:glue/job:Job",
            props: {
                securityConfiguration: "",
            },
            findings: [
                'securityConfiguration: the data is not encrypted, got ""; set securityConfiguration to one that encrypts',
            ],
        },
        {
            kind: "absent",
            title: "a crawler without one",
            type: "aws:glue/crawler:Crawler",
            props: {},
            findings: [
                "securityConfiguration: the data is not encrypted, got nothing; set securityConfiguration to one that encrypts",
            ],
        },
        {
            kind: "unknown",
            title: "a job's configuration not known yet is one",
            type: "aws:glue/job:Job",
            props: {
                securityConfiguration: UNKNOWN,
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "an unknown mode",
            props: {
                encryptionConfiguration: {
                    s3Encryption: {
                        s3EncryptionMode: UNKNOWN,
                    },
                    cloudwatchEncryption: {
                        cloudwatchEncryptionMode: "SSE-KMS",
                    },
                    jobBookmarksEncryption: {
                        jobBookmarksEncryptionMode: "CSE-KMS",
                    },
                },
            },
            findings: [
                "encryptionConfiguration.s3Encryption.s3EncryptionMode: undecided until deployment, the value is not known in preview",
            ],
        },
    ],
};

export default cases;
