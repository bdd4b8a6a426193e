import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../../config/names";
import { managedPolicyArn, partitionOf } from "../foundation/arn";
import { identityMayUseKey } from "../foundation/key-statements";
import { encryptedLogGroup } from "../foundation/log-group";
import { policyDocument, type Statement, serviceTrust } from "../foundation/policy-document";
import type { PipelineKeys } from "./keys";
import { type PipelinePlace, pipelineName, project } from "./place";

export interface ImageFunctionArgs extends PipelinePlace {
    /** Last part of its name, for example `blur`. */
    readonly purpose: string;
    readonly description: string;
    /** Container image with a pinned tag or digest. */
    readonly imageUri: string;
    /** Seconds after which AWS ends an invocation, 1 to 900. */
    readonly timeoutSeconds: number;
    /** MiB, 128 to 10240. */
    readonly memoryMb: number;
    /** Invocations at once: kept free for this function, and its limit. */
    readonly reservedConcurrency: number;
    readonly environmentVariables: Readonly<Record<string, pulumi.Input<string>>>;
    /** What the function's code may do, beside logs and traces. */
    readonly statements: readonly Statement[];
    /** Network to run in. @default AWS's own, without a way into the VPC */
    readonly vpc?: {
        readonly subnetIds: pulumi.Input<string[]>;
        readonly securityGroupId: pulumi.Input<string>;
    };
    readonly keys: Pick<PipelineKeys, "operations">;
    /** What the function needs at its first invocation. @default nothing more */
    readonly dependsOn?: readonly pulumi.Resource[];
}

/** Repository of the shared account: `{account}.dkr.ecr.{region}.amazonaws.com/{project}-shared`. */
export function sharedImage(sharedAccountId: string, region: string, version: string): string {
    const domain = partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const separator = version.startsWith("sha256:") ? "@" : ":";
    return `${sharedAccountId}.dkr.ecr.${region}.${domain}/${project}-shared${separator}${version}`;
}

/** A Lambda function from a container image, with a role and an encrypted log group of its own. */
export class ImageFunction extends pulumi.ComponentResource {
    readonly lambda: aws.lambda.Function;
    readonly functionName: string;
    readonly role: aws.iam.Role;

    constructor(name: string, args: ImageFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:ImageFunction", name, {}, opts);
        const parent = { parent: this };
        this.functionName = pipelineName(args, nameRules.lambdaFunction, args.purpose);

        // Lambda would make the group itself, without key and for ever.
        const logGroup = encryptedLogGroup(
            `${name}-log`,
            {
                logGroupName: `/aws/lambda/${this.functionName}`,
                retentionDays: args.logRetentionDays,
                keyArn: args.keys.operations.arn,
            },
            parent,
        );
        this.role = new aws.iam.Role(
            `${name}-role`,
            {
                description: `${args.description} (${this.functionName})`,
                assumeRolePolicy: serviceTrust("lambda.amazonaws.com"),
            },
            parent,
        );
        const policies: pulumi.Resource[] = [
            new aws.iam.RolePolicy(
                `${name}-policy`,
                { role: this.role.id, policy: policyDocument([...baseStatements(logGroup, args), ...args.statements]) },
                parent,
            ),
        ];
        if (args.vpc !== undefined) {
            // Network interfaces of a function can't be named beforehand; the policy is AWS's own list for that.
            // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
            policies.push(
                new aws.iam.RolePolicyAttachment(
                    `${name}-vpc-access`,
                    {
                        role: this.role.name,
                        policyArn: managedPolicyArn(args.region, "service-role/AWSLambdaVPCAccessExecutionRole"),
                    },
                    parent,
                ),
            );
        }
        this.lambda = new aws.lambda.Function(
            `${name}-function`,
            {
                name: this.functionName,
                description: args.description,
                packageType: "Image",
                imageUri: args.imageUri,
                architectures: ["x86_64"],
                role: this.role.arn,
                timeout: args.timeoutSeconds,
                memorySize: args.memoryMb,
                reservedConcurrentExecutions: args.reservedConcurrency,
                environment: { variables: { ...args.environmentVariables } },
                kmsKeyArn: args.keys.operations.arn,
                tracingConfig: { mode: "Active" },
                loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
                vpcConfig: args.vpc
                    ? { subnetIds: args.vpc.subnetIds, securityGroupIds: [args.vpc.securityGroupId] }
                    : undefined,
            },
            // A function that starts before its policy fails its first invocations, or its creation where it has a network.
            { ...parent, dependsOn: [logGroup, ...policies, ...(args.dependsOn ?? [])] },
        );
        this.registerOutputs({ functionName: this.functionName, arn: this.lambda.arn });
    }
}

function baseStatements(logGroup: aws.cloudwatch.LogGroup, args: ImageFunctionArgs): readonly Statement[] {
    return [
        {
            sid: "WriteLogs",
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [pulumi.interpolate`${logGroup.arn}:*`],
        },
        {
            // X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
            sid: "WriteTraces",
            actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            resources: ["*"],
        },
        identityMayUseKey(args.keys.operations.arn, "ReadSettings"),
    ];
}
