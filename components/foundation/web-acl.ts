import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { encryptedLogGroup } from "./log-group";

/**
 * AWS's own rule groups that apply to any web application, by priority.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const managedRuleGroups = [
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
] as const;

type ManagedRuleGroup = (typeof managedRuleGroups)[number] | `AWSManagedRules${string}`;

export interface WebAclArgs {
    /** `CLOUDFRONT` ACLs live in us-east-1 only. */
    readonly scope: "REGIONAL" | "CLOUDFRONT";
    /** Requests of one address in five minutes before it is blocked, 10 to 2,000,000,000. @default 2000 */
    readonly requestsPerFiveMinutes?: number;
    /** More rule groups of AWS, for example `AWSManagedRulesPHPRuleSet`. @default none */
    readonly extraRuleGroups?: readonly ManagedRuleGroup[];
    /**
     * Rules that only count instead of blocking, by rule group; for example uploads break `SizeRestrictions_BODY`, which
     * stops bodies over 8 KB. @default none
     */
    readonly countOnly?: Readonly<Record<string, readonly string[]>>;
    /** Days that the log of blocked and counted requests is kept. */
    readonly logRetentionDays: number;
    /** KMS key of the log group; its policy has to let CloudWatch Logs use it. */
    readonly logKeyArn: pulumi.Input<string>;
    /** Log group's name after `aws-waf-logs-`, which WAF insists on. */
    readonly logName: string;
}

/** A WAFv2 web ACL with AWS's managed rules, a limit per address and a log that leaves credentials out. */
export class WebAcl extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    /** Value of the `WebACL` dimension of its metrics. */
    readonly metricName: string;
    readonly logGroupName: pulumi.Output<string>;

    constructor(name: string, args: WebAclArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platforms:foundation:WebAcl", name, {}, opts);
        const parent = { parent: this };
        this.metricName = name.replaceAll(/[^\w-]/g, "-");

        const acl = new aws.wafv2.WebAcl(
            `${name}-acl`,
            {
                scope: args.scope,
                description: `Web traffic of ${name}`,
                defaultAction: { allow: {} },
                rules: [
                    ...[...managedRuleGroups, ...(args.extraRuleGroups ?? [])].map((group, priority) => ({
                        name: group,
                        priority,
                        overrideAction: { none: {} },
                        statement: {
                            managedRuleGroupStatement: {
                                vendorName: "AWS",
                                name: group,
                                ruleActionOverrides: args.countOnly?.[group]?.map((rule) => ({
                                    name: rule,
                                    actionToUse: { count: {} },
                                })),
                            },
                        },
                        visibilityConfig: visibility(group),
                    })),
                    {
                        name: "RateLimit",
                        priority: 100,
                        action: { block: {} },
                        statement: {
                            rateBasedStatement: {
                                aggregateKeyType: "IP",
                                evaluationWindowSec: 300,
                                limit: args.requestsPerFiveMinutes ?? 2000,
                            },
                        },
                        visibilityConfig: visibility("RateLimit"),
                    },
                ],
                visibilityConfig: visibility(this.metricName),
            },
            parent,
        );

        const logGroup = encryptedLogGroup(
            `${name}-log`,
            // the prefix is WAF's rule: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
            {
                logGroupName: `aws-waf-logs-${args.logName}`,
                retentionDays: args.logRetentionDays,
                keyArn: args.logKeyArn,
            },
            parent,
        );
        new aws.wafv2.WebAclLoggingConfiguration(
            `${name}-logging`,
            {
                resourceArn: acl.arn,
                logDestinationConfigs: [logGroup.arn],
                redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
                loggingFilter: {
                    defaultBehavior: "DROP",
                    filters: [
                        {
                            behavior: "KEEP",
                            requirement: "MEETS_ANY",
                            conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
                        },
                    ],
                },
            },
            parent,
        );

        this.arn = acl.arn;
        this.logGroupName = logGroup.name;
        this.registerOutputs({ arn: this.arn, logGroupName: this.logGroupName });
    }
}

const visibility = (metricName: string) => ({
    metricName,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
});
