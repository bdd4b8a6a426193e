import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { identityMayUseKey } from "../foundation/key-statements";
import type { Statement } from "../foundation/policy-document";
import type { QueueWithDlq } from "../foundation/queue";
import type { SecurityGroup } from "../foundation/security-group";
import { ImageFunction, sharedImage } from "./image-function";
import type { ImagesBucket } from "./images-bucket";
import type { PipelineKeys } from "./keys";
import { type ProcessorName, processorNames, processorTimeoutSeconds, processorTypes } from "./model-types";
import { type PipelinePlace, uploadPrefix } from "./place";
import type { WorkloadEnvironment } from "./workload-contract";

export interface ProcessorsArgs extends PipelinePlace {
    readonly processors: ImagePipelineConfig["processors"];
    readonly sharedAccountId: string;
    readonly images: ImagesBucket;
    readonly queues: Readonly<Record<ProcessorName, QueueWithDlq>>;
    readonly environmentVariables: WorkloadEnvironment<pulumi.Input<string>>;
    /** Lets an identity connect to the database. */
    readonly mayConnect: Statement;
    readonly subnetIds: pulumi.Input<string[]>;
    readonly securityGroup: SecurityGroup;
    readonly keys: Pick<PipelineKeys, "images" | "operations">;
}

/** The processors on Lambda: each takes messages of its own queue, with a role that reaches nothing else. */
export class Processors extends pulumi.ComponentResource {
    readonly functions: Readonly<Record<ProcessorName, ImageFunction>>;

    constructor(name: string, args: ProcessorsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:Processors", name, {}, opts);
        this.functions = Object.fromEntries(
            processorNames.map((processor) => [processor, this.createProcessor(name, processor, args)]),
        ) as Record<ProcessorName, ImageFunction>;
        this.registerOutputs({});
    }

    private createProcessor(name: string, processor: ProcessorName, args: ProcessorsArgs): ImageFunction {
        const { slug, does } = processorTypes[processor];
        const settings = args.processors[processor];
        const queue = args.queues[processor];
        const processorFunction = new ImageFunction(
            `${name}-${slug}`,
            {
                accountId: args.accountId,
                region: args.region,
                environment: args.environment,
                logRetentionDays: args.logRetentionDays,
                protect: args.protect,
                purpose: slug,
                description: does,
                imageUri: sharedImage(args.sharedAccountId, args.region, settings.image),
                timeoutSeconds: processorTimeoutSeconds,
                memoryMb: settings.memoryMb,
                reservedConcurrency: settings.reservedConcurrency,
                environmentVariables: { ...args.environmentVariables },
                statements: [
                    {
                        sid: "TakeMessages",
                        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                        resources: [queue.arn],
                    },
                    {
                        sid: "ReadImages",
                        actions: ["s3:GetObject"],
                        resources: [pulumi.interpolate`${args.images.bucket.arn}/${uploadPrefix}*`],
                    },
                    identityMayUseKey(args.keys.images.arn, "ReadEncrypted"),
                    args.mayConnect,
                ],
                vpc: { subnetIds: args.subnetIds, securityGroupId: args.securityGroup.securityGroupId },
                keys: args.keys,
                // Its rules, which nothing refers to.
                dependsOn: [args.securityGroup],
            },
            { parent: this },
        );
        new aws.lambda.EventSourceMapping(
            `${name}-${slug}-source`,
            {
                eventSourceArn: queue.arn,
                functionName: processorFunction.lambda.arn,
                batchSize: settings.batchSize,
                // Only the messages that failed come back, not their neighbours.
                // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
                functionResponseTypes: ["ReportBatchItemFailures"],
                scalingConfig: { maximumConcurrency: settings.maxConcurrency },
            },
            { parent: this, dependsOn: [queue, processorFunction] },
        );
        return processorFunction;
    }
}
