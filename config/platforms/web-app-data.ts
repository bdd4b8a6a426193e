import { z } from "zod";
import { type CacheEngine, cacheEngines, failoverProblem } from "../cache-engines";
import { crossField } from "../cross-field";
import { databaseClassProblem } from "../database-classes";
import { domainName, flag, oneOf, secret, textOf, wholeNumber } from "../fields";

const databaseClass = () => textOf(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an RDS class such as db.t4g.medium");

/** PostgreSQL 15 on RDS. */
export const webAppDatabase = crossField(
    z.strictObject({
        instanceClass: databaseClass().default("db.t4g.micro").describe("RDS class of the database."),
        storageGiB: wholeNumber(20, 16384).default(20).describe("GiB at first."),
        maxStorageGiB: wholeNumber(22, 65536).default(100).describe("GiB that the storage grows to by itself."),
        multiAz: flag().default(false).describe("A standby in another zone, which takes over by itself."),
        backupRetentionDays: wholeNumber(1, 35)
            .default(7)
            .describe("Days of automated backups, with recovery to any second of them."),
        insightsRetentionDays: z
            .literal([7, 31, 62, 93, 186, 372, 731], {
                error: "days that Performance Insights offers (7, 31, 62, 93, 186, 372, 731)",
            })
            .default(7)
            .describe("Days of Performance Insights; 7 are free."),
        readReplicaClass: databaseClass().optional().describe("RDS class of a read replica. Default: there is none."),
    }),
    ["instanceClass", "readReplicaClass", "multiAz", "storageGiB", "maxStorageGiB"],
    ({ instanceClass, readReplicaClass, multiAz, storageGiB, maxStorageGiB }) => {
        const problem = databaseClassProblem(instanceClass, multiAz);
        const replicaProblem = readReplicaClass && databaseClassProblem(readReplicaClass, false);
        return [
            ...(problem ? [{ path: ["instanceClass"], expected: problem }] : []),
            ...(replicaProblem ? [{ path: ["readReplicaClass"], expected: replicaProblem }] : []),
            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
            ...(maxStorageGiB < storageGiB * 1.1
                ? [{ path: ["maxStorageGiB"], expected: `at least a tenth more than storageGiB (${storageGiB})` }]
                : []),
        ];
    },
);

/** Redis or Valkey on ElastiCache. */
export const webAppCache = crossField(
    z.strictObject({
        engine: oneOf(Object.keys(cacheEngines) as [CacheEngine, ...CacheEngine[]])
            .default("redis")
            .describe("Valkey speaks the same protocol at a fifth less."),
        engineVersion: textOf(/^\d\.\d$/, "a version in quotes such as '7.1'")
            .optional()
            .describe("Default: the newest one that the platform knows of the engine."),
        nodeType: textOf(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "an ElastiCache node type such as cache.t4g.micro")
            .default("cache.t4g.micro")
            .describe("ElastiCache node type of each shard and replica."),
        clusterMode: flag().default(false).describe("Spread the keys over several shards."),
        shards: wholeNumber(1, 90).default(1).describe("Shards, with cluster mode."),
        replicas: wholeNumber(0, 5).default(0).describe("Replicas of each shard; one at least for failing over."),
        snapshotRetentionDays: wholeNumber(1, 35).default(1).describe("Days that daily snapshots are kept."),
    }),
    ["engine", "engineVersion", "nodeType", "clusterMode", "shards", "replicas"],
    ({ engine, engineVersion, nodeType, clusterMode, shards, replicas }) => {
        const { versions } = cacheEngines[engine];
        const problem = replicas > 0 ? failoverProblem(nodeType) : undefined;
        return [
            ...(engineVersion === undefined || versions.includes(engineVersion)
                ? []
                : [{ path: ["engineVersion"], expected: `a version of ${engine} (${versions.join(", ")})` }]),
            ...(clusterMode && replicas === 0
                ? [
                      {
                          path: ["replicas"],
                          expected: "at least 1 with clusterMode: a shard without replica is lost with its node",
                          given: "0",
                          mend: "raise replicas or set clusterMode to false",
                      },
                  ]
                : []),
            ...(!clusterMode && shards > 1
                ? [
                      {
                          path: ["shards"],
                          expected: "1 without clusterMode",
                          mend: "set clusterMode to true or shards to 1",
                      },
                  ]
                : []),
            ...(problem ? [{ path: ["nodeType"], expected: `${problem}, which can fail over to its replicas` }] : []),
        ];
    },
);

const provider = {
    clientId: z
        .string({ error: "the client id that the provider gave out" })
        .min(1, { error: "the client id that the provider gave out" })
        .describe("Client id at the provider."),
    clientSecret: secret("the client secret that the provider gave out", 8).describe(
        "Client secret at the provider; set with --secret.",
    ),
} as const;

/** Sign-in by Cognito. */
export const webAppAuth = z.strictObject({
    mfa: oneOf(["off", "optional", "required"])
        .default("optional")
        .describe("Second factor by an authenticator app. Can't be off in prod."),
    passwordMinLength: wholeNumber(8, 99).default(12).describe("Characters that a password has at least."),
    threatProtection: oneOf(["off", "audit", "enforced"])
        .default("off")
        .describe("Cognito's advanced security: watch, or block, risky sign-ins. Paid for each active user."),
    selfSignUp: flag().default(true).describe("People may make an account themselves."),
    domainName: domainName()
        .optional()
        .describe("Host name of the sign-in pages, in the zone edge.domain.hostedZoneId. Default: one of Cognito's."),
    providers: z
        .strictObject({
            google: z.strictObject(provider).optional().describe("Sign-in with Google."),
            facebook: z.strictObject(provider).optional().describe("Sign-in with Facebook."),
            amazon: z.strictObject(provider).optional().describe("Login with Amazon."),
        })
        .prefault({})
        .describe("Accounts elsewhere that people may sign in with."),
    callbackUrls: z
        .array(
            textOf(
                /^(https:\/\/[\w.-]+(:\d+)?\/\S*|http:\/\/localhost(:\d+)?\/\S*)$/,
                "an https URL, or one of localhost",
            ),
        )
        .default([])
        .describe(
            "Where sign-in may lead to beside the app's own address, for example http://localhost:3000/callback.",
        ),
});
