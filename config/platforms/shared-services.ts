import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { accountId, arn, domainName, email, flag, oneOf, roleArn, textOf, wholeNumber } from "../fields";
import { awsTarget } from "./aws-target";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const part = "[a-z0-9]+([._-][a-z0-9]+)*";
const repositoryName = () =>
    textOf(
        new RegExp(`^(?=.{2,256}$)(${part}/)*${part}$`),
        "an ECR repository name of 2 to 256 lower-case letters, digits and ._-/ between them",
    );

const shortName = (what: string) =>
    textOf(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/, `${what} of 2 to 20 lower-case letters, digits and hyphens`);

const record = <Value extends z.ZodType>(key: z.ZodType<string, string>, value: Value, what: string) =>
    z.record(key, value, { error: what }).default({});

const image = z.strictObject({
    lambda: flag()
        .default(false)
        .describe("Functions of the workload accounts run from this repository, so Lambda itself may pull."),
    keepTagged: wholeNumber(10, 10_000)
        .default(200)
        .describe("Tagged images that are kept; beyond them the oldest go, so it must reach back past what runs."),
    keepUntaggedDays: wholeNumber(1, 365).default(14).describe("Days that images without a tag are kept."),
});

const artifactBucket = z.strictObject({
    bucketName: textOf(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "an S3 bucket name of 3 to 63 characters")
        .optional()
        .describe("Physical name. Default: <system>-shared-<key>-<accountId>."),
    noncurrentDays: wholeNumber(1, 3650).default(90).describe("Days that overwritten and deleted versions are kept."),
});

const workloadRole = z.strictObject({
    callerExternalId: textOf(/^[\w+=,.@:/-]{8,1224}$/, "an STS external id of 8 to 1224 characters").describe(
        "External id that callers have to send.",
    ),
    trustedRoles: z
        .array(textOf(/^[\w+=,.@/-]{1,126}\*?$/, "a role name, or its beginning and an asterisk"))
        .min(1, { error: "at least one role name" })
        .optional()
        .describe("Roles of the workload account that may assume it. Default: <system>-<workload>-*."),
    readArtifacts: z.array(z.string()).default([]).describe("Artifact buckets, by key, that it reads."),
    writeArtifacts: z.array(z.string()).default([]).describe("Artifact buckets, by key, that it reads and writes."),
    manageZones: z.array(z.string()).default([]).describe("Zones whose records it may change."),
    maxSessionSeconds: wholeNumber(3600, 43200).default(3600).describe("Longest session in seconds."),
});

const workload = z.strictObject({
    accountId: accountId().describe("AWS account of the workload; it may pull the system's images and charts."),
    role: workloadRole.optional().describe("Role <system>-shared-<workload> for it. Default: none."),
});

const stackName = () => textOf(/^[\w.-]{1,100}$/, "a stack name");

const githubRole = crossField(
    z.strictObject({
        repository: textOf(/^[\w.-]+\/[\w.-]+$/, "a repository such as owner/name"),
        environment: textOf(/^[\w-]{1,64}$/, "a GitHub environment")
            .optional()
            .describe("Environment that the jobs run in; its reviewers decide who deploys. Give this or branch."),
        branch: textOf(/^[\w./-]{1,200}$/, "a branch name")
            .optional()
            .describe("Branch whose jobs may assume the role. Give this or environment."),
        pushImages: flag().default(false).describe("May push images and charts."),
        writeArtifacts: z.array(z.string()).default([]).describe("Artifact buckets, by key, that it writes."),
        assumeRoles: z.array(roleArn()).default([]).describe("Roles that deploy in the workload accounts."),
        stateStacks: z.array(stackName()).default([]).describe("Stacks whose state and secrets it reads."),
        stateWrite: flag().default(false).describe("May deploy these stacks, not only preview them."),
        maxSessionSeconds: wholeNumber(3600, 43200).default(3600).describe("Longest session in seconds."),
    }),
    ["environment", "branch", "pushImages", "writeArtifacts", "assumeRoles", "stateStacks"],
    (role) => [
        ...((role.environment === undefined) === (role.branch === undefined)
            ? [
                  {
                      path: [],
                      expected: "exactly one of environment and branch",
                      given: role.branch === undefined ? "neither" : "both",
                      mend: role.branch === undefined ? "add one of them" : "remove one of them",
                  },
              ]
            : []),
        ...(!role.pushImages && [role.writeArtifacts, role.assumeRoles, role.stateStacks].every((list) => !list.length)
            ? [
                  {
                      path: [],
                      expected: "at least one of pushImages, writeArtifacts, assumeRoles and stateStacks",
                      given: "none",
                      mend: "say what the jobs may do or remove the role",
                  },
              ]
            : []),
    ],
);

const baseline = z.strictObject({
    guardDuty: flag()
        .default(true)
        .describe("Threat detection. Off where an organization's administrator turns it on."),
    securityHub: flag().default(true).describe("Security Hub with AWS's foundational standard."),
    accessAnalyzer: flag().default(true).describe("Findings about what is shared with other accounts."),
    passwordMinLength: wholeNumber(14, 128).default(14).describe("Shortest password of IAM users (CIS asks for 14)."),
});

/** Config of one system's shared account. */
export const sharedSystem = crossField(
    z.strictObject({
        ...awsTarget,
        workloads: record(shortName("a workload name"), workload, "workload accounts by name"),
        images: record(repositoryName(), image, "image repositories by name"),
        imageScanning: oneOf(["basic", "enhanced"])
            .default("enhanced")
            .describe("basic looks once at each push; enhanced (Amazon Inspector) goes on looking, for money."),
        charts: z.array(repositoryName()).default([]).describe("OCI repositories of Helm charts."),
        artifacts: record(shortName("a purpose"), artifactBucket, "artifact buckets by purpose"),
        zones: z.array(domainName()).default([]).describe("Public Route53 zones."),
        github: record(shortName("a role name"), githubRole, "GitHub roles by name"),
        state: z
            .strictObject({
                bucketName: textOf(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "an S3 bucket name"),
                keyArn: arn("kms").describe("Key of the stacks' secrets and of the bucket."),
            })
            .optional()
            .describe("State of Pulumi as docs/going-live.md sets it up. Needed by GitHub roles with stateStacks."),
        baseline: baseline.prefault({}).describe("What holds for the account as a whole."),
        budget: z
            .strictObject({
                monthlyUsd: wholeNumber(1, 1_000_000),
                emails: z.array(email()).min(1, { error: "at least one e-mail address" }),
            })
            .describe("Monthly budget of the account's resources of this system."),
        deletionProtection: flag().default(true).describe("Refuse to delete repositories, buckets, zones and keys."),
    }),
    ["workloads", "artifacts", "zones", "charts", "images", "github", "state"],
    ({ workloads, artifacts, zones, charts, images, github, state }) => [
        ...Object.entries(workloads).flatMap(([name, { role }]) => [
            ...unknownNames(["workloads", name, "role", "readArtifacts"], role?.readArtifacts, Object.keys(artifacts)),
            ...unknownNames(
                ["workloads", name, "role", "writeArtifacts"],
                role?.writeArtifacts,
                Object.keys(artifacts),
            ),
            ...unknownNames(["workloads", name, "role", "manageZones"], role?.manageZones, zones),
        ]),
        ...Object.entries(github).flatMap(([name, role]) => [
            ...unknownNames(["github", name, "writeArtifacts"], role.writeArtifacts, Object.keys(artifacts)),
            ...(role.stateStacks.length > 0 && state === undefined
                ? [{ path: ["github", name, "stateStacks"], expected: "none without state", mend: "set state too" }]
                : []),
        ]),
        ...charts.flatMap((chart, index) =>
            chart in images || charts.indexOf(chart) < index
                ? [{ path: ["charts", index], expected: "a repository that images and charts don't name yet" }]
                : [],
        ),
    ],
);

function unknownNames(
    path: PropertyKey[],
    given: readonly string[] | undefined,
    known: readonly string[],
): CrossFault[] {
    return (given ?? []).flatMap((name, index) =>
        known.includes(name)
            ? []
            : [
                  {
                      path: [...path, index],
                      expected: known.length > 0 ? `one of ${known.join(", ")}` : "nothing, as the system has none",
                  },
              ],
    );
}

/** `platforms:sharedServices`: per system, the account that its environments share. */
export const sharedServices = crossField(
    z.strictObject({
        systems: z
            .record(shortName("a system name"), sharedSystem, { error: "shared accounts by system" })
            .describe("A shared account each; the system's name begins the physical names."),
    }),
    ["systems"],
    // The account's settings and GitHub's identity provider exist once.
    ({ systems }) => {
        const entries = Object.entries(systems);
        return entries.flatMap(([name, { accountId: account }], index) =>
            entries
                .slice(0, index)
                .filter(([, earlier]) => earlier.accountId === account)
                .map(([earlier]) => ({
                    path: ["systems", name, "accountId"],
                    expected: `an account apart from that of systems.${earlier}`,
                })),
        );
    },
);

export type SharedSystemConfig = z.output<typeof sharedSystem>;
