import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const settings: readonly Setting[] = [
    {
        type: "aws:codebuild/project:Project",
        property: "artifacts.encryptionDisabled",
        must: false,
        absent: "complies",
    },
    {
        type: "aws:codebuild/project:Project",
        property: "logsConfig.s3Logs.encryptionDisabled",
        must: false,
        absent: "complies",
    },
    {
        type: "aws:codebuild/reportGroup:ReportGroup",
        property: "exportConfig.s3Destination.encryptionDisabled",
        must: false,
        absent: "complies",
    },
];

export const codebuildEncryption: ResourceRule = {
    id: "codebuild-encryption",
    title: "CodeBuild does not switch off the encryption of artifacts and logs",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "medium",
    why: "Artifacts and logs are encrypted unless the project says no.",
    remediation: "Leave encryptionDisabled out, or set it to false.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html#codebuild-3",
    frameworks: [
        { name: "AWS FSBP", control: "CodeBuild.3" },
        { name: "AWS FSBP", control: "CodeBuild.7" },
    ],
    types: typesOf(settings),
    check(resource, report) {
        const what = "encryption is switched off";
        checkSettings(settings, what, resource, report);
        for (const artifact of resource.get("secondaryArtifacts").items()) {
            if (artifact.get("encryptionDisabled").boolean === true) {
                report.violation(artifact.get("encryptionDisabled"), what, "it to false");
            }
        }
    },
};
