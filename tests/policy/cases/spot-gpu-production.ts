import { type RuleCases, UNKNOWN } from "../support/cases";

const cases: RuleCases = {
    rule: "spot-gpu-production",
    type: "aws:eks/nodeGroup:NodeGroup",
    cases: [
        {
            kind: "violating",
            title: "a spot group of GPUs",
            props: {
                capacityType: "SPOT",
                instanceTypes: ["g5.xlarge"],
            },
            findings: [
                'instanceTypes[0]: production waits for spot GPUs, got "g5.xlarge"; set the capacity to on-demand',
            ],
        },
        {
            kind: "violating",
            title: "a batch environment",
            type: "aws:batch/computeEnvironment:ComputeEnvironment",
            props: {
                computeResources: {
                    type: "SPOT",
                    instanceTypes: ["p4d.24xlarge"],
                },
            },
            findings: [
                'computeResources.instanceTypes[0]: production waits for spot GPUs, got "p4d.24xlarge"; set the capacity to on-demand',
            ],
        },
        {
            kind: "compliant",
            title: "GPUs on demand",
            props: {
                capacityType: "ON_DEMAND",
                instanceTypes: ["g5.xlarge"],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "spot without GPUs",
            props: {
                capacityType: "SPOT",
                instanceTypes: ["m7i.large"],
            },
            findings: [],
        },
        {
            kind: "harmless",
            title: "a spot group of GPUs in dev",
            stack: "dev",
            props: {
                capacityType: "SPOT",
                instanceTypes: ["g5.xlarge"],
            },
            findings: [],
        },
        {
            kind: "evasion",
            title: "a GPU as second choice",
            props: {
                capacityType: "SPOT",
                instanceTypes: ["m7i.large", "inf2.xlarge"],
            },
            findings: [
                'instanceTypes[1]: production waits for spot GPUs, got "inf2.xlarge"; set the capacity to on-demand',
            ],
        },
        {
            kind: "evasion",
            title: "a spot request",
            type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
            props: {
                instanceType: "g6.xlarge",
            },
            findings: ['instanceType: production waits for spot GPUs, got "g6.xlarge"; set the capacity to on-demand'],
        },
        {
            kind: "absent",
            title: "nothing said is on demand",
            props: {
                instanceTypes: ["g5.xlarge"],
            },
            findings: [],
        },
        {
            kind: "unknown",
            title: "capacity not known yet",
            props: {
                capacityType: UNKNOWN,
                instanceTypes: ["g5.xlarge"],
            },
            findings: [],
        },
    ],
};

export default cases;
