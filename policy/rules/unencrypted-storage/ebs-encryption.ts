import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    { type: "aws:ebs/volume:Volume", property: "encrypted", must: true, absent: "violates" },
    { type: "aws:ebs/snapshotCopy:SnapshotCopy", property: "encrypted", must: true, absent: "violates" },
    { type: "aws:ebs/snapshotImport:SnapshotImport", property: "encrypted", must: true, absent: "violates" },
    { type: "aws:ec2/amiCopy:AmiCopy", property: "encrypted", must: true, absent: "violates" },
    // The resource exists to switch it on: left out, the provider takes true.
    { type: "aws:ebs/encryptionByDefault:EncryptionByDefault", property: "enabled", must: true, absent: "complies" },
];

export const ebsEncryption: ResourceRule = {
    id: "ebs-encryption",
    title: "EBS volumes, copies and the account's default are encrypted",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "Unless the account says otherwise, a volume is stored as written, and so are its snapshots.",
    remediation: "Set encrypted: true (EncryptionByDefault: enabled: true) and kmsKeyId.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-3",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.3" },
        { name: "AWS FSBP", control: "EC2.7" },
        { name: "CIS AWS 3.0", control: "2.2.1" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "it is not encrypted", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
