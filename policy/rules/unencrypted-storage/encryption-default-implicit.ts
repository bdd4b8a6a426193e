import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:eks/cluster:Cluster",
        property: "encryptionConfig",
        must: "set",
        absent: "violates",
        mend: "encryptionConfig.provider.keyArn to a key of your own",
    },
    {
        type: "aws:redshift/cluster:Cluster",
        property: "encrypted",
        must: "set",
        absent: "violates",
        mend: "encrypted: true, and kmsKeyId",
    },
    {
        type: "aws:msk/cluster:Cluster",
        property: "encryptionInfo",
        must: "set",
        absent: "violates",
        mend: "encryptionInfo.encryptionAtRestKmsKeyArn to a key of your own",
    },
    {
        type: "aws:athena/workgroup:Workgroup",
        property: "configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
        must: "set",
        absent: "violates",
        mend: "it to SSE_KMS",
        // Results that Athena keeps itself are encrypted, and need no bucket.
        unless: (resource) => resource.get("configuration.managedQueryResultsConfiguration.enabled").boolean === true,
    },
    {
        type: "aws:sqs/queue:Queue",
        property: "sqsManagedSseEnabled",
        must: "set",
        absent: "violates",
        mend: "kmsMasterKeyId to a key of your own",
        unless: (resource) => !resource.get("kmsMasterKeyId").absent,
    },
];

export const encryptionDefaultImplicit: ResourceRule = {
    id: "encryption-default-implicit",
    title: "Encryption that AWS has on by default is stated",
    category: "unencrypted-storage",
    enforcement: "advisory",
    severity: "low",
    why: "The data is encrypted, with a key of AWS's: what the program does not say, nobody reviews.",
    remediation: "Set the key or the option named in the finding.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-3",
    frameworks: [{ name: "AWS FSBP", control: "EKS.3" }],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "AWS's default decides", resource, report),
};
