import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { AlarmTopic } from "../foundation/alarms";
import { regionalArn } from "../foundation/arn";
import type { Cluster } from "../foundation/cluster";
import { Network } from "../foundation/network";
import { accountProvider, Platform, type PlatformArgs } from "../foundation/platform";
import { UploadApi } from "./api";
import { ClusterTier, clusterName } from "./cluster-tier";
import { consumersOf } from "./consumers";
import { DataTier } from "./data-tier";
import { EventRouting } from "./events";
import { createGitHubRole } from "./github";
import { ImagesBucket } from "./images-bucket";
import { createKeys } from "./keys";
import { Models } from "./models";
import { observedNames } from "./observed";
import { Operations } from "./operations";
import { databaseName, databasePort, databaseUser, type PipelinePlace, project } from "./place";
import { Processors } from "./processors";
import { ModelSchedule } from "./schedule";
import { createSecurityGroups } from "./security-groups";
import { maxConnections } from "./sizing";
import { createUpload } from "./upload";

/** What the pipeline is told: where it lives, and its part of the stack's config, which describes each key. */
export interface ImagePipelineArgs extends PlatformArgs, Omit<ImagePipelineConfig, keyof PlatformArgs> {}

export interface ImagePipelineOutputs {
    /** Where callers ask for upload links: `POST <url>images`. */
    readonly apiUrl: pulumi.Output<string>;
    readonly bucketName: pulumi.Output<string>;
    readonly clusterName: pulumi.Output<string>;
    readonly databaseEndpoint: pulumi.Output<string>;
    readonly databaseProxyEndpoint: pulumi.Output<string>;
    readonly databaseSecretArn: pulumi.Output<string>;
    /** Auto Scaling group that the bastion is the one member of. */
    readonly bastionGroupName: pulumi.Output<string>;
    /** Role that jobs on GitHub assume. */
    readonly gitHubRoleArn: pulumi.Output<string>;
    readonly alarmTopicArn: pulumi.Output<string>;
    readonly dashboardName: string;
}

/**
 * MediaViz: images come in by an upload API, events carry them to processors on Lambda and models on GPU nodes, and what
 * these find is kept in Aurora.
 *
 * @example new ImagePipeline("image-pipeline", { environment: "dev", ...config.imagePipeline, tags: config.tags });
 */
export class ImagePipeline extends Platform {
    /** What people and other systems look up. */
    public readonly outputs: ImagePipelineOutputs;

    constructor(name: string, args: ImagePipelineArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:ImagePipeline", name, project, args, opts);
        const place: PipelinePlace = {
            accountId: args.accountId,
            region: args.region,
            environment: args.environment,
            logRetentionDays: args.logRetentionDays,
            protect: args.protect,
        };
        const providers = this.createProviders(name, args);
        const keys = createKeys(name, place, this.inAws());
        const alarms = new AlarmTopic(
            `${name}-alarms`,
            {
                ...place,
                topicName: `${project}-${args.environment}-alarms`,
                keyArn: keys.operations.arn,
                emails: args.alarmEmails,
            },
            this.inAws(),
        );
        const network = new Network(
            `${name}-network`,
            {
                ...place,
                cidr: args.vpcCidr,
                availabilityZones: args.availabilityZones,
                natGateways: args.natGateways,
                logsKeyArn: keys.operations.arn,
                // SSM for the bastion, SQS for the models, the rest for functions and nodes.
                endpoints: ["s3", "ecr", "logs", "sts", "secretsmanager", "ssm", "sqs"],
                clusterNames: [clusterName(place)],
            },
            this.inAws(),
        );
        const { cluster, services } = new ClusterTier(
            `${name}-cluster`,
            {
                ...place,
                cluster: args.cluster,
                argoCdHighAvailability: args.argoCdHighAvailability,
                deployerRoleArn: args.assumeRoleArn,
                network,
                keys,
                tags: args.tags,
                provider: this.awsProvider,
            },
            this.inAws(),
        );

        const groups = createSecurityGroups(
            name,
            {
                vpcId: network.vpcId,
                endpointGroupId: network.endpointSecurityGroupId,
                s3PrefixListId: gatewayPrefixList(network),
                nodesGroupId: cluster.securityGroupId,
                bastionCidrs: args.bastion.allowedCidrs,
            },
            this.inAws(),
        );
        const data = new DataTier(
            `${name}-data`,
            {
                ...place,
                database: args.database,
                bastion: args.bastion,
                network,
                groups,
                keys,
                tags: args.tags ?? {},
                providers: { ...providers, aws: this.awsProvider },
            },
            this.inAws(),
        );

        const images = new ImagesBucket(
            `${name}-bucket`,
            { ...place, replica: { region: args.replicaRegion, provider: providers.replica }, keys },
            this.inAws(),
        );
        const events = new EventRouting(
            `${name}-events`,
            {
                ...place,
                bucketName: images.bucket.bucketName,
                consumers: consumersOf(args.models),
                alarmTopicArn: alarms.arn,
                keys,
            },
            this.inAws(),
        );
        const upload = createUpload(
            `${name}-upload`,
            { ...place, settings: args.upload, sharedAccountId: args.shared.accountId, images, keys },
            this.inAws(),
        );
        const api = new UploadApi(
            `${name}-api`,
            { ...place, settings: args.api, maxUploadMib: args.upload.maxUploadMib, upload, keys },
            this.inAws(),
        );

        const workload = {
            ...place,
            images,
            queues: events.queues,
            environmentVariables: {
                BUCKET_NAME: images.bucket.bucketName,
                DB_HOST: data.proxy.endpoint,
                DB_PORT: String(databasePort),
                DB_NAME: databaseName,
                DB_USER: databaseUser,
            },
            mayConnect: data.proxy.mayConnect,
            keys,
        };
        const processors = new Processors(
            `${name}-processors`,
            {
                ...workload,
                processors: args.processors,
                sharedAccountId: args.shared.accountId,
                subnetIds: network.privateSubnetIds,
                securityGroup: groups.functions,
            },
            this.inAws(),
        );
        const models = new Models(
            `${name}-models`,
            {
                ...workload,
                models: args.models,
                shared: args.shared,
                vpcCidr: args.vpcCidr,
                cluster,
                services,
                databaseReady: data.proxy.target,
            },
            this.inCluster(cluster),
        );
        new ModelSchedule(
            `${name}-schedule`,
            { schedule: args.schedule, models: args.models, namespace: models.namespace },
            this.inCluster(cluster),
        );

        const gitHub = createGitHubRole(
            `${name}-github`,
            {
                ...place,
                github: args.github,
                shared: args.shared,
                deployerRoleArn: args.assumeRoleArn,
                clusterArn: regionalArn(place, "eks", `cluster/${clusterName(place)}`),
            },
            this.inAws(),
        );
        const operations = new Operations(
            `${name}-operations`,
            {
                ...place,
                names: observedNames({ place, api, upload, processors, events, images, data, cluster }),
                limits: {
                    maxCapacity: args.database.maxCapacity,
                    maxConnections: maxConnections(args.database.minCapacity, args.database.maxCapacity),
                },
                alarmTopicArn: alarms.arn,
            },
            this.inAws(),
        );

        this.outputs = {
            apiUrl: api.url,
            bucketName: images.bucket.bucketName,
            clusterName: cluster.clusterName,
            databaseEndpoint: data.cluster.endpoint,
            databaseProxyEndpoint: data.proxy.endpoint,
            databaseSecretArn: data.credentials.secretArn,
            bastionGroupName: data.bastion.groupName,
            gitHubRoleArn: gitHub.arn,
            alarmTopicArn: alarms.arn,
            dashboardName: operations.dashboardName,
        };
        this.registerOutputs(this.outputs);
    }

    private createProviders(name: string, args: ImagePipelineArgs) {
        const parent = { parent: this };
        return {
            random: new random.Provider(`${name}-random`, {}, parent),
            tls: new tls.Provider(`${name}-tls`, {}, parent),
            replica: accountProvider(`${name}-replica-aws`, { ...args, project, region: args.replicaRegion }, parent),
        };
    }

    /** Options of a part that lives on the cluster, and in AWS too. */
    private inCluster(cluster: Cluster): pulumi.ComponentResourceOptions {
        return { parent: this, providers: [this.awsProvider, cluster.provider] };
    }
}

/** Addresses of S3 that the gateway endpoint routes to. */
function gatewayPrefixList(network: Network): pulumi.Output<string> {
    const endpoint = network.endpoints["s3"];
    if (endpoint === undefined) {
        throw new Error("the network has no endpoint for S3");
    }
    return endpoint.prefixListId;
}
