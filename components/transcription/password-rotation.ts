import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../foundation/arn";
import type { Database } from "../foundation/database";
import { policyDocument, serviceTrust } from "../foundation/policy-document";
import type { PartArgs } from "./args";
import { ruleName } from "./events";
import { serviceNames } from "./stages";

export interface PasswordRotationArgs extends PartArgs {
    readonly jobDatabase: Database;
    readonly clusterArn: pulumi.Input<string>;
    /** Takes events that the state machine didn't. */
    readonly undelivered: aws.sqs.Queue;
}

/** Physical name, by which its alarm finds it. */
export const restartName = (args: PartArgs) => `${args.prefix}-restart-api`;

/**
 * Gives the api the database's new password: RDS changes it every seven days, and ECS reads secrets only when a task
 * starts. So the change starts new tasks, which a state machine asks ECS for without any code of ours.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 */
export class PasswordRotation extends pulumi.ComponentResource {
    constructor(name: string, args: PasswordRotationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:PasswordRotation", name, {}, opts);
        const parent = { parent: this };
        const serviceArn = regionalArn(args, "ecs", `service/${args.prefix}/${serviceNames.api}`);

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `Starts new tasks of the api of ${args.prefix}`,
                assumeRolePolicy: serviceTrust("states.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                }),
            },
            parent,
        );
        const permission = new aws.iam.RolePolicy(
            `${name}-role`,
            {
                role: role.name,
                policy: policyDocument([
                    { sid: "RestartApi", actions: ["ecs:UpdateService"], resources: [serviceArn] },
                ]),
            },
            parent,
        );
        const restart = new aws.sfn.StateMachine(
            `${name}-restart`,
            {
                name: restartName(args),
                roleArn: role.arn,
                definition: pulumi.jsonStringify({
                    Comment: "New tasks read the new password",
                    StartAt: "Restart",
                    States: {
                        Restart: {
                            Type: "Task",
                            Resource: "arn:aws:states:::aws-sdk:ecs:updateService",
                            Parameters: {
                                Cluster: args.clusterArn,
                                Service: serviceNames.api,
                                ForceNewDeployment: true,
                            },
                            Retry: [
                                { ErrorEquals: ["States.ALL"], IntervalSeconds: 60, MaxAttempts: 10, BackoffRate: 2 },
                            ],
                            End: true,
                        },
                    },
                }),
            },
            { parent: this, dependsOn: [permission] },
        );
        const rule = new aws.cloudwatch.EventRule(
            `${name}-changed`,
            {
                name: ruleName(args, "Password"),
                description: "The database's password has changed",
                eventPattern: pulumi.jsonStringify({
                    source: ["aws.secretsmanager"],
                    "detail-type": ["AWS Service Event via CloudTrail"],
                    detail: {
                        eventName: ["RotationSucceeded"],
                        additionalEventData: { SecretId: [args.jobDatabase.secretArn] },
                    },
                }),
            },
            parent,
        );
        const eventsRole = new aws.iam.Role(
            `${name}-events`,
            {
                description: `Starts ${restartName(args)}`,
                assumeRolePolicy: serviceTrust("events.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                }),
            },
            parent,
        );
        new aws.iam.RolePolicy(
            `${name}-events`,
            {
                role: eventsRole.name,
                policy: policyDocument([
                    { sid: "StartRestart", actions: ["states:StartExecution"], resources: [restart.arn] },
                ]),
            },
            parent,
        );
        new aws.cloudwatch.EventTarget(
            `${name}-changed`,
            {
                rule: rule.name,
                arn: restart.arn,
                roleArn: eventsRole.arn,
                deadLetterConfig: { arn: args.undelivered.arn },
            },
            parent,
        );
        this.registerOutputs({});
    }
}
