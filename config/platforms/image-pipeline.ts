import { z } from "zod";
import { crossField } from "../cross-field";
import {
    accountId,
    arn,
    domainName,
    email,
    flag,
    logRetentionDays,
    narrowCidr,
    oneOf,
    region,
    roleArn,
    textOf,
    vpcCidr,
    wholeNumber,
} from "../fields";
import { gpuInstances } from "../gpu-instances";
import { awsTarget } from "./aws-target";
import {
    atMostMax,
    cluster,
    gpuNodesFor,
    instanceType,
    model,
    processor,
    schedule,
    upload,
} from "./image-pipeline-compute";

const shared = crossField(
    z.strictObject(
        {
            accountId: accountId().describe("Account that holds the ECR repository and the shared roles."),
            assumeRoleArn: roleArn().describe(
                "Role in the shared account that the workloads and the pipeline's CI assume.",
            ),
            externalId: textOf(/^[\w+=,.@:/-]{2,1224}$/, "an STS external id of 2 to 1224 characters").describe(
                "External id that the shared role's trust policy asks for.",
            ),
        },
        { error: "the shared account: an object with accountId, assumeRoleArn and externalId" },
    ),
    ["accountId", "assumeRoleArn"],
    (value) =>
        value.assumeRoleArn.split(":")[4] === value.accountId
            ? []
            : [
                  {
                      path: ["assumeRoleArn"],
                      expected: `a role of the shared account ${value.accountId}`,
                      mend: "name the role that the shared-services stack created",
                  },
              ],
);

const acuText = "Aurora capacity units from 0.5 to 256 in steps of 0.5";
/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 * 0 is left out: RDS Proxy keeps connections open, and a cluster with open connections never pauses.
 */
const acu = () =>
    z.number({ error: acuText }).min(0.5, { error: acuText }).max(256, { error: acuText }).multipleOf(0.5, {
        error: acuText,
    });

const database = crossField(
    z.strictObject({
        // An LTS release, kept for about three years: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Updates.LTS.html
        engineVersion: textOf(/^1[5-9]\.\d{1,2}$/, "an Aurora PostgreSQL version in quotes such as '16.8'")
            .default("16.8")
            .describe("Aurora PostgreSQL version; 16.8 and 17.7 get long-term support."),
        minCapacity: acu().default(0.5).describe("Least capacity, in Aurora capacity units of about 2 GiB."),
        maxCapacity: acu().default(4).describe("Most capacity, in Aurora capacity units. Also bounds the bill."),
        readers: wholeNumber(0, 15).default(0).describe("Readers beside the writer; one is failed over to."),
        backupRetentionDays: wholeNumber(1, 35).default(7).describe("Days that point-in-time recovery reaches back."),
        rotationDays: wholeNumber(1, 365).default(30).describe("Days between changes of the database password."),
    }),
    ["minCapacity", "maxCapacity"],
    ({ minCapacity, maxCapacity }) => atMostMax(minCapacity, maxCapacity, ["minCapacity", "maxCapacity"]),
);

const bastion = z.strictObject({
    instanceType: instanceType("an EC2 instance type such as t3.micro")
        .default("t3.micro")
        .describe("EC2 instance type, x86."),
    allowedCidrs: z
        .array(narrowCidr())
        .default([])
        .describe(
            "Networks that reach the bastion by SSH. Empty: it has no public address and is reached through SSM only.",
        ),
});

const api = crossField(
    z.strictObject({
        authorization: oneOf(["iam", "cognito", "apiKey"])
            .default("iam")
            .describe(
                "How callers prove who they are: AWS signatures, tokens of Cognito user pools, or an API key with a usage plan. A key can't tell persons apart and never expires: AWS advises against it as the only proof.",
            ),
        userPoolArns: z
            .array(arn("cognito-idp"))
            .default([])
            .describe("Cognito user pools whose tokens are taken; with authorization cognito only."),
        dailyQuota: wholeNumber(1, 10_000_000)
            .optional()
            .describe("Requests a day that the usage plan grants; with authorization apiKey only."),
        rateLimit: wholeNumber(1, 10_000).default(50).describe("Requests a second that the stage takes."),
        burstLimit: wholeNumber(1, 5_000).default(100).describe("Requests at once that the stage takes."),
        wafRateLimit: wholeNumber(10, 2_000_000)
            .default(2000)
            .describe("Requests of one address in five minutes before the firewall blocks it."),
        domain: z
            .strictObject({
                name: domainName().describe("Name that callers use."),
                certificateArn: arn("acm").describe("Certificate for the name, in the platform's region."),
                hostedZoneId: textOf(/^Z[A-Z0-9]{1,31}$/, "a Route 53 hosted zone id such as Z0123456789ABC")
                    .optional()
                    .describe(
                        "Zone of this account to put the alias record in. Default: the record is made elsewhere.",
                    ),
            })
            .optional()
            .describe("Custom domain. Default: the API's own execute-api name."),
    }),
    ["authorization", "userPoolArns", "dailyQuota"],
    ({ authorization, userPoolArns, dailyQuota }) => [
        ...((authorization === "cognito") === userPoolArns.length > 0
            ? []
            : [
                  {
                      path: ["userPoolArns"],
                      expected: authorization === "cognito" ? "at least one user pool" : "no user pools",
                      mend:
                          authorization === "cognito"
                              ? "name the pools whose tokens the API takes"
                              : "remove them or set authorization to cognito",
                  },
              ]),
        ...((authorization === "apiKey") === (dailyQuota !== undefined)
            ? []
            : [
                  {
                      path: ["dailyQuota"],
                      expected: authorization === "apiKey" ? "a quota for the usage plan" : "no quota",
                      mend:
                          authorization === "apiKey"
                              ? "say how many requests a day a key is good for"
                              : "remove it or set authorization to apiKey",
                  },
              ]),
    ],
);

const github = z.strictObject({
    repository: textOf(/^[\w.-]+\/[\w.-]+$/, "a GitHub repository such as mediaviz/infrastructure").describe(
        "Repository, as owner/name.",
    ),
    environment: textOf(/^[\w.-]{1,255}$/, "the name of a GitHub environment").describe(
        "GitHub environment whose jobs may assume the role; give it required reviewers in prod.",
    ),
    providerArn: textOf(
        /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
        "an ARN such as arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
    )
        .optional()
        .describe("GitHub's OIDC provider, where the account has one already. Default: it is created."),
});

const fields = z.strictObject({
    ...awsTarget,
    vpcCidr: vpcCidr().default("10.41.0.0/16"),
    availabilityZones: wholeNumber(2, 4).default(3).describe("Availability zones that the network spans."),
    natGateways: oneOf(["single", "per-az"])
        .default("single")
        .describe("Ways out for private subnets: one for all zones, or one a zone that survives the loss of another."),
    replicaRegion: region().describe("Region that holds the replica of the image bucket."),
    logRetentionDays: logRetentionDays().default(30),
    protect: flag()
        .default(false)
        .describe("Refuse to delete what holds data, and keep a final database snapshot. On in prod."),
    shared: shared.describe("The shared account, which holds images and model weights."),
    cluster: cluster.prefault({}).describe("The EKS cluster that the models run on."),
    database: database.prefault({}).describe("Aurora PostgreSQL Serverless v2."),
    bastion: bastion.prefault({}).describe("Way of people to the database."),
    api: api.prefault({}).describe("REST API that hands out upload links."),
    upload: upload.describe("Function that answers the API."),
    processors: z
        .strictObject({
            blur: processor.describe("Measures how blurred an image is."),
            colors: processor.describe("Finds the dominant colours of an image."),
            facialRecognition: processor.describe("Finds and matches faces in an image."),
        })
        .describe("Image processors on Lambda, by model type."),
    models: z
        .strictObject({
            evidence: model.describe("Derives evidence from an image."),
            imageClassification: model.describe("Classifies what an image shows."),
            featureExtraction: model.describe("Extracts the feature vector of an image."),
        })
        .describe("Models on GPU nodes, by model type."),
    schedule: schedule.prefault({}).describe("Business hours of the models."),
    argoCdHighAvailability: flag().default(false).describe("Run Argo CD with several replicas of each part."),
    github: github.describe("Repository whose jobs deploy the platform."),
    alarmEmails: z.array(email()).default([]).describe("Addresses that are asked to confirm a subscription to alarms."),
});

/** `platforms:imagePipeline`: MediaViz, from the upload API to the models and their database. */
export const imagePipeline = crossField(
    crossField(
        crossField(fields, ["region", "replicaRegion"], (value) =>
            value.replicaRegion === value.region
                ? [
                      {
                          path: ["replicaRegion"],
                          expected: `a region other than the platform's own (${value.region})`,
                          mend: "choose a region that a failure of the first leaves standing",
                      },
                  ]
                : [],
        ),
        ["accountId", "shared"],
        (value) =>
            value.shared.accountId === value.accountId
                ? [
                      {
                          path: ["shared", "accountId"],
                          expected: "an account other than the platform's own",
                          mend: "name the account of the shared-services stack",
                      },
                  ]
                : [],
    ),
    ["cluster", "models", "schedule"],
    ({ cluster: { gpuNodes: nodes }, models, schedule: { offHoursReplicas } }) => {
        const gpusPerNode = gpuInstances[nodes.instanceType]?.gpus ?? 0;
        const pods = Object.entries(models);
        const tooBig = pods.filter(([, { gpusPerPod }]) => gpusPerPod > gpusPerNode);
        const tooFew = pods.filter(([, { replicas }]) => replicas < offHoursReplicas);
        const needed = gpuNodesFor(Object.values(models), gpusPerNode);
        return [
            ...tooBig.map(([name, { gpusPerPod }]) => ({
                path: ["models", name, "gpusPerPod"],
                expected: `at most the GPUs of one ${nodes.instanceType} (${gpusPerNode})`,
                given: String(gpusPerPod),
            })),
            ...tooFew.map(([name, { replicas }]) => ({
                path: ["models", name, "replicas"],
                expected: `at least schedule.offHoursReplicas (${offHoursReplicas})`,
                given: String(replicas),
            })),
            ...(tooBig.length === 0 && needed > nodes.maxSize
                ? [
                      {
                          path: ["cluster", "gpuNodes", "maxSize"],
                          expected: `at least ${needed} nodes of ${nodes.instanceType}, which the models' replicas need`,
                          given: String(nodes.maxSize),
                      },
                  ]
                : []),
        ];
    },
);

export type ImagePipelineConfig = z.output<typeof imagePipeline>;
