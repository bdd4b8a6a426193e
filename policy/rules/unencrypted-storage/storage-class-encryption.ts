import type { ResourceRule } from "../../engine/rule";

const awsProvisioner = /(?:^|\.)ebs\.csi\.aws\.com$|^kubernetes\.io\/aws-ebs$|^ebs\.csi\.eks\.amazonaws\.com$/;

export const storageClassEncryption: ResourceRule = {
    id: "storage-class-encryption",
    title: "Storage classes make encrypted volumes",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "Volumes that claims ask for are made by the class, and EBS leaves them unencrypted unless it says so.",
    remediation: 'Set parameters.encrypted: "true" and parameters.kmsKeyId.',
    url: "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md",
    frameworks: [{ name: "AWS FSBP", control: "EC2.3" }],
    types: (type) => /^kubernetes:storage\.k8s\.io\/v1\w*:StorageClass(?:Patch)?$/.test(type),
    check(resource, report) {
        const flag = resource.get("parameters.encrypted");
        if (!awsProvisioner.test(resource.get("provisioner").string ?? "")) {
            return;
        }
        if (flag.unknown) {
            report.undecided(flag);
        } else if (flag.boolean !== true) {
            report.violation(flag, "volumes of the class are not encrypted", 'it to "true"');
        }
    },
};
