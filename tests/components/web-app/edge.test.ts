import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { listenerRules } from "../../../components/web-app/listener-rules";
import type { Recording } from "../../support/mocks";
import { statementOf } from "../../support/policies";
import { deploy, fullConfig, leastConfig } from "./deploy";

describe("WebApp's edge", () => {
    let recording: Recording;
    before(async () => {
        ({ recording } = await deploy(leastConfig));
    });

    it("speaks TLS 1.2 of 2021 and HTTP/3, and passes pages on to the app, files to the bucket", () => {
        const distribution = recording.inputsOf(aws.cloudfront.Distribution);
        assert.deepEqual(distribution.viewerCertificate, {
            acmCertificateArn: recording.resource(aws.acm.CertificateValidation).inputs["certificateArn"],
            sslSupportMethod: "sni-only",
            minimumProtocolVersion: "TLSv1.2_2021",
        });
        assert.equal(distribution.httpVersion, "http2and3");
        assert.deepEqual(distribution.aliases, ["app.example.com"]);
        assert.equal(distribution.defaultCacheBehavior.targetOriginId, "app");
        assert.equal(distribution.defaultCacheBehavior.viewerProtocolPolicy, "redirect-to-https");
        // Host is passed on: the load balancer's certificate is for the app's own name
        assert.equal(distribution.defaultCacheBehavior.originRequestPolicyId, "216adef6-5c7f-47e4-b989-5492eafa07d3");
        assert.deepEqual(
            distribution.orderedCacheBehaviors?.map(({ pathPattern, targetOriginId, viewerProtocolPolicy }) => ({
                pathPattern,
                targetOriginId,
                viewerProtocolPolicy,
            })),
            [{ pathPattern: "/static/*", targetOriginId: "static", viewerProtocolPolicy: "redirect-to-https" }],
        );
        for (const behavior of [distribution.defaultCacheBehavior, ...(distribution.orderedCacheBehaviors ?? [])]) {
            assert.ok(behavior.responseHeadersPolicyId);
        }
    });

    it("reaches the load balancer by a VPC origin over TLS, and nobody else does", () => {
        assert.deepEqual(
            recording.inputsOf(aws.cloudfront.VpcOrigin).vpcOriginEndpointConfig.originProtocolPolicy,
            "https-only",
        );
        assert.equal(recording.inputsOf(aws.lb.LoadBalancer).internal, true);
        const listeners = recording.all(aws.lb.Listener).map(({ inputs }) => [inputs["port"], inputs["protocol"]]);
        assert.deepEqual(listeners, [[443, "HTTPS"]]);
        const ingress = recording
            .all(aws.vpc.SecurityGroupIngressRule)
            .filter(({ name }) => name.startsWith("web-app-balancer-"))
            .map(({ inputs }) => [inputs["prefixListId"], inputs["fromPort"], inputs["cidrIpv4"]]);
        assert.deepEqual(ingress, [["pl-cloudfront", 443, undefined]]);
    });

    it("reads static files by origin access control only", () => {
        const { signingBehavior, signingProtocol } = recording.inputsOf(aws.cloudfront.OriginAccessControl);
        assert.deepEqual([signingBehavior, signingProtocol], ["always", "sigv4"]);
        const { policy } = recording.inputsOf(aws.s3.BucketPolicy, "buckets-static-policy");
        assert.deepEqual(statementOf(policy, "CloudFrontReads").Condition, {
            StringEquals: { "aws:SourceAccount": "111111111111" },
            ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111111111111:distribution/*" },
        });
    });

    it("has a web ACL and access logs", () => {
        assert.equal(recording.inputsOf(aws.wafv2.WebAcl).scope, "CLOUDFRONT");
        assert.equal(
            recording.inputsOf(aws.cloudfront.Distribution).webAclId,
            "arn:aws:wafv2:us-east-1:111111111111:web-app-edge-web-acl",
        );
        assert.equal(recording.inputsOf(aws.cloudwatch.LogDeliverySource).logType, "ACCESS_LOGS");
    });

    it("tells browsers to insist on TLS and to refuse frames", () => {
        const { securityHeadersConfig: headers } = recording.inputsOf(aws.cloudfront.ResponseHeadersPolicy);
        assert.deepEqual(headers?.strictTransportSecurity, {
            accessControlMaxAgeSec: 31536000,
            includeSubdomains: true,
            preload: false,
            override: true,
        });
        assert.equal(headers?.frameOptions?.frameOption, "DENY");
    });

    it("makes one certificate for CloudFront and the load balancer where both are in us-east-1, else two", async () => {
        assert.equal(recording.all(aws.acm.Certificate).length, 1);
        const elsewhere = await deploy({ ...leastConfig, region: "eu-west-1" });
        assert.deepEqual(elsewhere.recording.names(aws.acm.Certificate), [
            "web-app-balancer-certificate-certificate",
            "web-app-certificate-certificate",
        ]);
    });

    it("makes no name of its own where it gets none", async () => {
        const { recording: nameless } = await deploy({
            ...leastConfig,
            edge: {
                origin: {
                    domainName: "lb.example.com",
                    certificateArn: "arn:aws:acm:us-east-1:111111111111:certificate/0123",
                },
            },
        });
        const distribution = nameless.inputsOf(aws.cloudfront.Distribution);
        assert.deepEqual(distribution.viewerCertificate, { cloudfrontDefaultCertificate: true });
        assert.equal(distribution.origins[0]?.domainName, "lb.example.com");
        // the app's own name isn't known to the certificate, so Host is the origin's
        assert.equal(distribution.defaultCacheBehavior.originRequestPolicyId, "b689b0a8-53d0-40ab-baf2-68738e2966ac");
        assert.deepEqual(nameless.names(aws.acm.Certificate), []);
        assert.deepEqual(nameless.names(aws.route53.Record), []);
    });

    it("asks for the home page's health from outside where told to", async () => {
        assert.deepEqual(recording.names(aws.route53.HealthCheck), []);
        const { recording: full } = await deploy(fullConfig);
        const check = full.inputsOf(aws.route53.HealthCheck);
        assert.deepEqual([check.type, check.fqdn, check.resourcePath], ["HTTPS", "app.example.com", "/health"]);
    });
});

describe("rules of the load balancer", () => {
    it("puts exact paths before wide ones, whatever the order", () => {
        const priority = (service: string, path: string) => listenerRules(service, [path])[0]?.priority ?? Number.NaN;
        assert.ok(priority("api", "/api/v2/*") < priority("web", "/api/*"));
        assert.ok(priority("web", "/api/*") < priority("api", "/*"));
        assert.ok(priority("web", "/login") < priority("api", "/login*"));
        assert.ok(priority("web", "/*") <= 50_000 && priority("api", `/${"x".repeat(126)}`) >= 1);
    });

    it("doesn't move a path because of another one", () => {
        const alone = listenerRules("api", ["/api/*"]);
        const among = listenerRules("api", ["/v1/*", "/api/*"]);
        assert.deepEqual(alone[0], among[1]);
        assert.deepEqual(alone[0]?.slug, "api-all");
    });
});
