import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameRules, physicalName } from "../../config/names";
import { BlueGreenTraffic } from "../foundation/blue-green";
import { Certificate } from "../foundation/certificate";
import { LoadBalancer } from "../foundation/load-balancer";
import { WebAcl } from "../foundation/web-acl";
import type { PartArgs } from "./args";
import type { Buckets } from "./buckets";
import type { Groups } from "./groups";
import type { ServiceNetwork } from "./network";

export interface EdgeArgs extends PartArgs {
    readonly serviceNetwork: ServiceNetwork;
    readonly groups: Groups;
    readonly buckets: Buckets;
    readonly logKeyArn: pulumi.Input<string>;
    /** Acts in the account of the hosted zone. */
    readonly sharedProvider: aws.Provider;
}

/** Where a new version of the api answers before people get it. */
export const testPort = 8443;

/** Everything between the Internet and the api. */
export class Edge extends pulumi.ComponentResource {
    readonly loadBalancer: LoadBalancer;
    readonly traffic: BlueGreenTraffic;
    readonly webAcl: WebAcl;

    constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:transcription:Edge", name, {}, opts);
        const parent = { parent: this };
        const { serviceNetwork, sharedServices, loadBalancer } = args;
        const { api } = args.services;

        const certificate = new Certificate(
            `${name}-certificate`,
            {
                domainName: args.domain,
                hostedZoneId: sharedServices.hostedZoneId,
                dnsProvider: args.sharedProvider,
            },
            parent,
        );
        this.webAcl = new WebAcl(
            `${name}-web`,
            {
                scope: "REGIONAL",
                logName: args.prefix,
                logKeyArn: args.logKeyArn,
                logRetentionDays: args.logRetentionDays,
                requestsPerFiveMinutes: loadBalancer.requestsPerFiveMinutes,
                extraRuleGroups: ["AWSManagedRulesPHPRuleSet"],
                // uploads are larger than the 8 KB that this rule allows
                countOnly: { AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"] },
            },
            parent,
        );
        this.loadBalancer = new LoadBalancer(
            `${name}-api`,
            {
                loadBalancerName: physicalName(nameRules.loadBalancer, args.prefix, "api"),
                vpcId: serviceNetwork.vpcId,
                subnetIds: serviceNetwork.publicSubnetIds,
                internal: false,
                certificateArn: certificate.arn,
                callers: { internet: { cidr: "0.0.0.0/0", publicReason: loadBalancer.publicReason } },
                redirectHttp: true,
                test: {
                    port: testPort,
                    callers: {
                        vpc: { cidr: serviceNetwork.cidr },
                        ...Object.fromEntries(
                            loadBalancer.testCallers.map((cidr) => [cidr.replaceAll(/[./]/g, "-"), { cidr }]),
                        ),
                    },
                },
                logBucket: args.buckets.logs.bucketName,
                deletionProtection: args.deletionProtection,
                webAclArn: this.webAcl.arn,
                idleTimeout: 120,
            },
            parent,
        );
        this.loadBalancer.reach("api", args.groups.api, api.port);
        this.traffic = new BlueGreenTraffic(
            `${name}-traffic`,
            {
                loadBalancer: this.loadBalancer,
                host: args.domain,
                vpcId: serviceNetwork.vpcId,
                port: api.port,
                healthPath: api.healthPath,
            },
            parent,
        );
        new aws.route53.Record(
            `${name}-address`,
            {
                zoneId: sharedServices.hostedZoneId,
                name: args.domain,
                type: "A",
                aliases: [
                    {
                        name: this.loadBalancer.dnsName,
                        zoneId: this.loadBalancer.zoneId,
                        evaluateTargetHealth: true,
                    },
                ],
            },
            { parent: this, provider: args.sharedProvider },
        );
        this.registerOutputs({ dnsName: this.loadBalancer.dnsName });
    }
}
