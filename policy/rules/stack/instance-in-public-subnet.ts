import { Network } from "../../domain/network";
import type { StackRule } from "../../engine/rule";
import type { StackResource } from "../../engine/stack";

const subnetType = "aws:ec2/subnet:Subnet";

/** Where machines and databases name the subnets they stand in. */
const placed: Readonly<Record<string, readonly string[]>> = {
    "aws:ec2/instance:Instance": ["subnetId"],
    "aws:rds/subnetGroup:SubnetGroup": ["subnetIds"],
    "aws:elasticache/subnetGroup:SubnetGroup": ["subnetIds"],
    "aws:redshift/subnetGroup:SubnetGroup": ["subnetIds"],
    "aws:docdb/subnetGroup:SubnetGroup": ["subnetIds"],
    "aws:efs/mountTarget:MountTarget": ["subnetId"],
    "aws:eks/nodeGroup:NodeGroup": ["subnetIds"],
    "aws:opensearch/domain:Domain": ["vpcOptions.subnetIds"],
};

/** The resource says itself that it takes no address. */
function refuses(resource: StackResource): boolean {
    return resource.get("associatePublicIpAddress").boolean === false;
}

export const instanceInPublicSubnet: StackRule = {
    id: "instance-in-public-subnet",
    title: "Machines and databases stand in private subnets",
    category: "stack",
    enforcement: "mandatory",
    severity: "medium",
    why: "In a subnet that hands out public addresses, what says nothing of addresses gets one.",
    remediation: "Set subnetId (subnetIds) to private subnets, or associatePublicIpAddress: false on an instance.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-46",
    frameworks: [
        { name: "AWS FSBP", control: "RDS.46" },
        { name: "AWS FSBP", control: "EFS.6" },
    ],
    checkStack(stack, report) {
        const network = Network.of(stack);
        for (const resource of stack.resources) {
            for (const property of placed[resource.type] ?? []) {
                const subnets = network.referred(resource, property, [subnetType]);
                const open = subnets.find((subnet) => subnet.get("mapPublicIpOnLaunch").boolean === true);
                if (open !== undefined && !refuses(resource)) {
                    report.fault(
                        property,
                        `it stands in the public subnet ${open.name}`,
                        "set it to private subnets",
                        resource.urn,
                    );
                }
            }
        }
    },
};
