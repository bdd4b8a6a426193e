import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "stream-encryption",
    type: "aws:kinesis/stream:Stream",
    cases: [
        {
            kind: "violating",
            title: "a stream in plain",
            props: {
                encryptionType: "NONE",
            },
            findings: ['encryptionType: the stream is not encrypted, got "NONE"; set encryptionType: "KMS"'],
        },
        {
            kind: "violating",
            title: "a delivery stream in plain",
            type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
            props: {
                serverSideEncryption: {
                    enabled: false,
                },
            },
            findings: [
                "serverSideEncryption.enabled: the stream is not encrypted, got false; set serverSideEncryption.enabled: true",
            ],
        },
        {
            kind: "compliant",
            title: "encrypted",
            props: {
                encryptionType: "KMS",
                kmsKeyId: "alias/data",
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a delivery stream that reads from Kinesis",
            type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
            props: {
                kinesisSourceConfiguration: {
                    kinesisStreamArn: "arn:aws:kinesis:eu-west-1:123456789012:stream/in",
                },
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a key without the type",
            props: {
                kmsKeyId: "alias/data",
            },
            findings: ['encryptionType: the stream is not encrypted, got nothing; set encryptionType: "KMS"'],
        },
        {
            kind: "absent",
            title: "a stream that says nothing",
            props: {},
            findings: ['encryptionType: the stream is not encrypted, got nothing; set encryptionType: "KMS"'],
        },
        {
            kind: "absent",
            title: "a delivery stream that says nothing",
            type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
            props: {},
            findings: [
                "serverSideEncryption.enabled: the stream is not encrypted, got nothing; set serverSideEncryption.enabled: true",
            ],
        },
        {
            kind: "unknown",
            title: "unknown",
            props: {
                encryptionType: UNKNOWN,
            },
            findings: ["encryptionType: undecided until deployment, the value is not known in preview"],
        },
    ],
};

export default cases;
