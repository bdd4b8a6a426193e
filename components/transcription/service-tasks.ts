import * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../foundation/arn";
import type { Database } from "../foundation/database";
import type { EcsTaskArgs, TaskSecret } from "../foundation/ecs-task";
import type { TaskVolume } from "../foundation/ecs-volumes";
import { identityMayUseKey } from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import type { Buckets } from "./buckets";
import { sharedAccessRoleArn } from "./cross-account";
import type { Files } from "./files";
import { modelCachePath } from "./gpu-user-data";
import type { Keys } from "./keys";
import { type Queues, queueEnvironment } from "./queues";
import { prefixes, type ServiceName } from "./stages";

export interface ServiceTasksArgs extends PartArgs {
    readonly buckets: Buckets;
    readonly jobDatabase: Database;
    readonly files: Files;
    readonly keys: Keys;
    readonly queues: Queues;
}

/** What makes the four services differ. */
export type TaskProfile = Pick<
    EcsTaskArgs,
    | "compatibility"
    | "gpus"
    | "port"
    | "statements"
    | "environment"
    | "secrets"
    | "secretKeyArns"
    | "volumes"
    | "writablePaths"
    | "healthCheck"
    | "stopTimeout"
>;

/** A registry of ECR is found by account and region. */
export const sharedRegistry = (args: PartArgs): string =>
    `${args.sharedServices.accountId}.dkr.ecr.${args.region}.amazonaws.com`;

/** ARN of the repository that an image such as `thoth/api:1.4.2` lies in. */
export function repositoryArn(args: PartArgs, image: string): string {
    const place = { accountId: args.sharedServices.accountId, region: args.region };
    return regionalArn(place, "ecr", `repository/${image.replace(/[:@].*$/, "")}`);
}

/** Reads and writes of objects under the given prefixes of the media bucket. */
function objects(args: ServiceTasksArgs, read: readonly string[], write: readonly string[]): Statement[] {
    const under = (list: readonly string[]) =>
        list.map((prefix) => pulumi.interpolate`${args.buckets.media.arn}/${prefix}*`);
    return [
        { sid: "ReadObjects", actions: ["s3:GetObject"], resources: under(read) },
        { sid: "WriteObjects", actions: ["s3:PutObject"], resources: under(write) },
        identityMayUseKey(args.keys.data.arn, "UseDataKey"),
    ];
}

/** What every program is told about where things are. */
function places(args: ServiceTasksArgs): Record<string, pulumi.Input<string>> {
    return {
        APP_ENV: args.environment,
        AWS_REGION: args.region,
        MEDIA_BUCKET: args.buckets.media.bucketName,
    };
}

/** Lets a program act in the shared account as the role that it has there. */
function sharedAccess(args: PartArgs): Statement {
    return { sid: "SharedAccess", actions: ["sts:AssumeRole"], resources: [sharedAccessRoleArn(args)] };
}

/** The role, for a program that takes it on. */
const sharedAccessPlace = (args: PartArgs) => ({
    SHARED_ACCESS_ROLE_ARN: sharedAccessRoleArn(args),
    SHARED_ACCESS_EXTERNAL_ID: args.sharedServices.accessExternalId,
});

/** Files of running jobs lie where every worker sees them. */
const jobs = (args: ServiceTasksArgs): Record<string, TaskVolume> => ({ jobs: args.files.jobsVolume() });

/** Workers touch a file with every job and every minute without one; an old one means that they hang. */
const heartbeat = {
    command: "test $(($(date +%s) - $(stat -c %Y /tmp/heartbeat))) -lt 120",
    interval: 60,
    timeout: 10,
    startPeriod: 300,
} as const;

/**
 * A task says that it is at work, and scaling in takes another one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html
 */
const protectJob = (args: PartArgs): Statement => ({
    sid: "ProtectRunningJob",
    actions: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
    resources: [regionalArn(args, "ecs", `task/${args.prefix}/*`)],
});

const worker = (args: ServiceTasksArgs, service: ServiceName): TaskProfile => ({
    volumes: jobs(args),
    healthCheck: heartbeat,
    // the longest that Fargate waits: jobs under way are handed back to the queue meanwhile
    stopTimeout: 120,
    environment: { ...places(args), JOBS_PATH: "/var/jobs", ...queueEnvironment(args, service) },
});

/** The four services, as far as they differ from each other. */
export function taskProfile(service: ServiceName, args: ServiceTasksArgs): TaskProfile {
    const { queues, jobDatabase } = args;
    const { uploads, audio, transcripts } = prefixes;
    switch (service) {
        case "api": {
            const { port, healthPath } = args.services.api;
            const master = (jsonKey: string): TaskSecret => ({ secretArn: jobDatabase.secretArn, jsonKey });
            return {
                port,
                healthCheck: { command: `curl -fsS http://127.0.0.1:${port}${healthPath}`, startPeriod: 30 },
                // what Laravel writes to: compiled views, caches, sessions
                writablePaths: ["/tmp", "/var/www/html/storage", "/var/www/html/bootstrap/cache"],
                statements: [
                    ...objects(args, [transcripts], [uploads]),
                    {
                        sid: "DeletePersonalData",
                        // erasure on request (GDPR, article 17): the person's objects go at once, their versions by lifecycle
                        actions: ["s3:DeleteObject"],
                        resources: [uploads, audio, transcripts].map(
                            (prefix) => pulumi.interpolate`${args.buckets.media.arn}/${prefix}*`,
                        ),
                    },
                    {
                        sid: "Archive",
                        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                        resources: [pulumi.interpolate`${args.buckets.archive.arn}/*`],
                    },
                    ...queues.statements("api"),
                    sharedAccess(args),
                ],
                environment: {
                    ...places(args),
                    ...sharedAccessPlace(args),
                    APP_URL: `https://${args.domain}`,
                    ARCHIVE_BUCKET: args.buckets.archive.bucketName,
                    ...queueEnvironment(args, "api"),
                    DB_CONNECTION: args.database.engine === "mysql" ? "mysql" : "pgsql",
                    DB_HOST: jobDatabase.address,
                    DB_PORT: String(jobDatabase.port),
                    DB_DATABASE: jobDatabase.databaseName,
                },
                secrets: { DB_USERNAME: master("username"), DB_PASSWORD: master("password") },
                secretKeyArns: [args.keys.database.arn],
            };
        }
        case "audioExtraction":
            return {
                ...worker(args, service),
                statements: [...objects(args, [uploads], [audio]), ...queues.statements(service), protectJob(args)],
            };
        case "transcription":
            return {
                ...worker(args, service),
                compatibility: "EC2",
                gpus: 1,
                statements: [
                    ...objects(args, [audio], [transcripts]),
                    ...queues.statements(service),
                    protectJob(args),
                    {
                        sid: "PublishJobMetrics",
                        actions: ["cloudwatch:PutMetricData"],
                        resources: ["*"],
                        conditions: { StringEquals: { "cloudwatch:namespace": `${args.prefix}/jobs` } },
                    },
                    sharedAccess(args),
                ],
                environment: {
                    ...worker(args, service).environment,
                    ...sharedAccessPlace(args),
                    WHISPER_MODEL: args.services.transcription.model,
                    MODEL_CACHE: "/models",
                    METRICS_NAMESPACE: `${args.prefix}/jobs`,
                },
                volumes: { ...jobs(args), models: { hostPath: modelCachePath, containerPath: "/models" } },
                // loading a model takes up to three minutes
                healthCheck: { ...heartbeat, retries: 5 },
            };
        case "musicTermRecognition":
            return {
                ...worker(args, service),
                compatibility: args.services.musicTermRecognition.launch === "ec2" ? "EC2" : "FARGATE",
                statements: [
                    ...objects(args, [transcripts], [transcripts]),
                    ...queues.statements(service),
                    protectJob(args),
                ],
            };
    }
}
