import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "bucket-unguarded",
    stackCases: [
        {
            kind: "violating",
            title: "without either",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
            ],
            findings: [
                "data: no public-access block is stated for the bucket; add a BucketPublicAccessBlock with all four flags true",
                "data: no encryption is stated for the bucket; add a BucketServerSideEncryptionConfiguration with a key of your own",
            ],
        },
        {
            kind: "compliant",
            title: "with both",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    name: "block",
                    props: {},
                    refers: {
                        bucket: ["data"],
                    },
                },
                {
                    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                    name: "encryption",
                    props: {},
                    refers: {
                        bucket: ["data"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "with both by name, older types",
            resources: [
                {
                    type: "aws:s3/bucketV2:BucketV2",
                    name: "data",
                    props: {
                        bucket: "data-1",
                    },
                },
                {
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    name: "block",
                    props: {
                        bucket: "data-1",
                    },
                },
                {
                    type: "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
                    name: "encryption",
                    props: {
                        bucket: "data-1",
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "both, of another bucket",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "logs",
                    props: {},
                },
                {
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    name: "block",
                    props: {},
                    refers: {
                        bucket: ["logs"],
                    },
                },
                {
                    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                    name: "encryption",
                    props: {},
                    refers: {
                        bucket: ["logs"],
                    },
                },
            ],
            findings: [
                "data: no public-access block is stated for the bucket; add a BucketPublicAccessBlock with all four flags true",
                "data: no encryption is stated for the bucket; add a BucketServerSideEncryptionConfiguration with a key of your own",
            ],
        },
        {
            kind: "absent",
            title: "no bucket",
            resources: [
                {
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    name: "block",
                    props: {
                        bucket: "elsewhere",
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "unknown",
            title: "a bucket's name not known yet, referred to",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {
                        bucket: UNKNOWN,
                    },
                },
                {
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    name: "block",
                    props: {
                        bucket: UNKNOWN,
                    },
                    refers: {
                        bucket: ["data"],
                    },
                },
                {
                    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                    name: "encryption",
                    props: {
                        bucket: UNKNOWN,
                    },
                    refers: {
                        bucket: ["data"],
                    },
                },
            ],
            findings: [],
        },
    ],
};

export default cases;
