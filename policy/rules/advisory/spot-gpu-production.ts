import { inProduction, productionStacks } from "../../domain/production";
import { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** Instance families with accelerators: https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
const accelerated = /^(?:p\d|g\d|gr\d|trn\d|inf\d|dl\d)/;

/** The property that makes capacity spot, by resource, with the types it then runs on. */
function spot(type: string, inputs: Node): readonly [flag: Node, types: readonly Node[]] {
    switch (type) {
        case "aws:eks/nodeGroup:NodeGroup":
            return [inputs.get("capacityType"), inputs.get("instanceTypes").values()];
        case "aws:batch/computeEnvironment:ComputeEnvironment":
            return [inputs.get("computeResources.type"), inputs.get("computeResources.instanceTypes").values()];
        case "aws:ec2/spotInstanceRequest:SpotInstanceRequest":
            return [Node.of("spot", "instanceType"), [inputs.get("instanceType")]];
        default:
            return [inputs.get("instanceMarketOptions.marketType"), [inputs.get("instanceType")]];
    }
}

export const spotGpuProduction: ResourceRule = {
    id: "spot-gpu-production",
    title: "Production does not depend on spot GPUs",
    category: "advisory",
    enforcement: "advisory",
    severity: "medium",
    why: "Accelerated spot capacity goes away in whole families at once, with two minutes' notice.",
    remediation: "Set capacityType (type, marketType) to on-demand for accelerated instance types.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html",
    frameworks: [],
    types: [
        "aws:eks/nodeGroup:NodeGroup",
        "aws:batch/computeEnvironment:ComputeEnvironment",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/instance:Instance",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    ],
    thresholds: productionStacks,
    check({ type, inputs, urn }, report, { thresholds }) {
        const [flag, types] = spot(type, inputs);
        const gpu = types.find((node) => accelerated.test(node.string ?? ""));
        if (gpu !== undefined && /^spot$/i.test(flag.string ?? "") && inProduction(urn, thresholds)) {
            report.violation(gpu, "production waits for spot GPUs", "the capacity to on-demand");
        }
    },
};
