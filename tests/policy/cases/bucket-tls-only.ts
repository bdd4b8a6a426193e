import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "bucket-tls-only",
    stackCases: [
        {
            kind: "violating",
            title: "a policy that lets plain requests through",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"s3:*","Resource":"*"}]}',
                    },
                    refers: {
                        bucket: ["data"],
                    },
                },
            ],
            findings: [
                "data: the bucket answers requests without TLS; add a BucketPolicy that denies them by aws:SecureTransport",
            ],
        },
        {
            kind: "compliant",
            title: "a policy that refuses them",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
                    },
                    refers: {
                        bucket: ["data"],
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "harmless",
            title: "a refusal of old TLS versions",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {
                        bucket: "data-1",
                    },
                },
                {
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        bucket: "data-1",
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:TlsVersion":"1.2"}}}]}',
                    },
                },
            ],
            findings: [],
        },
        {
            kind: "evasion",
            title: "a refusal of those who do use TLS",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}',
                    },
                    refers: {
                        bucket: ["data"],
                    },
                },
            ],
            findings: [
                "data: the bucket answers requests without TLS; add a BucketPolicy that denies them by aws:SecureTransport",
            ],
        },
        {
            kind: "evasion",
            title: "a refusal for one account",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
                {
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"123456789012"},"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
                    },
                    refers: {
                        bucket: ["data"],
                    },
                },
            ],
            findings: [
                "data: the bucket answers requests without TLS; add a BucketPolicy that denies them by aws:SecureTransport",
            ],
        },
        {
            kind: "evasion",
            title: "the other bucket's policy",
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
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
                    },
                    refers: {
                        bucket: ["logs"],
                    },
                },
            ],
            findings: [
                "data: the bucket answers requests without TLS; add a BucketPolicy that denies them by aws:SecureTransport",
            ],
        },
        {
            kind: "absent",
            title: "no policy",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {},
                },
            ],
            findings: [
                "data: the bucket answers requests without TLS; add a BucketPolicy that denies them by aws:SecureTransport",
            ],
        },
        {
            kind: "unknown",
            title: "a policy not known yet",
            resources: [
                {
                    type: "aws:s3/bucket:Bucket",
                    name: "data",
                    props: {
                        policy: UNKNOWN,
                    },
                },
                {
                    type: "aws:s3/bucketPolicy:BucketPolicy",
                    name: "policy",
                    props: {
                        policy: UNKNOWN,
                    },
                    refers: {
                        bucket: ["data"],
                        policy: ["data"],
                    },
                },
            ],
            findings: [],
        },
    ],
};

export default cases;
