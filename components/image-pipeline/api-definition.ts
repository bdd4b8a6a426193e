import { createHash } from "node:crypto";

/** Media types that the models read. */
export const imageTypes = ["image/jpeg", "image/png", "image/webp"] as const;

/**
 * Body of `POST /images`: the caller says what it is about to upload and gets a link for exactly that. API Gateway refuses
 * anything else before the function runs. https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export function uploadRequestSchema(maxUploadMib: number): Readonly<Record<string, unknown>> {
    return {
        $schema: "http://json-schema.org/draft-04/schema#",
        title: "UploadRequest",
        type: "object",
        additionalProperties: false,
        required: ["contentType", "contentLength"],
        properties: {
            contentType: { type: "string", enum: imageTypes },
            contentLength: { type: "integer", minimum: 1, maximum: maxUploadMib * 1024 * 1024 },
            // Base64 of a SHA-256 digest, which S3 checks against what arrives.
            checksumSha256: { type: "string", pattern: "^[A-Za-z0-9+/]{43}=$" },
        },
    };
}

/** What one request leaves in the access log. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export const accessLogFormat = JSON.stringify({
    requestId: "$context.requestId",
    extendedRequestId: "$context.extendedRequestId",
    requestTime: "$context.requestTime",
    sourceIp: "$context.identity.sourceIp",
    caller: "$context.identity.userArn",
    httpMethod: "$context.httpMethod",
    resourcePath: "$context.resourcePath",
    status: "$context.status",
    responseLength: "$context.responseLength",
    responseLatency: "$context.responseLatency",
    integrationStatus: "$context.integration.status",
    integrationError: "$context.integration.error",
    authorizeError: "$context.authorize.error",
    wafResponse: "$context.wafResponseCode",
    tlsVersion: "$context.tlsVersion",
    xrayTraceId: "$context.xrayTraceId",
});

/**
 * A stage serves a snapshot of the API: this changes when the definition does, and a new snapshot is then taken.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export function definitionDigest(definition: unknown): string {
    return createHash("sha256").update(JSON.stringify(definition)).digest("hex");
}

/**
 * TLS 1.2 with forward secrecy, or 1.3; and only to requests that name this very API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export const tlsPolicy = {
    securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    endpointAccessMode: "STRICT",
} as const;
