import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../foundation/alarms";
import { metricAlarm } from "../foundation/metric-alarm";
import { edgeRegion, type PartArgs } from "./args";
import type { Edge } from "./edge";
import { cloudFront } from "./metrics";

export interface EdgeAlarmsArgs extends PartArgs {
    readonly appEdge: Edge;
    readonly keyArn: pulumi.Input<string>;
    /** Topic of the platform, where it is in CloudFront's region itself. */
    readonly topicArn: pulumi.Input<string> | undefined;
}

/** What CloudFront and the synthetic check tell, where their metrics are: made with the provider of CloudFront's region. */
export class EdgeAlarms extends pulumi.ComponentResource {
    readonly healthCheck: aws.route53.HealthCheck | undefined;

    constructor(name: string, args: EdgeAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:EdgeAlarms", name, {}, opts);
        const parent = { parent: this };
        // an alarm tells topics of its own region only
        const topicArn =
            args.topicArn ??
            new AlarmTopic(
                `${name}-topic`,
                {
                    accountId: args.accountId,
                    region: edgeRegion,
                    topicName: `${args.prefix}-edge-alarms`,
                    keyArn: args.keyArn,
                    emails: args.alarmEmails,
                },
                parent,
            ).arn;
        metricAlarm(
            `${name}-errors`,
            {
                description: "Over 2 % of what people ask CloudFront for ends in a server error (5xx).",
                of: cloudFront(args.appEdge.distribution.id, "5xxErrorRate", "Average"),
                threshold: 2,
                periods: 5,
                ofThem: 3,
                topicArn,
            },
            parent,
        );
        this.healthCheck = args.syntheticCheck ? this.check(name, args, topicArn) : undefined;
        this.registerOutputs({});
    }

    /** Asks as people do, from several continents. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html */
    private check(name: string, args: EdgeAlarmsArgs, topicArn: pulumi.Input<string>): aws.route53.HealthCheck {
        const home = Object.values(args.services).find(({ paths }) => paths.includes("/*"));
        const check = new aws.route53.HealthCheck(
            `${name}-check`,
            {
                type: "HTTPS",
                fqdn: args.appEdge.host,
                port: 443,
                resourcePath: home?.healthPath ?? "/",
                enableSni: true,
                requestInterval: 30,
                failureThreshold: 3,
                measureLatency: true,
                tags: { Name: args.prefix },
            },
            { parent: this },
        );
        metricAlarm(
            `${name}-unreachable`,
            {
                description: "The app can't be reached from outside.",
                of: {
                    namespace: "AWS/Route53",
                    metricName: "HealthCheckStatus",
                    dimensions: { HealthCheckId: check.id },
                    stat: "Minimum",
                },
                when: "below",
                threshold: 1,
                periods: 2,
                missing: "breaching",
                topicArn,
            },
            { parent: this },
        );
        return check;
    }
}
