import type { ResourceRule } from "../../engine/rule";

export const transferProtocol: ResourceRule = {
    id: "transfer-protocol",
    title: "Transfer servers do not speak FTP",
    category: "in-transit",
    enforcement: "mandatory",
    severity: "medium",
    why: "FTP sends user names, passwords and files in plain.",
    remediation: "Set protocols to SFTP or FTPS.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/transfer-controls.html#transfer-2",
    frameworks: [{ name: "AWS FSBP", control: "Transfer.2" }],
    types: ["aws:transfer/server:Server"],
    check(resource, report) {
        for (const protocol of resource.get("protocols").values()) {
            if (protocol.unknown) {
                report.undecided(protocol);
            } else if (protocol.string?.toUpperCase() === "FTP") {
                report.violation(protocol, "files and passwords travel in plain", "it to SFTP or FTPS");
            }
        }
    },
};
