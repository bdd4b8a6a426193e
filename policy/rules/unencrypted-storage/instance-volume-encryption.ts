import { z } from "zod";
import type { Node } from "../../engine/node";
import type { Report } from "../../engine/report";
import type { ResourceRule } from "../../engine/rule";

const settings = z.object({
    /** The account encrypts new volumes by default (`aws.ebs.EncryptionByDefault`): then only `encrypted: false` is a fault. */
    accountEncryptsByDefault: z.boolean().default(false),
});

const mend = "it to true, with kmsKeyId";

function checkFlags(list: readonly Node[], byDefault: boolean, report: Report): void {
    for (const flag of list) {
        checkFlag(flag, byDefault, report);
    }
}

function checkFlag(flag: Node, byDefault: boolean, report: Report): void {
    if (flag.unknown) {
        report.undecided(flag);
    } else if (flag.absent ? !byDefault : flag.boolean !== true) {
        report.violation(flag, "the volume is not encrypted", mend);
    }
}

/** The encryption flags of all devices; those without storage of their own (instance store, no device) have none. */
function flags(list: Node, below: string): readonly Node[] {
    return list.unknown
        ? [list]
        : list
              .items()
              .filter((device) => device.get("virtualName").absent && device.get("noDevice").absent)
              // Taken from a snapshot, the volume is encrypted as the snapshot is, unless it says more.
              .filter((device) => device.get(`${below}snapshotId`).absent || !device.get(`${below}encrypted`).absent)
              .map((device) => (device.unknown ? device : device.get(`${below}encrypted`)));
}

export const instanceVolumeEncryption: ResourceRule = {
    id: "instance-volume-encryption",
    title: "Volumes of instances and launch templates are encrypted",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "A device that says nothing is encrypted as its image is, which for public images is not at all.",
    remediation:
        "Set encrypted: true on rootBlockDevice and ebsBlockDevices, and in blockDeviceMappings[].ebs of templates.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-181",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.3" },
        { name: "AWS FSBP", control: "EC2.181" },
        { name: "AWS FSBP", control: "EC2.173" },
    ],
    types: [
        "aws:ec2/instance:Instance",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/ami:Ami",
        "aws:ec2/spotFleetRequest:SpotFleetRequest",
        "aws:imagebuilder/imageRecipe:ImageRecipe",
    ],
    thresholds: settings,
    check({ type, inputs }, report, { thresholds }) {
        const byDefault = settings.parse(thresholds).accountEncryptsByDefault;
        if (type === "aws:ec2/launchTemplate:LaunchTemplate" || type === "aws:imagebuilder/imageRecipe:ImageRecipe") {
            const mappings = inputs.get("blockDeviceMappings");
            if (!mappings.unknown && mappings.items().length === 0 && !byDefault) {
                report.violation(
                    mappings,
                    "the volumes are encrypted only if the image is",
                    "it with ebs.encrypted: true",
                );
            }
            checkFlags(flags(mappings, "ebs."), byDefault, report);
        } else if (type === "aws:ec2/spotFleetRequest:SpotFleetRequest") {
            for (const launch of inputs.get("launchSpecifications").items()) {
                checkDevices(launch, byDefault, report);
            }
        } else if (type === "aws:ec2/ami:Ami") {
            checkFlags(flags(inputs.get("ebsBlockDevices"), ""), byDefault, report);
        } else {
            checkDevices(inputs, byDefault, report);
        }
    },
};

function checkDevices(machine: Node, byDefault: boolean, report: Report): void {
    const root = machine.get("rootBlockDevice");
    const devices = root.isList() ? root.items() : [root];
    checkFlags(
        [...devices.map((device) => device.get("encrypted")), ...flags(machine.get("ebsBlockDevices"), "")],
        byDefault,
        report,
    );
}
