import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { nameRules, physicalName } from "../../config/names";
import { AlarmTopic } from "../foundation/alarms";
import { budget } from "../foundation/budget";
import { Database } from "../foundation/database";
import { EcsCluster } from "../foundation/ecs-cluster";
import { accountProvider, Platform } from "../foundation/platform";
import { Alarms, rollbackAlarms } from "./alarms";
import { type PartArgs, project, type TranscriptionServiceArgs } from "./args";
import { auditTrail } from "./audit";
import { Buckets } from "./buckets";
import { crossAccountRole } from "./cross-account";
import { dashboard } from "./dashboard";
import { Edge } from "./edge";
import { undeliveredEvents } from "./events";
import { Files } from "./files";
import { GpuCapacity } from "./gpu-capacity";
import { Groups } from "./groups";
import { deployRole } from "./identity";
import { createKeys } from "./keys";
import { ServiceNetwork } from "./network";
import { PasswordRotation } from "./password-rotation";
import { Peering } from "./peering";
import { Queues } from "./queues";
import { Services } from "./services";

export type { TranscriptionServiceArgs } from "./args";

/** What others need to know of the service. */
export interface TranscriptionOutputs {
    readonly url: string;
    readonly clusterName: pulumi.Output<string>;
    readonly mediaBucket: pulumi.Output<string>;
    readonly archiveBucket: pulumi.Output<string>;
    readonly databaseSecretArn: pulumi.Output<string>;
    readonly deployRoleArn: pulumi.Output<string>;
    readonly sharedAccessRoleArn: pulumi.Output<string>;
    readonly dashboard: pulumi.Output<string>;
}

/**
 * Thoth: speech to text with music terms. An upload becomes a job that passes audio extraction, transcription on GPUs and
 * term recognition, stage by stage through queues, until the api hands out the transcript.
 *
 * @example
 * new TranscriptionService("transcription", { environment: "staging", ...config.transcription });
 */
export class TranscriptionService extends Platform {
    readonly outputs: TranscriptionOutputs;

    constructor(name: string, args: TranscriptionServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:TranscriptionService", name, project, args, opts);
        const part: PartArgs = { ...args, prefix: physicalName(nameRules.eksCluster, project, args.environment) };
        const place = { accountId: args.accountId, region: args.region };
        const sharedProvider = accountProvider(
            `${name}-shared-aws`,
            {
                accountId: args.sharedServices.accountId,
                region: args.region,
                assumeRoleArn: args.sharedServices.roleArn,
                externalId: args.sharedServices.externalId,
                project,
                environment: args.environment,
                tags: args.tags,
            },
            { parent: this },
        );

        const keys = createKeys(`${name}-key`, part, this.inAws());
        const logKeyArn = keys.operations.arn;
        const topic = new AlarmTopic(
            `${name}-alarms`,
            { ...place, topicName: `${part.prefix}-alarms`, keyArn: logKeyArn, emails: args.alarmEmails },
            this.inAws(),
        );

        const serviceNetwork = new ServiceNetwork(`${name}-network`, { ...part, logKeyArn }, this.inAws());
        new Peering(`${name}-peering`, { ...part, serviceNetwork, sharedProvider }, this.inAws());
        const groups = new Groups(`${name}-group`, { ...part, serviceNetwork }, this.inAws());

        const buckets = new Buckets(
            `${name}-bucket`,
            { ...part, dataKeyArn: keys.data.arn, operationsKeyArn: logKeyArn },
            this.inAws(),
        );
        const files = new Files(
            `${name}-files`,
            { ...part, serviceNetwork, securityGroupId: groups.files.securityGroupId, keyArn: keys.data.arn },
            this.inAws(),
        );
        const jobDatabase = new Database(
            `${name}-database`,
            {
                ...args.database,
                identifier: physicalName(nameRules.rdsIdentifier, part.prefix, "jobs"),
                databaseName: "thoth",
                subnetIds: serviceNetwork.isolatedSubnetIds,
                securityGroupIds: [groups.database.securityGroupId],
                kmsKeyArn: keys.database.arn,
                logKeyArn,
                logRetentionDays: args.logRetentionDays,
                deletionProtection: args.deletionProtection,
            },
            this.inAws(),
        );
        const undelivered = undeliveredEvents(`${name}-undelivered`, { ...part, keyArn: keys.data.arn }, this.inAws());
        const queues = new Queues(
            `${name}-queue`,
            { ...part, keyArn: keys.data.arn, alarmTopicArn: topic.arn, media: buckets.media, undelivered },
            this.inAws(),
        );

        const edge = new Edge(
            `${name}-edge`,
            { ...part, serviceNetwork, groups, buckets, logKeyArn, sharedProvider },
            this.inAws(),
        );
        const rollback = rollbackAlarms(`${name}-api`, { ...part, edge, topicArn: topic.arn }, this.inAws());
        const cluster = new EcsCluster(
            `${name}-cluster`,
            { clusterName: part.prefix, kmsKeyArn: logKeyArn, logRetentionDays: args.logRetentionDays },
            this.inAws(),
        );
        const gpuCapacity = new GpuCapacity(
            `${name}-gpu`,
            {
                ...part,
                cluster,
                files,
                serviceNetwork,
                securityGroupId: groups.instances.securityGroupId,
                volumeKeyArn: keys.volumes.arn,
            },
            this.inAws(),
        );
        const capacity = new aws.ecs.ClusterCapacityProviders(
            `${name}-capacity`,
            {
                clusterName: cluster.clusterName,
                capacityProviders: ["FARGATE", "FARGATE_SPOT", gpuCapacity.providerName],
                defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
            },
            this.inAws(),
        );
        const services = new Services(
            `${name}-service`,
            {
                ...part,
                buckets,
                cluster,
                edge,
                files,
                gpuCapacity,
                groups,
                jobDatabase,
                keys,
                queues,
                serviceNetwork,
                rollbackAlarmNames: rollback.map((alarm) => alarm.name),
                after: [capacity],
            },
            this.inAws(),
        );
        new PasswordRotation(
            `${name}-password`,
            { ...part, jobDatabase, clusterArn: cluster.arn, undelivered },
            this.inAws(),
        );

        const sharedAccess = crossAccountRole(`${name}-shared-access`, { ...part, sharedProvider }, { parent: this });
        const deployer = deployRole(`${name}-deploy`, { ...part, ecs: services }, this.inAws());
        auditTrail(
            `${name}-audit`,
            { ...part, buckets, keyArn: logKeyArn },
            this.inAws({ dependsOn: [buckets.audit] }),
        );
        new Alarms(
            `${name}-alarm`,
            { ...part, topicArn: topic.arn, edge, files, jobDatabase, gpuCapacity },
            this.inAws(),
        );
        const page = dashboard(`${name}-dashboard`, { ...part, edge, files, jobDatabase, gpuCapacity }, this.inAws());
        budget(
            `${name}-budget`,
            {
                budgetName: part.prefix,
                monthlyUsd: args.monthlyBudgetUsd,
                tags: { Project: project, Environment: args.environment },
                emails: args.alarmEmails,
            },
            this.inAws(),
        );

        this.outputs = {
            url: `https://${args.domain}`,
            clusterName: cluster.clusterName,
            mediaBucket: buckets.media.bucketName,
            archiveBucket: buckets.archive.bucketName,
            databaseSecretArn: jobDatabase.secretArn,
            deployRoleArn: deployer.arn,
            sharedAccessRoleArn: sharedAccess.arn,
            dashboard: page.dashboardName,
        };
        this.registerOutputs(this.outputs);
    }
}
