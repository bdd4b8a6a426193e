import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    { type: "aws:kinesis/stream:Stream", property: "encryptionType", must: "KMS", absent: "violates" },
    {
        type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        property: "serverSideEncryption.enabled",
        must: true,
        absent: "violates",
        // What is read from a Kinesis stream or Kafka is encrypted there: AWS refuses the setting here.
        unless: (resource) =>
            !resource.get("kinesisSourceConfiguration").absent || !resource.get("mskSourceConfiguration").absent,
    },
];

export const streamEncryption: ResourceRule = {
    id: "stream-encryption",
    title: "Kinesis and Firehose streams are encrypted",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "Records wait in a stream for up to a year, unencrypted until it is told otherwise.",
    remediation: "Set encryptionType: 'KMS' (Firehose: serverSideEncryption.enabled: true).",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kinesis-controls.html#kinesis-1",
    frameworks: [
        { name: "AWS FSBP", control: "Kinesis.1" },
        { name: "AWS FSBP", control: "DataFirehose.1" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the stream is not encrypted", resource, report),
};
