import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { encryptedLogGroup } from "./log-group";
import type { Statement } from "./policy-document";

export interface EcsClusterArgs {
    /** Physical name; people type it. */
    readonly clusterName: string;
    /** Encrypts sessions of ECS Exec, their log and Fargate's ephemeral storage. */
    readonly kmsKeyArn: pulumi.Input<string>;
    /** Days that the log of ECS Exec is kept. */
    readonly logRetentionDays: number;
}

/** Where sessions of ECS Exec are logged, and what a task needs for having them. */
export interface ExecAudit {
    readonly logGroupArn: pulumi.Input<string>;
    readonly kmsKeyArn: pulumi.Input<string>;
}

/** An ECS cluster with Container Insights, where every command that people run in a container is logged. */
export class EcsCluster extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    readonly clusterName: pulumi.Output<string>;
    readonly exec: ExecAudit;

    constructor(name: string, args: EcsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:EcsCluster", name, {}, opts);
        const parent = { parent: this };

        const logGroup = encryptedLogGroup(
            `${name}-exec`,
            {
                logGroupName: `/ecs/${args.clusterName}/exec`,
                retentionDays: args.logRetentionDays,
                keyArn: args.kmsKeyArn,
            },
            parent,
        );
        const cluster = new aws.ecs.Cluster(
            `${name}-cluster`,
            {
                name: args.clusterName,
                // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/deploy-container-insights-ECS-cluster.html
                settings: [{ name: "containerInsights", value: "enhanced" }],
                configuration: {
                    executeCommandConfiguration: {
                        kmsKeyId: args.kmsKeyArn,
                        logging: "OVERRIDE",
                        logConfiguration: {
                            cloudWatchEncryptionEnabled: true,
                            cloudWatchLogGroupName: logGroup.name,
                        },
                    },
                },
            },
            parent,
        );

        this.arn = cluster.arn;
        this.clusterName = cluster.name;
        this.exec = { logGroupArn: logGroup.arn, kmsKeyArn: args.kmsKeyArn };
        this.registerOutputs({ arn: this.arn, clusterName: this.clusterName });
    }
}

/**
 * What a task role needs for audited sessions of ECS Exec.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function execStatements(exec: ExecAudit): Statement[] {
    return [
        {
            sid: "ExecChannel",
            // Session Manager's channels have no resource-level permissions
            actions: [
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
            ],
            resources: ["*"],
        },
        { sid: "ExecKey", actions: ["kms:Decrypt"], resources: [exec.kmsKeyArn] },
        { sid: "ExecLogGroups", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
        {
            sid: "ExecLog",
            actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: [pulumi.interpolate`${exec.logGroupArn}:*`],
        },
    ];
}
