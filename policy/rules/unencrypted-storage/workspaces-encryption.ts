import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:workspaces/workspace:Workspace",
        property: "rootVolumeEncryptionEnabled",
        must: true,
        absent: "violates",
    },
    {
        type: "aws:workspaces/workspace:Workspace",
        property: "userVolumeEncryptionEnabled",
        must: true,
        absent: "violates",
    },
];

export const workspacesEncryption: ResourceRule = {
    id: "workspaces-encryption",
    title: "WorkSpaces encrypt both volumes",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "A desktop holds what its user works with; its volumes are not encrypted unless asked for.",
    remediation: "Set rootVolumeEncryptionEnabled and userVolumeEncryptionEnabled to true, and volumeEncryptionKey.",
    url: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html",
    frameworks: [
        { name: "AWS FSBP", control: "WorkSpaces.1" },
        { name: "AWS FSBP", control: "WorkSpaces.2" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the volume is not encrypted", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
