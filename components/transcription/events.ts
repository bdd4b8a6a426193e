import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../foundation/arn";
import { denyInsecureTransport, policyDocument } from "../foundation/policy-document";
import type { PartArgs } from "./args";

/** Rules of EventBridge by purpose. Their names are physical, so that a queue can name them before they are there. */
const rules = { Uploads: "uploads", Password: "password" } as const;

export const ruleName = (args: PartArgs, purpose: keyof typeof rules) => `${args.prefix}-${rules[purpose]}`;

export const ruleArn = (args: PartArgs, purpose: keyof typeof rules) =>
    regionalArn(args, "events", `rule/${ruleName(args, purpose)}`);

export const undeliveredQueueName = (args: PartArgs) => `${args.prefix}-undelivered`;

/** Where events lie that their targets didn't take, for people to look at. */
export function undeliveredEvents(
    name: string,
    args: PartArgs & { readonly keyArn: pulumi.Input<string> },
    opts: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
    const queue = new aws.sqs.Queue(
        name,
        {
            name: undeliveredQueueName(args),
            kmsMasterKeyId: args.keyArn,
            messageRetentionSeconds: 14 * 86_400,
        },
        opts,
    );
    new aws.sqs.QueuePolicy(
        name,
        {
            queueUrl: queue.id,
            policy: policyDocument([
                ...denyInsecureTransport("sqs:*", [queue.arn]),
                {
                    sid: "Rules",
                    principals: { service: ["events.amazonaws.com"] },
                    actions: ["sqs:SendMessage"],
                    resources: [queue.arn],
                    conditions: {
                        ArnEquals: { "aws:SourceArn": [ruleArn(args, "Uploads"), ruleArn(args, "Password")] },
                    },
                },
            ]),
        },
        opts,
    );
    return queue;
}
