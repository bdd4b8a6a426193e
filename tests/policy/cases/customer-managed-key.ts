import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "customer-managed-key",
    type: "aws:cloudwatch/logGroup:LogGroup",
    cases: [
        {
            kind: "violating",
            title: "an empty key",
            props: {
                kmsKeyId: "",
            },
            findings: ['kmsKeyId: a key of AWS\'s is used, got ""; set kmsKeyId to a key of your own'],
        },
        {
            kind: "violating",
            title: "a repository with AWS's key",
            type: "aws:ecr/repository:Repository",
            props: {
                encryptionConfigurations: [
                    {
                        encryptionType: "KMS",
                    },
                ],
            },
            findings: [
                "encryptionConfigurations[0].kmsKey: a key of AWS's is used, got nothing; set it to a key of your own",
            ],
        },
        {
            kind: "violating",
            title: "a bucket with S3's own keys",
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            props: {
                rules: [
                    {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "AES256",
                        },
                    },
                ],
            },
            findings: [
                "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId: a key of AWS's is used, got nothing; set it to a key of your own",
            ],
        },
        {
            kind: "compliant",
            title: "a key",
            props: {
                kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1",
            },
            findings: [],
        },
        {
            kind: "compliant",
            title: "a bucket with a key",
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            props: {
                rules: [
                    {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "aws:kms",
                            kmsMasterKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1",
                        },
                    },
                ],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a replica takes its source's key",
            type: "aws:rds/instance:Instance",
            props: {
                replicateSourceDb: "main",
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "KMS by name, without a key",
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            props: {
                rules: [
                    {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "aws:kms",
                        },
                    },
                ],
            },
            findings: [
                "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId: a key of AWS's is used, got nothing; set it to a key of your own",
            ],
        },
        {
            kind: "absent",
            title: "a secret",
            type: "aws:secretsmanager/secret:Secret",
            props: {},
            findings: ["kmsKeyId: a key of AWS's is used, got nothing; set kmsKeyId to a key of your own"],
        },
        {
            kind: "absent",
            title: "a repository",
            type: "aws:ecr/repository:Repository",
            props: {},
            findings: [
                "encryptionConfigurations: a key of AWS's is used, got nothing; set encryptionConfigurations[].kmsKey to a key of your own",
            ],
        },
        {
            kind: "unknown",
            title: "a key not known yet",
            props: {
                kmsKeyId: UNKNOWN,
            },
            findings: [],
        },
    ],
};

export default cases;
