import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { defaultFleet, fleetFamilies, fleetLimits, fleetVcpus } from "../emr";
import { email, flag, wholeNumber } from "../fields";

const percent = () => wholeNumber(1, 100);

const fleetTypes = () =>
    z
        .array(
            z
                .string({ error: "an EC2 instance type such as r6g.2xlarge" })
                .refine((type) => fleetVcpus(type) !== undefined, {
                    error: `an instance type of ${fleetFamilies.join(", ")}, xlarge to 16xlarge`,
                }),
            { error: `a list of ${fleetLimits.min} to ${fleetLimits.max} instance types` },
        )
        .min(fleetLimits.min, { error: `at least ${fleetLimits.min} instance types: spot needs the choice` })
        .max(fleetLimits.max, { error: `at most ${fleetLimits.max} instance types` });

/** What a cluster is when its tenant says nothing else. */
interface ClusterDefaults {
    readonly masters: 1 | 3;
    readonly coreOnDemand: number;
    readonly coreSpot: number;
    readonly taskMinSpot: number;
    readonly taskMaxSpot: number;
    readonly memoryThresholdPercent: number;
    readonly budgetUsd: number;
}

const clusterFields = (defaults: ClusterDefaults) => ({
    masters: z
        .literal([1, 3], { error: "1, or 3 for high availability" })
        .default(defaults.masters)
        .describe("Primary nodes: 3 survive the loss of one. Always on demand."),
    masterInstanceTypes: fleetTypes()
        .default([...defaultFleet("general", "xlarge")])
        .describe("Types of the primary nodes; three primaries are all of the one type that EMR finds capacity for."),
    instanceTypes: fleetTypes()
        .optional()
        .describe("Types of core and task nodes, all of one size. Default: by memoryOptimized, 2xlarge."),
    coreOnDemand: wholeNumber(1, 200)
        .default(defaults.coreOnDemand)
        .describe("Core nodes on demand: they hold HDFS, so a cluster never has none."),
    coreSpot: wholeNumber(0, 200).default(defaults.coreSpot).describe("Core nodes of spare capacity beside those."),
    taskMinSpot: wholeNumber(1, 500)
        .default(defaults.taskMinSpot)
        .describe("Fewest task nodes; spare capacity, on demand where there is none."),
    taskMaxSpot: wholeNumber(1, 500).default(defaults.taskMaxSpot).describe("Most task nodes."),
    spotTimeoutMinutes: wholeNumber(5, 1440)
        .default(15)
        .describe("Minutes that EMR looks for spare capacity before it takes on-demand instances."),
    memoryThresholdPercent: percent()
        .default(defaults.memoryThresholdPercent)
        .describe("Percent of YARN memory left free below which task nodes are added."),
    memoryReleasePercent: percent().default(75).describe("Percent of YARN memory left free above which task nodes go."),
    scalingStep: wholeNumber(1, 50).default(2).describe("Task nodes added or taken away at once."),
    volumeGiB: wholeNumber(32, 4096).default(128).describe("Encrypted gp3 volume of each node for HDFS and shuffles."),
    budgetUsd: z
        .number({ error: "an amount in USD above 0" })
        .positive({ error: "an amount in USD above 0" })
        .default(defaults.budgetUsd)
        .describe("Monthly budget in USD."),
});

interface ClusterNumbers {
    readonly taskMinSpot: number;
    readonly taskMaxSpot: number;
    readonly memoryThresholdPercent: number;
    readonly memoryReleasePercent: number;
    readonly instanceTypes?: readonly string[];
}

function clusterFaults(cluster: ClusterNumbers): CrossFault[] {
    const faults: CrossFault[] = [];
    if (cluster.taskMinSpot > cluster.taskMaxSpot) {
        faults.push({
            path: ["taskMinSpot"],
            expected: `at most taskMaxSpot (${cluster.taskMaxSpot})`,
            mend: "lower taskMinSpot or raise taskMaxSpot",
        });
    }
    if (cluster.memoryThresholdPercent >= cluster.memoryReleasePercent) {
        faults.push({
            path: ["memoryThresholdPercent"],
            expected: `less than memoryReleasePercent (${cluster.memoryReleasePercent})`,
            mend: "keep them apart: nodes would come and go all the time",
        });
    }
    const sizes = new Set((cluster.instanceTypes ?? []).map(fleetVcpus));
    if (sizes.size > 1) {
        faults.push({
            path: ["instanceTypes"],
            expected: "types of one size, which counts as one node",
            given: (cluster.instanceTypes ?? []).join(", "),
            mend: "take the same size of each family",
        });
    }
    return faults;
}

const clusterKeys = [
    "taskMinSpot",
    "taskMaxSpot",
    "memoryThresholdPercent",
    "memoryReleasePercent",
    "instanceTypes",
] as const;

const production = crossField(
    z.strictObject(
        clusterFields({
            masters: 3,
            coreOnDemand: 2,
            coreSpot: 1,
            taskMinSpot: 1,
            taskMaxSpot: 12,
            memoryThresholdPercent: 15,
            budgetUsd: 1500,
        }),
    ),
    clusterKeys,
    clusterFaults,
);

/** EMR overrides auto-termination where there are three primaries: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha-launch.html */
const staging = crossField(
    crossField(
        z.strictObject({
            ...clusterFields({
                masters: 1,
                coreOnDemand: 1,
                coreSpot: 0,
                taskMinSpot: 1,
                taskMaxSpot: 3,
                memoryThresholdPercent: 25,
                budgetUsd: 200,
            }),
            idleHours: wholeNumber(1, 168)
                .default(2)
                .describe("Hours without work after which the cluster ends itself. `pulumi up` brings it back."),
        }),
        clusterKeys,
        clusterFaults,
    ),
    ["masters"],
    ({ masters }) =>
        masters === 3
            ? [
                  {
                      path: ["masters"],
                      expected: "1: EMR doesn't end a cluster of 3 primary nodes when it is idle",
                      mend: "set it to 1",
                  },
              ]
            : [],
);

/** One tenant: its storage, identities and clusters. */
export const mlTenant = z.strictObject({
    memoryOptimized: flag()
        .default(true)
        .describe(
            "Core and task nodes have 8 GiB of memory a vCPU instead of 4. Where instanceTypes is given, that counts.",
        ),
    protect: flag()
        .default(true)
        .describe(
            "Refuse to delete the tenant's buckets, key and production cluster. Set to false before removing it.",
        ),
    production: production.prefault({}).describe("The cluster that is always there."),
    staging: staging.optional().describe("A second, smaller cluster on the same data. Absent: none."),
    alarmEmails: z
        .array(email())
        .min(1, { error: "at least one address" })
        .optional()
        .describe("Who hears of the tenant's alarms and budgets. Default: the platform's addresses."),
});

export type MlTenantConfig = z.output<typeof mlTenant>;
export type MlClusterConfig = MlTenantConfig["production"] & { readonly idleHours?: number };
