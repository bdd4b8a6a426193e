import * as pulumi from "@pulumi/pulumi";

/** What a service allows in a name. */
export interface NameRule {
    /** What is named, for messages. */
    readonly what: string;
    /** Longest name, in characters. */
    readonly maxLength: number;
    readonly pattern: RegExp;
    /** The pattern in words. */
    readonly allowed: string;
}

/** Limits of the services whose names people or other systems look up. */
export const nameRules = {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    s3Bucket: {
        what: "S3 bucket",
        maxLength: 63,
        pattern:
            /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/,
        allowed: "3 to 63 lower-case letters, digits and hyphens",
    },
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    iamRole: { what: "IAM role", maxLength: 64, pattern: /^[\w+=,.@-]+$/, allowed: "letters, digits and +=,.@-_" },
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
    eksCluster: {
        what: "EKS cluster",
        maxLength: 100,
        pattern: /^[0-9A-Za-z][\w-]*$/,
        allowed: "letters, digits, hyphens and underscores, first a letter or digit",
    },
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
    sqsQueue: {
        what: "SQS queue",
        maxLength: 80,
        pattern: /^[\w-]+(\.fifo)?$/,
        allowed: "letters, digits, hyphens and underscores",
    },
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    loadBalancer: {
        what: "load balancer",
        maxLength: 32,
        pattern: /^(?!internal-|-)[A-Za-z0-9-]+(?<!-)$/,
        allowed: "letters, digits and hyphens, not at the ends, not starting with internal-",
    },
    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    lambdaFunction: {
        what: "Lambda function",
        maxLength: 64,
        pattern: /^[\w-]+$/,
        allowed: "letters, digits, hyphens and underscores",
    },
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    rdsIdentifier: {
        what: "RDS identifier",
        maxLength: 63,
        pattern: /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/,
        allowed: "lower-case letters, digits and single hyphens, first a letter",
    },
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    elasticacheGroup: {
        what: "ElastiCache replication group",
        maxLength: 40,
        pattern: /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/,
        allowed: "lower-case letters, digits and single hyphens, first a letter",
    },
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
    secret: { what: "secret", maxLength: 512, pattern: /^[\w/+=.@-]+$/, allowed: "letters, digits and /_+=.@-" },
} as const satisfies Record<string, NameRule>;

/** What is wrong with a name, or nothing. */
export function nameProblem(name: string, rule: NameRule): string | undefined {
    if (name.length > rule.maxLength) {
        return `${rule.what} name "${name}" has ${name.length} characters, at most ${rule.maxLength} are allowed`;
    }
    return rule.pattern.test(name) ? undefined : `${rule.what} name "${name}" breaks the rule: ${rule.allowed}`;
}

/**
 * A physical name, joined by hyphens and checked against the service's rule; never cut to fit.
 * @throws pulumi.RunError naming the rule that the name breaks.
 */
export function physicalName(rule: NameRule, ...parts: readonly string[]): string {
    const name = parts.join("-");
    const problem = nameProblem(name, rule);
    if (problem !== undefined) {
        throw new pulumi.RunError(`${problem}; shorten or correct the part of it that comes from the stack's config`);
    }
    return name;
}
