import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:sns/topic:Topic",
        property: "kmsMasterKeyId",
        must: "set",
        absent: "violates",
        mend: "kmsMasterKeyId to a key",
    },
];

export const snsEncryption: ResourceRule = {
    id: "sns-encryption",
    title: "SNS topics are encrypted with a key",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "medium",
    why: "SNS keeps messages unencrypted until it is given a key.",
    remediation: "Set kmsMasterKeyId to a key of your own.",
    url: "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
    frameworks: [],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "messages are kept unencrypted", resource, report),
};
