import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

const property: Readonly<Record<string, string>> = {
    "aws:ec2/instance:Instance": "associatePublicIpAddress",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": "associatePublicIpAddress",
    "aws:ec2/launchConfiguration:LaunchConfiguration": "associatePublicIpAddress",
    "aws:ecs/service:Service": "networkConfiguration.assignPublicIp",
    "aws:ecs/taskSet:TaskSet": "networkConfiguration.assignPublicIp",
    "aws:cloudwatch/eventTarget:EventTarget": "ecsTarget.networkConfiguration.assignPublicIp",
};

function switches(type: string, inputs: Node): readonly Node[] {
    if (type !== "aws:ec2/launchTemplate:LaunchTemplate") {
        return [inputs.get(property[type] ?? "")];
    }
    const interfaces = inputs.get("networkInterfaces");
    return interfaces.unknown ? [interfaces] : interfaces.items().map((item) => item.get("associatePublicIpAddress"));
}

/** Left out, the subnet decides: see the rule on subnets. */
export const publicIp: ResourceRule = {
    id: "public-ip",
    title: "Instances and tasks have no public address",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "With a public address, a security group is all that stands between the machine and the internet.",
    remediation: "Set associatePublicIpAddress (assignPublicIp) to false and go out through NAT or VPC endpoints.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.9" },
        { name: "AWS FSBP", control: "EC2.25" },
        { name: "AWS FSBP", control: "Autoscaling.5" },
        { name: "AWS FSBP", control: "ECS.2" },
    ],
    types: [...Object.keys(property), "aws:ec2/launchTemplate:LaunchTemplate"],
    check({ type, inputs }, report) {
        for (const node of switches(type, inputs)) {
            if (node.unknown) {
                report.undecided(node);
            } else if (node.boolean === true) {
                report.violation(node, "it gets a public address", "it to false");
            }
        }
    },
};
