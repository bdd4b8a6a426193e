import { z } from "zod";
import { type CrossFault, crossField } from "../cross-field";
import { arn, domainName, email, flag, logRetentionDays, oneOf, region, textOf, vpcCidr, wholeNumber } from "../fields";
import { awsTarget } from "./aws-target";
import { webAppAuth, webAppCache, webAppDatabase } from "./web-app-data";
import { serviceFaults, webAppServices } from "./web-app-services";

const certificateArn = () =>
    textOf(/^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/, "an ARN of a certificate of ACM");

const network = z.strictObject({
    vpcCidr: vpcCidr(),
    availabilityZones: wholeNumber(2, 3).default(2).describe("Zones that everything is spread over."),
    natGateways: oneOf(["single", "per-az"])
        .default("single")
        .describe("One for the VPC is cheaper, one per zone survives the loss of a zone."),
    interfaceEndpoints: flag()
        .default(false)
        .describe("Reach ECR, logs and secrets without the NAT gateway; paid by the hour and zone. S3 always does."),
});

const domain = crossField(
    z.strictObject({
        name: domainName().describe("Host name of the app."),
        hostedZoneId: textOf(/^Z[A-Z0-9]{5,31}$/, "a hosted zone id such as Z0123456789ABCDEFGHIJ")
            .optional()
            .describe("Zone of Route 53 in this account that gets the app's record and the certificates' proofs."),
        certificateArn: certificateArn()
            .optional()
            .describe("Certificate in us-east-1 for the name. Default: made in the hosted zone."),
    }),
    ["hostedZoneId", "certificateArn"],
    ({ hostedZoneId, certificateArn: own }) => [
        ...(hostedZoneId === undefined && own === undefined
            ? [
                  {
                      path: ["hostedZoneId"],
                      expected: "a hosted zone, or a certificateArn for the name",
                      given: "neither",
                      mend: "add the zone, in which a certificate is then made, or the certificate that exists",
                  },
              ]
            : []),
        ...(own !== undefined && !own.includes(":us-east-1:")
            ? [
                  {
                      path: ["certificateArn"],
                      expected: "a certificate in us-east-1, the only region CloudFront takes them from",
                  },
              ]
            : []),
    ],
);

const edge = z.strictObject({
    domain: domain
        .optional()
        .describe("The app's own name. Default: one of CloudFront's, which accepts old versions of TLS too."),
    origin: z
        .strictObject({
            domainName: domainName().describe("A name that the certificate is for."),
            certificateArn: certificateArn().describe("Certificate in the platform's region."),
        })
        .optional()
        .describe(
            "What the load balancer shows to CloudFront. Default: a certificate for domain.name, which needs its hosted zone.",
        ),
    priceClass: oneOf(["PriceClass_100", "PriceClass_200", "PriceClass_All"])
        .default("PriceClass_100")
        .describe("Where CloudFront answers from: North America and Europe, most of the world, everywhere."),
    requestsPerFiveMinutes: wholeNumber(10, 1_000_000)
        .default(2000)
        .describe("Requests of one address before it is blocked."),
    contentSecurityPolicy: z
        .string({ error: "a content security policy" })
        .min(1, { error: "a content security policy" })
        .default("default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'")
        .describe("What pages of the app may load."),
});

const files = z.strictObject({
    infrequentAccessAfterDays: wholeNumber(30, 3650)
        .default(90)
        .describe("Days after which files move to cheaper storage."),
    noncurrentDays: wholeNumber(1, 3650).default(30).describe("Days that overwritten and deleted versions are kept."),
});

const backup = z.strictObject({
    hourly: flag().default(false).describe("A recovery point every hour rather than every day."),
    hourlyRetentionDays: wholeNumber(1, 35).default(2).describe("Days that hourly recovery points are kept."),
    dailyRetentionDays: wholeNumber(1, 365).default(7).describe("Days that daily recovery points are kept."),
});

const disasterRecovery = z.strictObject({
    region: region().describe("Second region, which gets the files, the recovery points and the database's logs."),
    retentionDays: wholeNumber(1, 35).default(7).describe("Days that copies are kept there."),
});

const audit = z.strictObject({
    retentionDays: wholeNumber(30, 3650)
        .default(90)
        .describe("Days that the files of the trail can't be deleted or changed by anybody; they go afterwards."),
    configRecorder: flag()
        .default(false)
        .describe("Record the configuration of all resources with AWS Config. One recorder a region and account."),
});

const shape = z.strictObject({
    ...awsTarget,
    environment: oneOf(["dev", "staging", "prod", "dr"]).describe(
        "Environment in this platform's names and tags; dr stands in for prod in the second region, and is held to the same.",
    ),
    network: network.describe("The VPC that everything lives in."),
    edge: edge.prefault({}).describe("Where people come in: CloudFront, and the names and certificates for it."),
    services: webAppServices,
    database: webAppDatabase.prefault({}).describe("PostgreSQL 15 on RDS."),
    cache: webAppCache.prefault({}).describe("Redis or Valkey on ElastiCache."),
    files: files.prefault({}).describe("Buckets of what people upload."),
    auth: webAppAuth.prefault({}).describe("Sign-in by Cognito."),
    backup: backup.prefault({}).describe("Recovery points of database and files, by AWS Backup."),
    disasterRecovery: disasterRecovery.optional().describe("Copies in a second region. Default: there are none."),
    audit: audit.prefault({}).describe("Who did what in the account: CloudTrail, and AWS Config if asked for."),
    syntheticCheck: flag().default(false).describe("Ask for the app's health page from outside every 30 seconds."),
    alarmEmails: z
        .array(email())
        .min(1, { error: "at least one e-mail address" })
        .describe("Who hears of alarms and of the budget."),
    monthlyBudgetUsd: wholeNumber(10, 1_000_000).describe("USD a month; told at 80 and 100 percent."),
    logRetentionDays: logRetentionDays().default(30),
    deletionProtection: flag().default(true).describe("Refuse to delete what holds data. Can't be off in prod."),
    github: z
        .strictObject({
            repository: textOf(/^[\w.-]+\/[\w.-]+$/, "a repository such as owner/name").describe(
                "Repository on GitHub.",
            ),
            environment: textOf(/^[\w-]{1,64}$/, "a GitHub environment").describe(
                "Environment that deployment jobs run in.",
            ),
            oidcProviderArn: arn("iam")
                .optional()
                .describe("GitHub's identity provider where the account has it already. Default: made here."),
        })
        .optional()
        .describe("Repository whose jobs may push images and roll services."),
});

/** What production can't do without. */
const inProduction = crossField(
    shape,
    ["environment", "auth", "deletionProtection"],
    ({ environment, auth, deletionProtection }): CrossFault[] =>
        environment !== "prod" && environment !== "dr"
            ? []
            : [
                  ...(auth.mfa === "off"
                      ? [{ path: ["auth", "mfa"], expected: `optional or required in ${environment}`, given: '"off"' }]
                      : []),
                  ...(deletionProtection ? [] : [{ path: ["deletionProtection"], expected: `true in ${environment}` }]),
              ],
);

const withServices = crossField(inProduction, ["services"], ({ services }) => serviceFaults(services));

const withEdge = crossField(withServices, ["region", "edge", "auth", "syntheticCheck"], (values): CrossFault[] => {
    const { domain, origin } = values.edge;
    const ownCertificate = domain?.hostedZoneId !== undefined || (domain && values.region === "us-east-1");
    return [
        ...(origin === undefined && !ownCertificate
            ? [
                  {
                      path: ["edge", "origin"],
                      expected: "a certificate for the load balancer, since there is no domain with a hosted zone",
                      given: "nothing",
                      mend: "add edge.domain.hostedZoneId, or edge.origin with a name and its certificate",
                  },
              ]
            : []),
        ...(origin !== undefined && !origin.certificateArn.includes(`:${values.region}:`)
            ? [{ path: ["edge", "origin", "certificateArn"], expected: `a certificate in ${values.region}` }]
            : []),
        ...(values.auth.domainName !== undefined && domain?.hostedZoneId === undefined
            ? [
                  {
                      path: ["auth", "domainName"],
                      expected: "nothing without edge.domain.hostedZoneId",
                      mend: "add the hosted zone or remove auth.domainName",
                  },
              ]
            : []),
    ];
});

/** `platforms:webApp`: Taskava, a web app on CloudFront, ECS Fargate, PostgreSQL and Redis. */
export const webApp = crossField(
    withEdge,
    ["region", "disasterRecovery"],
    ({ region: home, disasterRecovery: second }) =>
        second?.region === home
            ? [{ path: ["disasterRecovery", "region"], expected: `another region than the platform's own (${home})` }]
            : [],
);

export type WebAppConfig = z.output<typeof webApp>;
