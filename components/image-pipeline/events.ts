import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import { denyInsecureTransport, policyDocument, serviceTrust } from "../foundation/policy-document";
import { QueueWithDlq } from "../foundation/queue";
import { modelPattern, uploadedPattern } from "./event-patterns";
import { eventBusName, type PipelineKeys } from "./keys";
import { type ModelType, type ModelTypeFacts, visibilitySeconds } from "./model-types";
import { type PipelinePlace, pipelineName, uploadPrefix } from "./place";

/** A model type that gets events, and how long it may take over one. */
export interface EventConsumer extends ModelTypeFacts {
    readonly timeoutSeconds: number;
    /** Age in seconds of a waiting message that is too old. */
    readonly maxAgeSeconds: number;
}

export interface EventRoutingArgs extends PipelinePlace {
    readonly bucketName: pulumi.Output<string>;
    readonly consumers: Readonly<Record<ModelType, EventConsumer>>;
    readonly alarmTopicArn: pulumi.Input<string>;
    readonly keys: Pick<PipelineKeys, "images">;
}

/** EventBridge tries again for a day, then gives up into the queue of undelivered events. */
const retryPolicy = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 100 };

/**
 * From the bucket to the queues: S3 tells the account's default bus, a rule there hands its events on to the pipeline's
 * own bus, and a rule for each model type puts them in the queue of that type.
 */
export class EventRouting extends pulumi.ComponentResource {
    readonly bus: aws.cloudwatch.EventBus;
    /** One for each model type, with a dead-letter queue of its own. */
    readonly queues: Readonly<Record<ModelType, QueueWithDlq>>;
    /** Events that EventBridge could not deliver. */
    readonly undelivered: aws.sqs.Queue;
    readonly ruleNames: readonly string[];

    constructor(name: string, args: EventRoutingArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:EventRouting", name, {}, opts);
        const parent = { parent: this };
        this.undelivered = new aws.sqs.Queue(
            `${name}-undelivered`,
            {
                name: pipelineName(args, nameRules.sqsQueue, "undelivered-events"),
                kmsMasterKeyId: args.keys.images.arn,
                messageRetentionSeconds: 1_209_600,
            },
            parent,
        );
        this.bus = new aws.cloudwatch.EventBus(
            `${name}-bus`,
            {
                name: eventBusName(args),
                description: "Images and what is to be done with them",
                kmsKeyIdentifier: args.keys.images.arn,
                deadLetterConfig: { arn: this.undelivered.arn },
            },
            parent,
        );
        new aws.cloudwatch.EventArchive(
            `${name}-archive`,
            {
                name: eventBusName(args),
                description: "For replays after a fault",
                eventSourceArn: this.bus.arn,
                retentionDays: args.logRetentionDays,
                kmsKeyIdentifier: args.keys.images.arn,
            },
            parent,
        );

        const ingest = this.forwardUploads(name, args);
        const rules = Object.entries(args.consumers).map(([modelType, consumer]) => ({
            modelType: modelType as ModelType,
            consumer,
            rule: this.createRule(name, consumer, args),
        }));
        const undeliveredPolicy = this.admitUndelivered(name, args, [ingest.rule, ...rules.map(({ rule }) => rule)]);
        this.queues = Object.fromEntries(
            rules.map(({ modelType, consumer, rule }) => [
                modelType,
                this.createQueue(name, consumer, rule, undeliveredPolicy, args),
            ]),
        ) as Record<ModelType, QueueWithDlq>;
        this.ruleNames = [ingest.ruleName, ...Object.values(args.consumers).map((consumer) => consumer.slug)];
        this.registerOutputs({ busName: this.bus.name });
    }

    /** Events of S3 arrive at the default bus, and nowhere else. */
    private forwardUploads(name: string, args: EventRoutingArgs): { rule: aws.cloudwatch.EventRule; ruleName: string } {
        const parent = { parent: this };
        const ruleName = `${eventBusName(args)}-uploaded`;
        const rule = new aws.cloudwatch.EventRule(
            `${name}-uploaded-rule`,
            {
                name: ruleName,
                description: "New images, to the pipeline's own bus",
                eventPattern: args.bucketName.apply((bucket) => JSON.stringify(uploadedPattern(bucket, uploadPrefix))),
            },
            parent,
        );
        const role = new aws.iam.Role(
            `${name}-forward-role`,
            {
                description: "Hands new images on to the pipeline's bus",
                assumeRolePolicy: serviceTrust("events.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                    ArnEquals: { "aws:SourceArn": rule.arn },
                }),
            },
            parent,
        );
        const policy = new aws.iam.RolePolicy(
            `${name}-forward-policy`,
            {
                role: role.id,
                policy: policyDocument([
                    { sid: "PutEvents", actions: ["events:PutEvents"], resources: [this.bus.arn] },
                ]),
            },
            parent,
        );
        new aws.cloudwatch.EventTarget(
            `${name}-forward`,
            {
                rule: rule.name,
                targetId: "pipeline-bus",
                arn: this.bus.arn,
                roleArn: role.arn,
                deadLetterConfig: { arn: this.undelivered.arn },
                retryPolicy,
            },
            { ...parent, dependsOn: [policy] },
        );
        return { rule, ruleName };
    }

    private createRule(name: string, consumer: EventConsumer, args: EventRoutingArgs): aws.cloudwatch.EventRule {
        return new aws.cloudwatch.EventRule(
            `${name}-${consumer.slug}-rule`,
            {
                name: consumer.slug,
                description: consumer.does,
                eventBusName: this.bus.name,
                eventPattern: args.bucketName.apply((bucket) =>
                    JSON.stringify(modelPattern(bucket, uploadPrefix, consumer.slug)),
                ),
            },
            { parent: this },
        );
    }

    private createQueue(
        name: string,
        consumer: EventConsumer,
        rule: aws.cloudwatch.EventRule,
        undeliveredPolicy: pulumi.Resource,
        args: EventRoutingArgs,
    ): QueueWithDlq {
        const queue = new QueueWithDlq(
            `${name}-${consumer.slug}`,
            {
                queueName: pipelineName(args, nameRules.sqsQueue, consumer.slug),
                keyArn: args.keys.images.arn,
                visibilityTimeoutSeconds: visibilitySeconds(consumer.timeoutSeconds),
                consumerTimeoutSeconds: consumer.timeoutSeconds,
                maxReceiveCount: 5,
                senders: { EventBridgeRule: { service: "events.amazonaws.com", sourceArn: rule.arn } },
                alarmTopicArn: args.alarmTopicArn,
                maxAgeSeconds: consumer.maxAgeSeconds,
            },
            { parent: this },
        );
        new aws.cloudwatch.EventTarget(
            `${name}-${consumer.slug}-target`,
            {
                rule: rule.name,
                eventBusName: this.bus.name,
                targetId: "queue",
                arn: queue.arn,
                deadLetterConfig: { arn: this.undelivered.arn },
                retryPolicy,
            },
            // The queue and its policy, and the policy of the queue for what doesn't arrive.
            { parent: this, dependsOn: [queue, undeliveredPolicy] },
        );
        return queue;
    }

    private admitUndelivered(
        name: string,
        args: EventRoutingArgs,
        rules: readonly aws.cloudwatch.EventRule[],
    ): aws.sqs.QueuePolicy {
        return new aws.sqs.QueuePolicy(
            `${name}-undelivered-policy`,
            {
                queueUrl: this.undelivered.id,
                policy: policyDocument([
                    ...denyInsecureTransport("sqs:*", [this.undelivered.arn]),
                    {
                        sid: "EventBridgeRules",
                        principals: { service: ["events.amazonaws.com"] },
                        actions: ["sqs:SendMessage"],
                        resources: [this.undelivered.arn],
                        conditions: {
                            StringEquals: { "aws:SourceAccount": args.accountId },
                            ArnEquals: { "aws:SourceArn": [this.bus.arn, ...rules.map((rule) => rule.arn)] },
                        },
                    },
                ]),
            },
            { parent: this },
        );
    }
}
