import type { ResourceRule } from "../../engine/rule";

export const ecsVolumeTransit: ResourceRule = {
    id: "ecs-volume-transit",
    title: "ECS tasks mount EFS over TLS",
    category: "in-transit",
    enforcement: "mandatory",
    severity: "medium",
    why: "An EFS mount is plain NFS unless the volume says otherwise.",
    remediation: 'Set volumes[].efsVolumeConfiguration.transitEncryption: "ENABLED".',
    url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html",
    frameworks: [],
    types: ["aws:ecs/taskDefinition:TaskDefinition"],
    check(resource, report) {
        for (const volume of resource.get("volumes").items()) {
            const efs = volume.get("efsVolumeConfiguration");
            const flag = efs.get("transitEncryption");
            if (flag.unknown) {
                report.undecided(flag);
            } else if (efs.known && flag.string !== "ENABLED") {
                report.violation(flag, "the mount is not encrypted", 'it to "ENABLED"');
            }
        }
    },
};
