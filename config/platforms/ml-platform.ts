import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { databaseEngines } from "../database-engines";
import { defaultRelease, supportsFleetsWithThreePrimaries } from "../emr";
import { domainName, email, flag, logRetentionDays, oneOf, roleArn, textOf, vpcCidr, wholeNumber } from "../fields";
import { normalizedTenant, reservedTenants, tenantNameProblem } from "../tenant-names";
import { awsTarget } from "./aws-target";
import { mlTenant } from "./ml-tenant";

const nodes = z.strictObject({
    instanceTypes: z
        .array(textOf(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type such as m6i.large"))
        .min(1, { error: "at least one instance type" })
        .default(["m6i.large"])
        .describe("Types of the nodes that the platform's own applications run on."),
    minSize: wholeNumber(1, 50).default(3).describe("Fewest nodes."),
    maxSize: wholeNumber(1, 50).default(6).describe("Most nodes."),
});

const database = crossField(
    z.strictObject({
        engineVersion: oneOf(databaseEngines.postgres.versions as readonly [string, ...string[]])
            .default("17")
            .describe("Major version of PostgreSQL."),
        instanceClass: textOf(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an RDS class such as db.t4g.medium")
            .default("db.t4g.medium")
            .describe("Class of the instance."),
        storageGiB: wholeNumber(20, 1000).default(20).describe("Size of the storage at first."),
        maxStorageGiB: wholeNumber(21, 2000).default(100).describe("Size that the storage grows to by itself."),
        multiAz: flag().default(false).describe("A standby in another zone."),
        backupRetentionDays: wholeNumber(1, 35).default(7).describe("Days of automated backups."),
    }),
    ["storageGiB", "maxStorageGiB"],
    ({ storageGiB, maxStorageGiB }) =>
        storageGiB >= maxStorageGiB
            ? [{ path: ["maxStorageGiB"], expected: `more than storageGiB (${storageGiB})` }]
            : [],
);

const dns = z.strictObject({
    domainName: domainName().describe("Domain of the platform; a public and a private zone are made for it."),
    parentZoneId: textOf(/^Z[A-Z0-9]{5,31}$/, "a hosted zone id such as Z0123456789ABCDEFGHIJ")
        .optional()
        .describe("Zone of the parent domain in this account, to delegate from. Default: delegate by hand, see docs."),
});

const tenantKey = () =>
    textOf(
        /^(?=.{2,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
        "a tenant name of 2 to 20 lower-case letters, digits and single hyphens, first a letter",
    );

const fields = z.strictObject({
    ...awsTarget,
    product: textOf(/^(?=.{2,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a short lower-case product name such as risk-mlops")
        .default("pai-risk-mlops")
        .describe("First part of all names: {product}-{tenant}-{environment}-{resource}."),
    vpcCidr: vpcCidr().default("10.43.0.0/16"),
    availabilityZones: wholeNumber(2, 4).default(3).describe("Zones that the VPC is spread over."),
    natGateways: oneOf(["single", "per-az"])
        .default("single")
        .describe("Ways out: one is cheaper, one a zone is safer."),
    dns: dns.describe("Names of the platform."),
    kubernetesVersion: textOf(/^1\.\d{2}$/, "an EKS version in quotes such as '1.35'")
        // In standard support until 2027-03-27: https://endoflife.date/amazon-eks
        .default("1.35")
        .describe("Minor version of the control plane and the nodes."),
    nodes: nodes.prefault({}).describe("Nodes of the Kubernetes cluster."),
    administratorRoleArns: z
        .record(textOf(/^[a-z][a-z0-9-]{0,30}$/, "a short lower-case name"), roleArn(), {
            error: "an object of names and role ARNs",
        })
        .prefault({})
        .describe("Roles with full access to the Kubernetes API, by a name of your own."),
    database: database.prefault({}).describe("PostgreSQL of Superset."),
    emrRelease: textOf(/^emr-[67]\.\d{1,2}\.\d$/, "an EMR release label such as emr-7.13.0")
        .default(defaultRelease)
        .describe("Release of all clusters. A change replaces them."),
    logRetentionDays: logRetentionDays().default(90),
    alarmEmails: z
        .array(email(), { error: "a list of e-mail addresses" })
        .min(1, { error: "at least one address" })
        .describe("Who hears of alarms and budgets."),
    protect: flag()
        .default(true)
        .describe("Refuse to delete the database, the lake, the keys and the Kubernetes cluster."),
    tenants: z
        .record(tenantKey(), mlTenant, { error: "an object of tenants by name" })
        .prefault({})
        .describe("Tenants by name. `npm run tenant -- add <name> --stack <stack>` writes a block."),
});

/** `platforms:mlPlatform`: the shared base of Risk MLOps, and its tenants. */
export const mlPlatform = crossField(
    crossField(fields, ["tenants", "product", "environment"], ({ tenants, product, environment }) =>
        Object.keys(tenants).flatMap((tenant, index, all) =>
            // the stack's environment isn't known here; the longest there may be stands for it
            nameFaults(tenant, all.slice(0, index), product, environment ?? "x".repeat(10)),
        ),
    ),
    ["tenants", "emrRelease"],
    ({ tenants, emrRelease }) =>
        supportsFleetsWithThreePrimaries(emrRelease)
            ? []
            : Object.entries(tenants)
                  .filter(([, { production }]) => production.masters === 3)
                  .map(([tenant]) => ({
                      path: ["tenants", tenant, "production", "masters"],
                      expected: `1 with ${emrRelease}: instance fleets have 3 primary nodes from emr-6.12.0 on`,
                      given: "3",
                      mend: "raise emrRelease or set masters to 1",
                  })),
);

function nameFaults(tenant: string, earlier: readonly string[], product: string, environment: string): CrossFault[] {
    const path = ["tenants", tenant];
    if (reservedTenants.includes(tenant)) {
        return [
            {
                path,
                expected: `a name other than ${reservedTenants.join(", ")}, which are reserved`,
                given: JSON.stringify(tenant),
                mend: "give the tenant another name",
            },
        ];
    }
    const twin = earlier.find((other) => normalizedTenant(other) === normalizedTenant(tenant));
    if (twin !== undefined) {
        return [
            {
                path,
                expected: `a name that differs from ${twin} by more than hyphens`,
                given: JSON.stringify(tenant),
                mend: "give one of them another name",
            },
        ];
    }
    const problem = tenantNameProblem({ product, tenant, environment });
    return problem === undefined
        ? []
        : [
              {
                  path,
                  expected: "a name whose resources' names AWS takes",
                  given: problem,
                  mend: "shorten the tenant's name or product",
              },
          ];
}

export type MlPlatformConfig = z.output<typeof mlPlatform>;
