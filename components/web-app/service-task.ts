import * as pulumi from "@pulumi/pulumi";
import type { WebAppService } from "../../config/platforms/web-app-services";
import type { Database } from "../foundation/database";
import type { EcsTaskArgs, TaskSecret } from "../foundation/ecs-task";
import { identityMayUseKey } from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import type { Auth } from "./auth";
import type { Buckets } from "./buckets";
import { type Cache, cacheUser } from "./cache";
import type { Keys } from "./keys";

export interface ServiceTaskArgs extends PartArgs {
    readonly buckets: Buckets;
    readonly cache: PartArgs["cache"];
    readonly appCache: Cache;
    readonly appDatabase: Database;
    readonly auth: PartArgs["auth"];
    readonly signIn: Auth;
    readonly appHost: pulumi.Input<string>;
    readonly keys: Keys;
}

type Profile = Required<Pick<EcsTaskArgs, "environment" | "secrets" | "secretKeyArns" | "statements">>;
type Part = WebAppService["uses"][number];

/** Namespace of the metrics that the app itself publishes. */
export const businessNamespace = (args: Pick<PartArgs, "prefix">) => `${args.prefix}/business`;

const noSecrets = { secrets: {}, secretKeyArns: [] } as const;

/** What comes with each part of the platform: where it is, how to get in, and the permission to. */
const parts: Readonly<Record<Part, (args: ServiceTaskArgs) => Profile>> = {
    database: ({ appDatabase, keys }) => ({
        ...noSecrets,
        environment: {
            DB_HOST: appDatabase.address,
            DB_PORT: String(appDatabase.port),
            DB_NAME: appDatabase.databaseName,
            DB_SSLMODE: "require",
            // Read when a connection is made, not when the task starts: RDS changes the password every seven days.
            DB_SECRET_ARN: appDatabase.secretArn,
            ...Object.fromEntries(
                Object.values(appDatabase.replicas).map((replica) => ["DB_READ_HOST", replica.address]),
            ),
        },
        statements: [
            {
                sid: "ReadDatabaseSecret",
                actions: ["secretsmanager:GetSecretValue"],
                resources: [appDatabase.secretArn],
            },
            decrypt(keys, "DecryptDatabaseSecret"),
        ],
    }),
    cache: ({ appCache, keys }) => ({
        environment: {
            CACHE_HOST: appCache.host,
            CACHE_PORT: String(appCache.port),
            CACHE_USERNAME: cacheUser,
            CACHE_TLS: "true",
        },
        secrets: { CACHE_PASSWORD: { secretArn: appCache.secretArn, jsonKey: "password" } },
        secretKeyArns: [keys.data.arn],
        statements: [],
    }),
    files: ({ buckets, keys }) => ({
        ...noSecrets,
        environment: { FILES_BUCKET: buckets.files.bucketName },
        statements: [
            {
                sid: "Files",
                actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                resources: [pulumi.interpolate`${buckets.files.arn}/*`],
            },
            { sid: "ListFiles", actions: ["s3:ListBucket"], resources: [buckets.files.arn] },
            identityMayUseKey(keys.data.arn, "UseFilesKey"),
        ],
    }),
};

const decrypt = (keys: Keys, sid: string): Statement => ({
    sid,
    actions: ["kms:Decrypt"],
    resources: [keys.data.arn],
});

/** A service's environment, secrets and permissions. */
export function taskProfile(service: WebAppService, args: ServiceTaskArgs): Profile {
    const used = service.uses.map((part) => parts[part](args));
    return {
        environment: {
            APP_ENV: args.environment,
            APP_URL: pulumi.interpolate`https://${args.appHost}`,
            AWS_REGION: args.region,
            AUTH_ISSUER: args.signIn.issuer,
            AUTH_CLIENT_ID: args.signIn.clientId,
            AUTH_HOST: args.signIn.host,
            METRICS_NAMESPACE: businessNamespace(args),
            ...Object.assign({}, ...used.map(({ environment }) => environment)),
            ...service.environment,
        },
        secrets: { ...Object.assign({}, ...used.map(({ secrets }) => secrets)), ...secretsOf(service.secrets) },
        secretKeyArns: [...new Set([...used.flatMap(({ secretKeyArns }) => secretKeyArns), ...service.secretKeyArns])],
        statements: [
            ...used.flatMap(({ statements }) => statements),
            {
                sid: "PublishBusinessMetrics",
                actions: ["cloudwatch:PutMetricData"],
                // no resource-level permissions; the condition takes their place
                resources: ["*"],
                conditions: { StringEquals: { "cloudwatch:namespace": businessNamespace(args) } },
            },
        ],
    };
}

/** A secret and a parameter are read by different services of AWS. */
function secretsOf(arns: Readonly<Record<string, string>>): Record<string, TaskSecret> {
    return Object.fromEntries(
        Object.entries(arns).map(([name, arn]): [string, TaskSecret] => [
            name,
            arn.includes(":secretsmanager:") ? { secretArn: arn } : { parameterArn: arn },
        ]),
    );
}
