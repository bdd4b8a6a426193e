import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { argsOf, deploy, recordingOf } from "./deploy";

describe("image pipeline: API", () => {
    it("asks callers for AWS signatures and checks what they send", async () => {
        const recording = await recordingOf("dev");
        const method = recording.inputsOf(aws.apigateway.Method);
        assert.equal(method.httpMethod, "POST");
        assert.equal(method.authorization, "AWS_IAM");
        assert.equal(method.apiKeyRequired, undefined);
        assert.ok(method.requestValidatorId);
        assert.deepEqual(method.requestModels, { "application/json": "UploadRequest" });
        const validator = recording.inputsOf(aws.apigateway.RequestValidator);
        assert.deepEqual([validator.validateRequestBody, validator.validateRequestParameters], [true, true]);
        const schema = JSON.parse(String(recording.inputsOf(aws.apigateway.Model).schema)) as {
            properties: { contentLength: unknown };
            additionalProperties: unknown;
        };
        assert.equal(schema.additionalProperties, false);
        assert.deepEqual(schema.properties.contentLength, { type: "integer", minimum: 1, maximum: 52_428_800 });
    });

    it("speaks TLS 1.2 and later only, to requests that name it", async () => {
        const api = (await recordingOf("dev")).inputsOf(aws.apigateway.RestApi);
        assert.equal(api.securityPolicy, "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09");
        assert.equal(api.endpointAccessMode, "STRICT");
        assert.equal(api.disableExecuteApiEndpoint, false);
    });

    it("is traced, logged and throttled", async () => {
        const recording = await recordingOf("prod");
        const stage = recording.inputsOf(aws.apigateway.Stage);
        assert.equal(stage.stageName, "prod");
        assert.equal(stage.xrayTracingEnabled, true);
        assert.match(String(stage.accessLogSettings?.format), /\$context.requestId/);
        assert.deepEqual(recording.inputsOf(aws.apigateway.MethodSettings).settings, {
            metricsEnabled: true,
            loggingLevel: "ERROR",
            dataTraceEnabled: false,
            throttlingRateLimit: 200,
            throttlingBurstLimit: 400,
        });
        const log = recording.inputsOf(aws.cloudwatch.LogGroup, "api-access-log");
        assert.equal(log.retentionInDays, 365);
        assert.match(String(log.kmsKeyId), /image-pipeline-operations-key/);
        assert.match(String(recording.inputsOf(aws.apigateway.Account).cloudwatchRoleArn), /logging-role/);
    });

    it("stands behind a firewall that logs under the name WAF insists on", async () => {
        const recording = await recordingOf("dev");
        const acl = recording.inputsOf(aws.wafv2.WebAcl);
        const names = (acl.rules ?? []).map((rule) => rule.name);
        assert.ok(names.includes("AWSManagedRulesCommonRuleSet") && names.includes("RateLimit"), names.join());
        const association = recording.inputsOf(aws.wafv2.WebAclAssociation);
        assert.match(association.resourceArn, /image-pipeline-api-stage/);
        assert.equal(recording.inputsOf(aws.cloudwatch.LogGroup, "firewall-log").name, "aws-waf-logs-mediaviz-dev-api");
        assert.equal(recording.all(aws.wafv2.WebAclLoggingConfiguration).length, 1);
    });

    it("lets this API and nobody else invoke the upload function", async () => {
        const permission = (await recordingOf("dev")).inputsOf(aws.lambda.Permission);
        assert.equal(permission.principal, "apigateway.amazonaws.com");
        assert.equal(permission.sourceAccount, "111111111111");
        assert.equal(permission.sourceArn, "arn:aws:execute-api:us-east-2:111111111111:api/*/POST/images");
    });

    it("takes tokens of user pools where the config says so", async () => {
        const pool = "arn:aws:cognito-idp:us-east-2:111111111111:userpool/us-east-2_abc";
        const args = argsOf("dev");
        const recording = await deploy({
            ...args,
            api: { ...args.api, authorization: "cognito", userPoolArns: [pool] },
        });
        const method = recording.inputsOf(aws.apigateway.Method);
        assert.equal(method.authorization, "COGNITO_USER_POOLS");
        assert.match(String(method.authorizerId), /^authorizer-/);
        assert.deepEqual(recording.inputsOf(aws.apigateway.Authorizer).providerArns, [pool]);
    });

    it("hands out API keys with a quota where the config says so", async () => {
        const args = argsOf("dev");
        const recording = await deploy({
            ...args,
            api: { ...args.api, authorization: "apiKey", dailyQuota: 1000 },
        });
        assert.equal(recording.inputsOf(aws.apigateway.Method).apiKeyRequired, true);
        assert.deepEqual(recording.inputsOf(aws.apigateway.UsagePlan).quotaSettings, { limit: 1000, period: "DAY" });
        assert.equal(recording.all(aws.apigateway.UsagePlanKey).length, 1);
    });

    it("moves to a domain of one's own, and then answers there only", async () => {
        const args = argsOf("dev");
        const recording = await deploy({
            ...args,
            api: {
                ...args.api,
                domain: {
                    name: "api.mediaviz.example",
                    certificateArn: "arn:aws:acm:us-east-2:111111111111:certificate/1",
                    hostedZoneId: "Z0123456789ABC",
                },
            },
        });
        assert.equal(recording.inputsOf(aws.apigateway.RestApi).disableExecuteApiEndpoint, true);
        const domain = recording.inputsOf(aws.apigateway.DomainName);
        assert.equal(domain.securityPolicy, "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09");
        assert.deepEqual(recording.inputsOf(aws.route53.Record).aliases, [
            { name: "regional.example", zoneId: "ZREGIONAL", evaluateTargetHealth: false },
        ]);
    });

    it("has no domain and no keys by default", async () => {
        const recording = await recordingOf("prod");
        for (const type of [aws.apigateway.DomainName, aws.apigateway.UsagePlan, aws.apigateway.Authorizer]) {
            assert.deepEqual(recording.names(type), []);
        }
    });
});
