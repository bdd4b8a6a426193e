import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { logRetentions } from "../../config/log-retention";
import { ArgChecks } from "./checks";

export interface EncryptedLogGroupArgs {
    /** Name, where a service or a person looks the group up. @default autonamed */
    readonly logGroupName?: pulumi.Input<string>;
    /** Days that events are kept; one of those that CloudWatch Logs offers. @default 30 */
    readonly retentionDays?: number;
    /** Key whose policy lets CloudWatch Logs use it, see `logsMayUseKey`. */
    readonly keyArn: pulumi.Input<string>;
}

/** A log group under a customer-managed key, with an end to what it keeps. */
export function encryptedLogGroup(
    name: string,
    args: EncryptedLogGroupArgs,
    opts?: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
    const retentionInDays = args.retentionDays ?? 30;
    checkRetention(new ArgChecks(`Log group ${name}`), retentionInDays, "retentionDays").done();
    return new aws.cloudwatch.LogGroup(name, { name: args.logGroupName, retentionInDays, kmsKeyId: args.keyArn }, opts);
}

/** Notes a retention that CloudWatch Logs doesn't offer; absent is fine. */
export function checkRetention(checks: ArgChecks, days: number | undefined, propertyPath: string): ArgChecks {
    return checks.expect(
        days === undefined || logRetentions.includes(days),
        propertyPath,
        `must be one of ${logRetentions.join(", ")} days, got ${days}`,
    );
}
