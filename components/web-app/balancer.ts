import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules, physicalName } from "../../config/names";
import { Certificate } from "../foundation/certificate";
import { LoadBalancer, taskTargetGroup } from "../foundation/load-balancer";
import type { PartArgs } from "./args";
import { listenerRules } from "./listener-rules";
import type { AppNetwork } from "./network";

export interface BalancerArgs extends PartArgs {
    readonly appNetwork: AppNetwork;
    readonly logBucket: pulumi.Input<string>;
    /** Certificate of the app's own name that exists already. */
    readonly certificateArn: pulumi.Input<string> | undefined;
    readonly provider: aws.Provider;
}

/** The load balancer that only CloudFront reaches, and what it knows of the services. */
export class Balancer extends pulumi.ComponentResource {
    readonly loadBalancer: LoadBalancer;
    /** By service, of those that are called. */
    readonly targetGroups: Readonly<Record<string, aws.lb.TargetGroup>>;
    /** By service: have to be there before its tasks start. */
    readonly rules: Readonly<Record<string, readonly aws.lb.ListenerRule[]>>;

    constructor(name: string, args: BalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:web-app:Balancer", name, {}, opts);
        const parent = { parent: this };
        const { network, services: groups } = args.appNetwork;
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
        const cloudFront = aws.ec2.getManagedPrefixListOutput(
            { name: "com.amazonaws.global.cloudfront.origin-facing" },
            { parent: this, provider: args.provider },
        );
        this.loadBalancer = new LoadBalancer(
            `${name}-app`,
            {
                loadBalancerName: physicalName(nameRules.loadBalancer, args.prefix, "app"),
                vpcId: network.vpcId,
                subnetIds: network.privateSubnetIds,
                internal: true,
                certificateArn: this.certificate(name, args),
                callers: { cloudfront: { prefixListId: cloudFront.id } },
                redirectHttp: false,
                logBucket: args.logBucket,
                deletionProtection: args.deletionProtection,
            },
            parent,
        );
        this.targetGroups = Object.fromEntries(
            Object.entries(args.services).flatMap(([service, { port, healthPath }]) =>
                port === undefined
                    ? []
                    : [
                          [
                              service,
                              taskTargetGroup(`${name}-${service}`, { vpcId: network.vpcId, port, healthPath }, parent),
                          ],
                      ],
            ),
        );
        for (const [service, { port }] of Object.entries(args.services)) {
            const group = groups[service];
            if (port !== undefined && group) {
                this.loadBalancer.reach(service, group, port);
            }
        }
        this.rules = Object.fromEntries(
            Object.entries(this.targetGroups).map(([service, targetGroup]) => [
                service,
                listenerRules(service, args.services[service]?.paths ?? []).map(
                    ({ slug, path, priority }) =>
                        new aws.lb.ListenerRule(
                            `${name}-${service}-${slug}`,
                            {
                                listenerArn: this.loadBalancer.httpsListener.arn,
                                priority,
                                conditions: [{ pathPattern: { values: [path] } }],
                                actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
                            },
                            parent,
                        ),
                ),
            ]),
        );
        this.registerOutputs({ dnsName: this.loadBalancer.dnsName });
    }

    /** CloudFront takes no certificate that a public authority hasn't signed, not within the VPC either. */
    private certificate(name: string, args: BalancerArgs): pulumi.Input<string> {
        const { origin, domain } = args.edge;
        const existing = origin?.certificateArn ?? args.certificateArn;
        if (existing !== undefined) {
            return existing;
        }
        if (domain?.hostedZoneId === undefined) {
            throw new pulumi.InputPropertyError({
                propertyPath: "edge.origin",
                reason: "must be given where there is no domain with a hosted zone",
            });
        }
        return new Certificate(
            `${name}-certificate`,
            { domainName: domain.name, hostedZoneId: domain.hostedZoneId },
            { parent: this },
        ).arn;
    }
}
