import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** Lists of accounts in which one word means everyone. */
const places: Readonly<Record<string, string>> = {
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": "accountId",
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission": "group",
    "aws:rds/snapshot:Snapshot": "sharedAccounts",
    "aws:rds/snapshotCopy:SnapshotCopy": "sharedAccounts",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": "sharedAccounts",
    "aws:neptune/clusterSnapshot:ClusterSnapshot": "sharedAccounts",
    "aws:docdb/clusterSnapshot:ClusterSnapshot": "sharedAccounts",
    "aws:ssm/document:Document": "permissions.account_ids",
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": "state",
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": "state",
};

/** An SSM document's permissions are a map of strings; its accounts stand in one of them, separated by commas. */
function accounts(type: string, inputs: Node): Node {
    const permissions = inputs.get("permissions");
    return type === "aws:ssm/document:Document" && !permissions.child("accountIds").absent
        ? permissions.child("accountIds")
        : inputs.get(places[type] ?? "");
}

export const imageSharedPublicly: ResourceRule = {
    id: "image-shared-publicly",
    title: "Snapshots, images and documents are not shared with everyone",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "critical",
    why: "A public snapshot is copied by strangers within hours; what was on the disk is theirs.",
    remediation: "Name the accounts that may use it; set the account-wide blocks to block sharing.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-1",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.1" },
        { name: "AWS FSBP", control: "RDS.1" },
        { name: "AWS FSBP", control: "SSM.4" },
    ],
    types: Object.keys(places),
    check({ type, inputs }, report) {
        const node = accounts(type, inputs);
        for (const item of node.unknown ? [node] : node.values()) {
            const words = (item.string ?? "")
                .toLowerCase()
                .split(",")
                .map((word) => word.trim());
            if (item.unknown) {
                report.undecided(item);
            } else if (words.includes("all")) {
                report.violation(item, "it is shared with everyone", "it to the accounts that may use it");
            } else if (words.includes("unblocked")) {
                report.violation(
                    item,
                    "public sharing is allowed",
                    "it to block-all-sharing (images: block-new-sharing)",
                );
            }
        }
    },
};
