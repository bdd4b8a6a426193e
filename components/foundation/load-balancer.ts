import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { loadBalancerLogPrefix } from "./log-bucket";
import { SecurityGroup, type SecurityGroupRule } from "./security-group";

/**
 * TLS 1.2 and 1.3 with forward secrecy only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Who may come in on a port, by role: one of the ways a security group rule names its other side. */
export type Callers = Readonly<
    Record<string, Pick<SecurityGroupRule, "cidr" | "ipv6Cidr" | "prefixListId" | "securityGroupId" | "publicReason">>
>;

export interface LoadBalancerArgs {
    /** Physical name of at most 32 letters, digits and hyphens. */
    readonly loadBalancerName: string;
    readonly vpcId: pulumi.Input<string>;
    /** Public subnets for one that faces the Internet, private ones otherwise; in two zones at least. */
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Only reachable within the network. */
    readonly internal: boolean;
    /** Certificate of the HTTPS listeners, in the same region. */
    readonly certificateArn: pulumi.Input<string>;
    /** Who may come in on 443. */
    readonly callers: Callers;
    /** Listen on 80 too, and send everybody to 443. */
    readonly redirectHttp: boolean;
    /** A second HTTPS listener, where a new version is tried before people get it. @default none */
    readonly test?: { readonly port: number; readonly callers: Callers };
    /** Bucket for access logs and connection logs, a `LogBucket` with the source `load-balancer`. */
    readonly logBucket: pulumi.Input<string>;
    readonly deletionProtection: boolean;
    /** WAFv2 web ACL in front. @default none */
    readonly webAclArn?: pulumi.Input<string>;
    /** Seconds that an idle connection stays. @default 60 */
    readonly idleTimeout?: number;
}

/** An application load balancer that speaks HTTPS only. What no rule asks for gets a plain 404. */
export class LoadBalancer extends pulumi.ComponentResource {
    readonly loadBalancer: aws.lb.LoadBalancer;
    readonly arn: pulumi.Output<string>;
    /** Value of the `LoadBalancer` dimension of its metrics. */
    readonly arnSuffix: pulumi.Output<string>;
    readonly dnsName: pulumi.Output<string>;
    /** Zone of `dnsName`, for alias records. */
    readonly zoneId: pulumi.Output<string>;
    readonly securityGroup: SecurityGroup;
    readonly httpsListener: aws.lb.Listener;
    readonly testListener: aws.lb.Listener | undefined;

    constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:LoadBalancer", name, {}, opts);
        const parent = { parent: this };

        this.securityGroup = new SecurityGroup(
            `${name}-balancer`,
            {
                vpcId: args.vpcId,
                description: `Load balancer ${args.loadBalancerName}`,
                ingress: {
                    ...callerRules("https", 443, args.callers),
                    ...(args.redirectHttp ? callerRules("http", 80, args.callers) : {}),
                    ...(args.test ? callerRules("test", args.test.port, args.test.callers) : {}),
                },
            },
            parent,
        );
        const logs = (prefix: string) => ({ bucket: args.logBucket, prefix, enabled: true });
        this.loadBalancer = new aws.lb.LoadBalancer(
            `${name}-balancer`,
            {
                name: args.loadBalancerName,
                loadBalancerType: "application",
                internal: args.internal,
                subnets: args.subnetIds,
                securityGroups: [this.securityGroup.securityGroupId],
                enableDeletionProtection: args.deletionProtection,
                dropInvalidHeaderFields: true,
                desyncMitigationMode: "defensive",
                idleTimeout: args.idleTimeout ?? 60,
                accessLogs: logs(loadBalancerLogPrefix),
                connectionLogs: logs(`${loadBalancerLogPrefix}/connections`),
            },
            parent,
        );
        const listener = (role: string, port: number, https: boolean) =>
            new aws.lb.Listener(
                `${name}-${role}`,
                {
                    loadBalancerArn: this.loadBalancer.arn,
                    port,
                    ...(https
                        ? {
                              protocol: "HTTPS",
                              sslPolicy: tlsPolicy,
                              certificateArn: args.certificateArn,
                              defaultActions: [
                                  {
                                      type: "fixed-response",
                                      fixedResponse: { statusCode: "404", contentType: "text/plain" },
                                  },
                              ],
                          }
                        : {
                              protocol: "HTTP",
                              defaultActions: [
                                  {
                                      type: "redirect",
                                      redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
                                  },
                              ],
                          }),
                },
                parent,
            );
        this.httpsListener = listener("https", 443, true);
        this.testListener = args.test ? listener("test", args.test.port, true) : undefined;
        if (args.redirectHttp) {
            listener("http", 80, false);
        }
        if (args.webAclArn !== undefined) {
            new aws.wafv2.WebAclAssociation(
                `${name}-web-acl`,
                { resourceArn: this.loadBalancer.arn, webAclArn: args.webAclArn },
                parent,
            );
        }

        this.arn = this.loadBalancer.arn;
        this.arnSuffix = this.loadBalancer.arnSuffix;
        this.dnsName = this.loadBalancer.dnsName;
        this.zoneId = this.loadBalancer.zoneId;
        this.registerOutputs({ arn: this.arn, dnsName: this.dnsName });
    }

    /** Lets the load balancer call the members of a group, and them be called, on one port. */
    reach(role: string, group: SecurityGroup, port: number): void {
        group.addIngress("balancer", {
            description: "Requests and health checks of the load balancer",
            port,
            securityGroupId: this.securityGroup.securityGroupId,
        });
        this.securityGroup.addEgress(role, {
            description: `Requests to ${role}`,
            port,
            securityGroupId: group.securityGroupId,
        });
    }
}

function callerRules(role: string, port: number, callers: Callers): Record<string, SecurityGroupRule> {
    return Object.fromEntries(
        Object.entries(callers).map(([caller, rule]) => [
            `${role}-${caller}`,
            { description: `${role} from ${caller}`, port, ...rule },
        ]),
    );
}

export interface TargetGroupArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly port: number;
    /** Path that answers 200 when the task is well. */
    readonly healthPath: string;
    /** Seconds that requests under way get when a task goes. @default 30 */
    readonly deregistrationDelay?: number;
    /** @default "HTTP" */
    readonly protocol?: "HTTP" | "HTTPS";
}

/** A target group for tasks of ECS with an address of their own. */
export function taskTargetGroup(
    name: string,
    args: TargetGroupArgs,
    opts: pulumi.CustomResourceOptions,
): aws.lb.TargetGroup {
    return new aws.lb.TargetGroup(
        name,
        {
            vpcId: args.vpcId,
            port: args.port,
            protocol: args.protocol ?? "HTTP",
            targetType: "ip",
            deregistrationDelay: args.deregistrationDelay ?? 30,
            // the least busy task takes the next request: some take seconds, most milliseconds
            loadBalancingAlgorithmType: "least_outstanding_requests",
            healthCheck: {
                path: args.healthPath,
                protocol: args.protocol ?? "HTTP",
                matcher: "200",
                interval: 15,
                timeout: 5,
                healthyThreshold: 2,
                unhealthyThreshold: 3,
            },
        },
        opts,
    );
}
