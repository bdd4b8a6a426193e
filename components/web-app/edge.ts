import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { WebAcl } from "../foundation/web-acl";
import type { PartArgs } from "./args";
import type { Balancer } from "./balancer";
import type { Buckets } from "./buckets";
import { accessLogs } from "./edge-logs";
import { securityHeaders } from "./headers";

export interface EdgeArgs extends PartArgs {
    readonly balancer: Balancer;
    readonly buckets: Buckets;
    /** Certificate of the app's own name in us-east-1. */
    readonly certificateArn: pulumi.Input<string> | undefined;
    readonly logKeyArn: pulumi.Input<string>;
}

/** Policies that AWS keeps. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachePolicies = {
    optimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    disabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
} as const;
/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const requestPolicies = {
    allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;

const allMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const readMethods = ["GET", "HEAD", "OPTIONS"];

/** The only way in: CloudFront with its web ACL. Made with the provider of CloudFront's region. */
export class Edge extends pulumi.ComponentResource {
    readonly distribution: aws.cloudfront.Distribution;
    readonly webAcl: WebAcl;
    /** Host name that people know: the app's own, or CloudFront's. */
    readonly host: pulumi.Output<string>;
    /** Records of the app's own name. */
    readonly records: readonly aws.route53.Record[];

    constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Edge", name, {}, opts);
        const parent = { parent: this };
        const { domain, origin } = args.edge;

        this.webAcl = new WebAcl(
            `${name}-web`,
            {
                scope: "CLOUDFRONT",
                logName: args.prefix,
                logKeyArn: args.logKeyArn,
                logRetentionDays: args.logRetentionDays,
                requestsPerFiveMinutes: args.edge.requestsPerFiveMinutes,
            },
            parent,
        );
        const vpcOrigin = new aws.cloudfront.VpcOrigin(
            `${name}-origin`,
            {
                vpcOriginEndpointConfig: {
                    name: `${args.prefix}-app`,
                    arn: args.balancer.loadBalancer.arn,
                    httpPort: 80,
                    httpsPort: 443,
                    originProtocolPolicy: "https-only",
                    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
                },
            },
            parent,
        );
        const accessControl = new aws.cloudfront.OriginAccessControl(
            `${name}-static`,
            {
                name: `${args.prefix}-static`,
                originAccessControlOriginType: "s3",
                signingBehavior: "always",
                signingProtocol: "sigv4",
            },
            parent,
        );
        const headers = securityHeaders(`${name}-headers`, args, parent);
        const behavior = {
            viewerProtocolPolicy: "redirect-to-https",
            compress: true,
            responseHeadersPolicyId: headers.id,
        } as const;

        this.distribution = new aws.cloudfront.Distribution(
            `${name}-distribution`,
            {
                comment: args.prefix,
                enabled: true,
                isIpv6Enabled: true,
                httpVersion: "http2and3",
                priceClass: args.edge.priceClass,
                aliases: domain ? [domain.name] : [],
                webAclId: this.webAcl.arn,
                origins: [
                    {
                        originId: "app",
                        // CloudFront checks the certificate against this name, or against the host that it passes on
                        domainName: origin?.domainName ?? args.balancer.loadBalancer.dnsName,
                        vpcOriginConfig: {
                            vpcOriginId: vpcOrigin.id,
                            originReadTimeout: 60,
                            originKeepaliveTimeout: 60,
                        },
                    },
                    {
                        originId: "static",
                        domainName: args.buckets.statics.bucket.bucketRegionalDomainName,
                        originAccessControlId: accessControl.id,
                    },
                ],
                defaultCacheBehavior: {
                    ...behavior,
                    targetOriginId: "app",
                    allowedMethods: allMethods,
                    cachedMethods: readMethods,
                    cachePolicyId: cachePolicies.disabled,
                    originRequestPolicyId: requestPolicies[origin ? "allViewerExceptHostHeader" : "allViewer"],
                },
                orderedCacheBehaviors: [
                    {
                        ...behavior,
                        pathPattern: "/static/*",
                        targetOriginId: "static",
                        allowedMethods: readMethods,
                        cachedMethods: readMethods,
                        cachePolicyId: cachePolicies.optimized,
                    },
                ],
                restrictions: { geoRestriction: { restrictionType: "none" } },
                viewerCertificate: domain
                    ? {
                          acmCertificateArn: args.certificateArn,
                          sslSupportMethod: "sni-only",
                          minimumProtocolVersion: "TLSv1.2_2021",
                      }
                    : { cloudfrontDefaultCertificate: true },
                waitForDeployment: true,
            },
            { parent: this, protect: args.deletionProtection },
        );
        accessLogs(
            `${name}-logs`,
            {
                prefix: args.prefix,
                distributionArn: this.distribution.arn,
                bucketArn: args.buckets.logs.arn,
                bucketReady: args.buckets.logs.bucketName,
            },
            parent,
        );
        this.host = pulumi.output(domain?.name ?? this.distribution.domainName);
        this.records = this.createRecords(name, args);
        this.registerOutputs({ host: this.host });
    }

    private createRecords(name: string, { edge: { domain } }: EdgeArgs): readonly aws.route53.Record[] {
        const zoneId = domain?.hostedZoneId;
        if (domain === undefined || zoneId === undefined) {
            return [];
        }
        return ["A", "AAAA"].map(
            (type) =>
                new aws.route53.Record(
                    `${name}-address-${type.toLowerCase()}`,
                    {
                        zoneId,
                        name: domain.name,
                        type,
                        aliases: [
                            {
                                name: this.distribution.domainName,
                                zoneId: this.distribution.hostedZoneId,
                                evaluateTargetHealth: false,
                            },
                        ],
                    },
                    { parent: this },
                ),
        );
    }
}
