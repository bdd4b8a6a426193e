import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import { regionalArn } from "../foundation/arn";
import { encryptedLogGroup } from "../foundation/log-group";
import { policyDocument, type Statement, serviceTrust } from "../foundation/policy-document";
import type { DatabaseCredentials } from "./credentials";
import type { DatabaseCluster } from "./database";
import type { PipelineKeys } from "./keys";
import { databaseUser, type PipelinePlace, pipelineName } from "./place";

export interface DatabaseProxyArgs extends PipelinePlace {
    readonly database: DatabaseCluster;
    readonly credentials: DatabaseCredentials;
    readonly subnetIds: pulumi.Input<string[]>;
    readonly securityGroupId: pulumi.Input<string>;
    readonly keys: Pick<PipelineKeys, "database" | "operations">;
}

/**
 * RDS Proxy in front of Aurora: hundreds of short-lived functions share a few connections, and nobody but the proxy
 * holds the password, since workloads prove who they are by IAM.
 */
export class DatabaseProxy extends pulumi.ComponentResource {
    readonly endpoint: pulumi.Output<string>;
    readonly proxyName: string;
    /** Ready once the proxy has its database; what connects at its start waits for it. */
    readonly target: aws.rds.ProxyTarget;
    /** Lets an identity connect as the database's user. */
    readonly mayConnect: Statement;

    constructor(name: string, args: DatabaseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:DatabaseProxy", name, {}, opts);
        const parent = { parent: this };
        this.proxyName = pipelineName(args, nameRules.rdsIdentifier, "aurora-proxy");

        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `Lets ${this.proxyName} read the database credentials`,
                assumeRolePolicy: serviceTrust("rds.amazonaws.com", {
                    StringEquals: { "aws:SourceAccount": args.accountId },
                }),
            },
            parent,
        );
        const policy = new aws.iam.RolePolicy(
            `${name}-policy`,
            { role: role.id, policy: policyDocument(readCredentials(args)) },
            parent,
        );
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.monitoring.html
        const logGroup = encryptedLogGroup(
            `${name}-log`,
            {
                logGroupName: `/aws/rds/proxy/${this.proxyName}`,
                retentionDays: args.logRetentionDays,
                keyArn: args.keys.operations.arn,
            },
            parent,
        );
        const proxy = new aws.rds.Proxy(
            `${name}-proxy`,
            {
                name: this.proxyName,
                engineFamily: "POSTGRESQL",
                roleArn: role.arn,
                auths: [
                    {
                        description: "Workloads by IAM, the proxy by the secret",
                        authScheme: "SECRETS",
                        iamAuth: "REQUIRED",
                        secretArn: args.credentials.secretArn,
                    },
                ],
                requireTls: true,
                idleClientTimeout: 900,
                debugLogging: false,
                vpcSubnetIds: args.subnetIds,
                vpcSecurityGroupIds: [args.securityGroupId],
            },
            { ...parent, dependsOn: [policy, logGroup, args.credentials.firstVersion] },
        );
        const targetGroup = new aws.rds.ProxyDefaultTargetGroup(
            `${name}-pool`,
            {
                dbProxyName: proxy.name,
                connectionPoolConfig: {
                    maxConnectionsPercent: 90,
                    maxIdleConnectionsPercent: 50,
                    connectionBorrowTimeout: 60,
                },
            },
            parent,
        );
        this.target = new aws.rds.ProxyTarget(
            `${name}-target`,
            {
                dbProxyName: proxy.name,
                targetGroupName: targetGroup.name,
                dbClusterIdentifier: args.database.clusterIdentifier,
            },
            { ...parent, dependsOn: Object.values(args.database.instances) },
        );
        this.endpoint = proxy.endpoint;
        this.mayConnect = {
            sid: "ConnectToDatabase",
            actions: ["rds-db:connect"],
            resources: [databaseUserArn(args, proxy.arn)],
        };
        this.registerOutputs({ endpoint: this.endpoint });
    }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-iam-setup.html */
function readCredentials(args: DatabaseProxyArgs): readonly Statement[] {
    return [
        {
            sid: "ReadCredentials",
            actions: ["secretsmanager:GetSecretValue"],
            resources: [args.credentials.secretArn],
        },
        {
            sid: "DecryptCredentials",
            actions: ["kms:Decrypt"],
            resources: [args.keys.database.arn],
            conditions: { StringEquals: { "kms:ViaService": `secretsmanager.${args.region}.amazonaws.com` } },
        },
    ];
}

/** The proxy's id is the last part of its ARN: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-connecting.html */
function databaseUserArn(args: DatabaseProxyArgs, proxyArn: pulumi.Output<string>): pulumi.Output<string> {
    return proxyArn.apply((arn) => regionalArn(args, "rds-db", `dbuser:${arn.split(":").at(-1)}/${databaseUser}`));
}
