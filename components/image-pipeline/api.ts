import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImagePipelineConfig } from "../../config/platforms/image-pipeline";
import { managedPolicyArn } from "../foundation/arn";
import { encryptedLogGroup } from "../foundation/log-group";
import { serviceTrust } from "../foundation/policy-document";
import { WebAcl } from "../foundation/web-acl";
import { accessLogFormat, definitionDigest, tlsPolicy, uploadRequestSchema } from "./api-definition";
import { createDomain } from "./api-domain";
import type { ImageFunction } from "./image-function";
import type { PipelineKeys } from "./keys";
import { type PipelinePlace, project } from "./place";

export interface UploadApiArgs extends PipelinePlace {
    readonly settings: ImagePipelineConfig["api"];
    /** Largest image that a link is given for, in MiB. */
    readonly maxUploadMib: number;
    /** What answers `POST /images`. */
    readonly upload: ImageFunction;
    readonly keys: Pick<PipelineKeys, "operations">;
}

/** The REST API that hands out upload links: authorised, validated, throttled, behind a firewall and logged. */
export class UploadApi extends pulumi.ComponentResource {
    readonly restApi: aws.apigateway.RestApi;
    readonly stage: aws.apigateway.Stage;
    readonly apiName: string;
    readonly url: pulumi.Output<string>;
    readonly webAcl: WebAcl;

    constructor(name: string, args: UploadApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:image-pipeline:UploadApi", name, {}, opts);
        const parent = { parent: this };
        this.apiName = `${project}-${args.environment}-api`;
        this.restApi = new aws.apigateway.RestApi(
            `${name}-api`,
            {
                name: this.apiName,
                description: "Upload of images",
                endpointConfiguration: { types: "REGIONAL" },
                // Callers of a custom domain must not go round it.
                disableExecuteApiEndpoint: args.settings.domain !== undefined,
                ...tlsPolicy,
            },
            parent,
        );
        const deployment = this.createMethod(name, args);
        this.stage = this.createStage(name, args, deployment);
        this.webAcl = new WebAcl(
            `${name}-firewall`,
            {
                scope: "REGIONAL",
                requestsPerFiveMinutes: args.settings.wafRateLimit,
                logRetentionDays: args.logRetentionDays,
                logKeyArn: args.keys.operations.arn,
                logName: `${project}-${args.environment}-api`,
            },
            parent,
        );
        new aws.wafv2.WebAclAssociation(
            `${name}-firewall-association`,
            { resourceArn: this.stage.arn, webAclArn: this.webAcl.arn },
            parent,
        );
        if (args.settings.authorization === "apiKey") {
            this.createUsagePlan(name, args);
        }
        this.url = args.settings.domain
            ? createDomain(name, args.settings.domain, this.stage, parent)
            : pulumi.interpolate`${this.stage.invokeUrl}/`;
        this.registerOutputs({ url: this.url });
    }

    /** `POST /images`, and the snapshot of it that the stage serves. */
    private createMethod(name: string, args: UploadApiArgs): aws.apigateway.Deployment {
        const parent = { parent: this };
        const restApi = this.restApi.id;
        const schema = uploadRequestSchema(args.maxUploadMib);
        const resource = new aws.apigateway.Resource(
            `${name}-images`,
            { restApi, parentId: this.restApi.rootResourceId, pathPart: "images" },
            parent,
        );
        const model = new aws.apigateway.Model(
            `${name}-upload-request`,
            { restApi, name: "UploadRequest", contentType: "application/json", schema: JSON.stringify(schema) },
            parent,
        );
        const validator = new aws.apigateway.RequestValidator(
            `${name}-validator`,
            { restApi, name: "body-and-parameters", validateRequestBody: true, validateRequestParameters: true },
            parent,
        );
        const method = new aws.apigateway.Method(
            `${name}-post-images`,
            {
                restApi,
                resourceId: resource.id,
                httpMethod: "POST",
                ...this.authorization(name, args.settings),
                requestValidatorId: validator.id,
                requestModels: { "application/json": model.name },
            },
            parent,
        );
        const integration = new aws.apigateway.Integration(
            `${name}-post-images-upload`,
            {
                restApi,
                resourceId: resource.id,
                httpMethod: method.httpMethod,
                type: "AWS_PROXY",
                // Lambda is always invoked by POST.
                integrationHttpMethod: "POST",
                uri: args.upload.lambda.invokeArn,
            },
            parent,
        );
        const permission = new aws.lambda.Permission(
            `${name}-may-invoke-upload`,
            {
                action: "lambda:InvokeFunction",
                function: args.upload.lambda.name,
                principal: "apigateway.amazonaws.com",
                sourceAccount: args.accountId,
                sourceArn: pulumi.interpolate`${this.restApi.executionArn}/*/POST/images`,
            },
            parent,
        );
        const { authorization, userPoolArns } = args.settings;
        return new aws.apigateway.Deployment(
            `${name}-deployment`,
            {
                restApi,
                triggers: { definition: definitionDigest({ schema, authorization, userPoolArns }) },
            },
            // A snapshot of the methods that are there at that moment, so all of them come first.
            { ...parent, dependsOn: [method, integration, permission] },
        );
    }

    private authorization(name: string, settings: UploadApiArgs["settings"]) {
        switch (settings.authorization) {
            case "iam":
                return { authorization: "AWS_IAM" };
            case "cognito":
                return {
                    authorization: "COGNITO_USER_POOLS",
                    authorizerId: new aws.apigateway.Authorizer(
                        `${name}-authorizer`,
                        {
                            restApi: this.restApi.id,
                            name: "user-pools",
                            type: "COGNITO_USER_POOLS",
                            providerArns: settings.userPoolArns,
                        },
                        { parent: this },
                    ).id,
                };
            case "apiKey":
                return { authorization: "NONE", apiKeyRequired: true };
        }
    }

    private createStage(
        name: string,
        args: UploadApiArgs,
        deployment: aws.apigateway.Deployment,
    ): aws.apigateway.Stage {
        const parent = { parent: this };
        const logGroup = (role: string, logGroupName?: pulumi.Input<string>) =>
            encryptedLogGroup(
                `${name}-${role}-log`,
                { logGroupName, retentionDays: args.logRetentionDays, keyArn: args.keys.operations.arn },
                parent,
            );
        const accessLog = logGroup("access", `/aws/apigateway/${this.apiName}/access`);
        const stage = new aws.apigateway.Stage(
            `${name}-stage`,
            {
                restApi: this.restApi.id,
                deployment: deployment.id,
                stageName: args.environment,
                description: "Upload of images",
                xrayTracingEnabled: true,
                accessLogSettings: { destinationArn: accessLog.arn, format: accessLogFormat },
            },
            {
                ...parent,
                dependsOn: [
                    createLoggingAccount(name, args, parent),
                    // API Gateway would make the group itself, without key and for ever.
                    logGroup(
                        "execution",
                        pulumi.interpolate`API-Gateway-Execution-Logs_${this.restApi.id}/${args.environment}`,
                    ),
                ],
            },
        );
        new aws.apigateway.MethodSettings(
            `${name}-method-settings`,
            {
                restApi: this.restApi.id,
                stageName: stage.stageName,
                methodPath: "*/*",
                settings: {
                    metricsEnabled: true,
                    loggingLevel: "ERROR",
                    // Bodies stay out of the log.
                    dataTraceEnabled: false,
                    throttlingRateLimit: args.settings.rateLimit,
                    throttlingBurstLimit: args.settings.burstLimit,
                },
            },
            parent,
        );
        return stage;
    }

    private createUsagePlan(name: string, args: UploadApiArgs): void {
        const parent = { parent: this };
        const plan = new aws.apigateway.UsagePlan(
            `${name}-usage-plan`,
            {
                description: `Callers of ${this.apiName}`,
                apiStages: [{ apiId: this.restApi.id, stage: this.stage.stageName }],
                quotaSettings: args.settings.dailyQuota
                    ? { limit: args.settings.dailyQuota, period: "DAY" }
                    : undefined,
                throttleSettings: { rateLimit: args.settings.rateLimit, burstLimit: args.settings.burstLimit },
            },
            parent,
        );
        const key = new aws.apigateway.ApiKey(
            `${name}-key`,
            { description: `Callers of ${this.apiName}` },
            { ...parent, additionalSecretOutputs: ["value"] },
        );
        new aws.apigateway.UsagePlanKey(
            `${name}-usage-plan-key`,
            { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id },
            parent,
        );
    }
}

/**
 * API Gateway writes logs by one role for the whole account and region; a stage with logging is refused before it is set.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
function createLoggingAccount(
    name: string,
    args: UploadApiArgs,
    opts: pulumi.CustomResourceOptions,
): aws.apigateway.Account {
    const role = new aws.iam.Role(
        `${name}-logging-role`,
        {
            description: `Writes the logs of API Gateway in ${args.region}`,
            assumeRolePolicy: serviceTrust("apigateway.amazonaws.com"),
        },
        opts,
    );
    const policy = new aws.iam.RolePolicyAttachment(
        `${name}-logging-policy`,
        {
            role: role.name,
            policyArn: managedPolicyArn(args.region, "service-role/AmazonAPIGatewayPushToCloudWatchLogs"),
        },
        opts,
    );
    return new aws.apigateway.Account(
        `${name}-logging-account`,
        { cloudwatchRoleArn: role.arn },
        { ...opts, dependsOn: [policy] },
    );
}
