import type * as aws from "@pulumi/aws";

/** Everything that decides what the machines of one cluster are. */
export interface FleetSizes {
    readonly masters: 1 | 3;
    readonly masterInstanceTypes: readonly string[];
    readonly instanceTypes: readonly string[];
    readonly coreOnDemand: number;
    readonly coreSpot: number;
    readonly taskMinSpot: number;
    readonly spotTimeoutMinutes: number;
    readonly volumeGiB: number;
}

/** Name of the fleet that grows and shrinks. */
export const taskFleetName = "task";

/** One node counts as one unit of a fleet's capacity: all its types are of one size. */
const typeConfigs = (types: readonly string[], volumeGiB: number) =>
    types.map((instanceType) => ({
        instanceType,
        weightedCapacity: 1,
        // encrypted by the cluster's security configuration
        ebsConfigs: [{ type: "gp3", size: volumeGiB, volumesPerInstance: 1 }],
    }));

/** https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-instance-fleet.html#emr-instance-fleet-allocation-strategy */
const onDemand = { onDemandSpecifications: [{ allocationStrategy: "lowest-price" }] };

const spot = (timeoutDurationMinutes: number) => ({
    spotSpecifications: [
        {
            // where spare capacity is deepest, so that nodes are seldom taken back
            allocationStrategy: "capacity-optimized",
            timeoutAction: "SWITCH_TO_ON_DEMAND",
            timeoutDurationMinutes,
        },
    ],
});

/** Primary nodes are on demand only: EMR has no others where there are three of them. */
export function masterFleet(sizes: FleetSizes): aws.types.input.emr.ClusterMasterInstanceFleet {
    return {
        name: "master",
        targetOnDemandCapacity: sizes.masters,
        instanceTypeConfigs: typeConfigs(sizes.masterInstanceTypes, sizes.volumeGiB),
        launchSpecifications: onDemand,
    };
}

export function coreFleet(sizes: FleetSizes): aws.types.input.emr.ClusterCoreInstanceFleet {
    return {
        name: "core",
        targetOnDemandCapacity: sizes.coreOnDemand,
        targetSpotCapacity: sizes.coreSpot,
        instanceTypeConfigs: typeConfigs(sizes.instanceTypes, sizes.volumeGiB),
        launchSpecifications: { ...onDemand, ...spot(sizes.spotTimeoutMinutes) },
    };
}

export function taskFleet(sizes: FleetSizes): Omit<aws.emr.InstanceFleetArgs, "clusterId"> {
    return {
        name: taskFleetName,
        targetOnDemandCapacity: 0,
        targetSpotCapacity: sizes.taskMinSpot,
        instanceTypeConfigs: typeConfigs(sizes.instanceTypes, sizes.volumeGiB),
        launchSpecifications: { ...onDemand, ...spot(sizes.spotTimeoutMinutes) },
    };
}
