import { z } from "zod";
import { crossField } from "../cross-field";
import { databaseEngines } from "../database-engines";
import { accountId, arn, flag, oneOf, roleArn, textOf, timeZone, vpcCidr, wholeNumber } from "../fields";
import { gpuInstances } from "../gpu-instances";

const id = (prefix: string, what: string) => textOf(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), what);
const idList = (prefix: string, what: string, min: number) =>
    z
        .array(id(prefix, `an id such as ${prefix}-0123456789abcdef0`), { error: `a list of ${what}` })
        .min(min, { error: `at least ${min} ${what}` });
const days = (what: string) => wholeNumber(1, 3650).describe(`${what} At least 1: nothing is kept for ever.`);

export const network = z.strictObject({
    vpcCidr: vpcCidr(),
    availabilityZones: z
        .array(textOf(/^[a-z]{2}(-[a-z]+)+-\d[a-f]$/, "a zone such as us-east-1a"))
        .min(2, { error: "at least two availability zones" })
        .max(3, { error: "at most three availability zones" })
        .default(["us-east-1a", "us-east-1b"])
        .describe("By name, so that a zone can be added without moving the others. Zones have to offer the GPU type."),
    natGateways: oneOf(["single", "per-az"])
        .default("single")
        .describe("Ways out for private subnets: one for all zones, or one a zone, which survives the loss of a zone."),
    interfaceEndpoints: flag()
        .default(false)
        .describe("Reach ECR, SQS, logs and secrets without the NAT gateway; paid by the hour and zone."),
    existing: z
        .strictObject({
            vpcId: id("vpc", "a VPC id such as vpc-0123456789abcdef0").describe("The VPC."),
            publicSubnetIds: idList("subnet", "public subnets in different zones", 2).describe(
                "For the load balancer.",
            ),
            privateSubnetIds: idList("subnet", "private subnets in different zones", 2).describe(
                "For tasks, instances and mount targets; with a way out by NAT.",
            ),
            isolatedSubnetIds: idList("subnet", "subnets for databases in different zones", 2).describe(
                "For the database.",
            ),
            privateRouteTableIds: idList("rtb", "route tables of the private subnets", 1).describe(
                "Get the route to the shared services.",
            ),
        })
        .optional()
        .describe(
            "Use a VPC that is there already, of range vpcCidr, instead of making one. It keeps its own ACLs and flow logs.",
        ),
});

export const sharedServices = z.strictObject({
    accountId: accountId(),
    roleArn: roleArn().describe("Role in the shared account that the deployer assumes for DNS and peering."),
    externalId: textOf(/^[\w+=,.@:/-]{2,1224}$/, "an STS external id of 2 to 1224 characters")
        .optional()
        .describe("External id that this role asks for."),
    hostedZoneId: textOf(/^Z[A-Z0-9]{5,31}$/, "a hosted zone id such as Z0123456789ABCDEFGHIJ").describe(
        "Public zone of the domain.",
    ),
    vpcId: id("vpc", "a VPC id such as vpc-0123456789abcdef0").describe("VPC to peer with."),
    peerCidr: vpcCidr().describe("IPv4 range of that VPC."),
    routeTableIds: idList("rtb", "route tables of the shared VPC", 1).describe("Get a route back."),
    accessExternalId: textOf(/^[\w+=,.@:/-]{8,1224}$/, "an STS external id of 8 to 1224 characters").describe(
        "External id of the role that this platform gets in the shared account.",
    ),
    bucketNames: z
        .array(textOf(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket name"))
        .default([])
        .describe("Buckets of the shared account that the platform reads and writes."),
    secretArns: z.array(arn("secretsmanager")).default([]).describe("Secrets of the shared account that it reads."),
});

const gpuTypes = () =>
    z
        .array(
            z
                .string({ error: "an EC2 instance type with an NVIDIA GPU such as g4dn.xlarge" })
                .refine((type) => type in gpuInstances, {
                    error: `an EC2 instance type with an NVIDIA GPU (${Object.keys(gpuInstances).join(", ")})`,
                }),
        )
        .min(1, { error: "at least one instance type" });

export const gpu = crossField(
    z.strictObject({
        instanceTypes: gpuTypes().default(["g4dn.xlarge"]).describe("Preferred first; the rest when it isn't there."),
        highLoad: flag().default(false).describe("Use highLoadInstanceTypes instead, for a time of many long jobs."),
        highLoadInstanceTypes: gpuTypes().default(["g4dn.4xlarge"]).describe("As instanceTypes, while highLoad is on."),
        minInstances: wholeNumber(0, 50)
            .default(0)
            .describe("Instances that are always there; 0 costs nothing without jobs."),
        maxInstances: wholeNumber(1, 100)
            .default(4)
            .describe("Instances at most; the account's quota has to allow them."),
        spotShare: wholeNumber(0, 100).default(0).describe("Percent of the instances that are spare capacity."),
        rootVolumeGiB: wholeNumber(60, 1000).default(100).describe("Encrypted gp3; images with CUDA are large."),
        utilizationTarget: wholeNumber(50, 90).default(75).describe("Percent of the GPUs that scaling keeps to."),
        warmPool: z
            .strictObject({
                minSize: wholeNumber(0, 20).default(1).describe("Stopped instances at least."),
                maxPrepared: wholeNumber(1, 50).default(2).describe("Running and stopped instances together."),
            })
            .optional()
            .describe("Stopped instances that start in one minute instead of ten."),
    }),
    ["warmPool", "spotShare", "instanceTypes", "minInstances", "maxInstances"],
    ({ warmPool, spotShare, instanceTypes, minInstances, maxInstances }) => [
        // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html
        ...(warmPool && (spotShare > 0 || instanceTypes.length > 1)
            ? [
                  {
                      path: ["warmPool"],
                      expected: "no warm pool beside spot capacity or several instance types",
                      mend: "remove warmPool, or set spotShare to 0 and keep one instance type",
                  },
              ]
            : []),
        ...(minInstances > maxInstances
            ? [
                  {
                      path: ["minInstances"],
                      expected: `at most maxInstances (${maxInstances})`,
                      mend: "lower minInstances or raise maxInstances",
                  },
              ]
            : []),
    ],
);

const efs = crossField(
    z.strictObject({
        throughputMode: oneOf(["elastic", "bursting", "provisioned"])
            .default("elastic")
            .describe("How throughput is paid: by use, by size with credits, or by the month."),
        provisionedMibps: wholeNumber(1, 3414).optional().describe("MiB/s, with throughputMode provisioned only."),
    }),
    ["throughputMode", "provisionedMibps"],
    ({ throughputMode, provisionedMibps }) =>
        (throughputMode === "provisioned") === (provisionedMibps !== undefined)
            ? []
            : [
                  {
                      path: ["provisionedMibps"],
                      expected: `${provisionedMibps === undefined ? "a number" : "nothing"} with throughputMode ${throughputMode}`,
                  },
              ],
);

export const storage = crossField(
    z.strictObject({
        efs: efs.prefault({}).describe("File system of running jobs and models."),
        audioRetentionDays: days("Days that uploads and extracted audio are kept.").default(90),
        transcriptRetentionDays: days("Days that transcripts are kept.").default(365),
        archiveRetentionDays: days("Days that archived transcripts are kept.").default(730),
        noncurrentRetentionDays: days("Days that overwritten and deleted versions are kept.").default(30),
        archiveTierAfterDays: wholeNumber(1, 3650)
            .default(30)
            .describe("Days after which the archive moves to Glacier Instant Retrieval."),
    }),
    ["archiveRetentionDays", "archiveTierAfterDays"],
    ({ archiveRetentionDays, archiveTierAfterDays }) =>
        archiveTierAfterDays < archiveRetentionDays
            ? []
            : [
                  {
                      path: ["archiveTierAfterDays"],
                      expected: `less than archiveRetentionDays (${archiveRetentionDays})`,
                  },
              ],
);

export const database = crossField(
    z.strictObject({
        engine: oneOf(["mysql", "postgres"]).default("mysql").describe("Changing it makes a new, empty database."),
        engineVersion: textOf(/^\d{1,2}(\.\d)?$/, "a major version in quotes such as '8.4'")
            .default("8.4")
            .describe("Major version, in quotes; minor ones follow by themselves."),
        instanceClass: textOf(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an RDS class such as db.t4g.medium")
            .default("db.t4g.medium")
            .describe("RDS class."),
        storageGiB: wholeNumber(20, 16384).default(20).describe("GiB at first."),
        maxStorageGiB: wholeNumber(21, 65536).default(100).describe("GiB that the storage grows to by itself."),
        multiAz: flag().default(false).describe("A standby in another zone."),
        backupRetentionDays: wholeNumber(1, 35).default(7).describe("Days that any second can be restored from."),
    }),
    ["engine", "engineVersion", "storageGiB", "maxStorageGiB"],
    ({ engine, engineVersion, storageGiB, maxStorageGiB }) => {
        const { versions } = databaseEngines[engine];
        return [
            ...(versions.includes(engineVersion)
                ? []
                : [{ path: ["engineVersion"], expected: `a major version of ${engine} (${versions.join(", ")})` }]),
            ...(maxStorageGiB > storageGiB
                ? []
                : [{ path: ["maxStorageGiB"], expected: `more than storageGiB (${storageGiB})` }]),
        ];
    },
);

const clock = () => textOf(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day in quotes such as '20:00'");

export const offHours = z.strictObject({
    from: clock().default("20:00").describe("When work ends, in quotes."),
    until: clock().default("07:00").describe("When work begins, in quotes."),
    days: oneOf(["MON-FRI", "MON-SAT", "MON-SUN"])
        .default("MON-FRI")
        .describe("Days on which work begins and ends; what lies between is off."),
    timeZone: timeZone().default("America/New_York").describe("Of both times."),
    workerTasks: wholeNumber(0, 50).default(0).describe("Tasks of each worker at most meanwhile; jobs wait."),
    apiTasks: wholeNumber(1, 50).default(1).describe("Tasks of the api at least meanwhile."),
});

export const text = (what: string) => z.string({ error: what }).min(10, { error: what }).max(120, { error: what });
