import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    { type: "aws:efs/fileSystem:FileSystem", property: "encrypted", must: true, absent: "violates" },
];

export const efsEncryption: ResourceRule = {
    id: "efs-encryption",
    title: "EFS file systems are encrypted",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "A file system made without encryption stays so for good.",
    remediation: "Set encrypted: true and kmsKeyId.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-1",
    frameworks: [
        { name: "AWS FSBP", control: "EFS.1" },
        { name: "AWS FSBP", control: "EFS.8" },
        { name: "CIS AWS 3.0", control: "2.4.1" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the file system is not encrypted", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
