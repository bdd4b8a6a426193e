import * as pulumi from "@pulumi/pulumi";

/** Values of a condition, by condition key: `{ "aws:SourceAccount": accountId }`. */
export type ConditionValues = Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>;

/** Condition operators in use here; `ForAnyValue:`/`ForAllValues:` and `IfExists` forms included. */
export type ConditionOperator =
    | `${"" | "ForAnyValue:" | "ForAllValues:"}String${"Equals" | "NotEquals" | "Like" | "NotLike"}${"" | "IfExists"}`
    | `Arn${"Equals" | "Like" | "NotEquals" | "NotLike"}${"" | "IfExists"}`
    | `Bool${"" | "IfExists"}`
    | `Numeric${"LessThan" | "LessThanEquals" | "GreaterThan" | "Equals"}${"" | "IfExists"}`
    | `${"Not" | ""}IpAddress${"" | "IfExists"}`
    | "Null";

/** Who a statement of a resource or trust policy speaks of. At least one kind. */
export interface Principals {
    /** Account ids, role or user ARNs. */
    readonly aws?: readonly pulumi.Input<string>[];
    /** Service principals, for example `lambda.amazonaws.com`. */
    readonly service?: readonly pulumi.Input<string>[];
    /** ARNs of identity providers, for web identity. */
    readonly federated?: readonly pulumi.Input<string>[];
    /** Everyone. Only for deny statements, and with a condition that names who it is. */
    readonly everyone?: true;
}

/** One statement of an IAM policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
    /** Says what the statement is for; letters and digits only. */
    readonly sid: string;
    /** @default "Allow" */
    readonly effect?: "Allow" | "Deny";
    /** `service:Action`; a wildcard within the name is fine, `*` alone only in deny statements and key policies. */
    readonly actions: readonly string[];
    /** @default none: trust policies have no resource */
    readonly resources?: readonly pulumi.Input<string>[];
    /** @default none: identity policies have no principal */
    readonly principals?: Principals;
    readonly conditions?: Partial<Readonly<Record<ConditionOperator, ConditionValues>>>;
}

function principal(principals: Principals): unknown {
    if (principals.everyone) {
        return "*";
    }
    return {
        ...(principals.aws ? { AWS: principals.aws } : {}),
        ...(principals.service ? { Service: principals.service } : {}),
        ...(principals.federated ? { Federated: principals.federated } : {}),
    };
}

/**
 * An IAM policy as JSON text, from typed statements.
 * Fields stand in a fixed order, so that the text changes only when the policy does.
 */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: statements.map((statement) => ({
            Sid: statement.sid,
            Effect: statement.effect ?? "Allow",
            ...(statement.principals ? { Principal: principal(statement.principals) } : {}),
            Action: statement.actions,
            ...(statement.resources ? { Resource: statement.resources } : {}),
            ...(statement.conditions ? { Condition: statement.conditions } : {}),
        })),
    });
}

/**
 * Refuses requests to a bucket, queue or topic that aren't encrypted on the way, or only by outdated TLS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function denyInsecureTransport(
    action: "s3:*" | "sqs:*" | "sns:Publish",
    resources: Statement["resources"],
): Statement[] {
    const everyone = { effect: "Deny", principals: { everyone: true }, actions: [action], resources } as const;
    return [
        { sid: "DenyPlainText", ...everyone, conditions: { Bool: { "aws:SecureTransport": "false" } } },
        // Only S3 tells the version; elsewhere AWS itself refuses what is older than 1.2.
        ...(action === "s3:*"
            ? [{ sid: "DenyOldTls", ...everyone, conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } } }]
            : []),
    ];
}

/** Lets an AWS service assume a role, for resources of this account only where the service says whose they are. */
export function serviceTrust(service: string, conditions?: Statement["conditions"]): pulumi.Output<string> {
    return policyDocument([
        { sid: "AllowService", actions: ["sts:AssumeRole"], principals: { service: [service] }, conditions },
    ]);
}
