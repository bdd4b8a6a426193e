import type * as aws from "@pulumi/aws";
import type { ArgChecks } from "./checks";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const storageClasses = [
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
] as const;

/** When objects move to cheaper storage. */
export interface Transition {
    /** Days after creation; 30 or more for STANDARD_IA and ONEZONE_IA. */
    readonly days: number;
    readonly storageClass: (typeof storageClasses)[number];
}

/** What happens to objects as they age. */
export interface LifecycleRule {
    /** Objects that it applies to. @default all */
    readonly prefix?: string;
    /** Days after which objects go. @default never */
    readonly expireDays?: number;
    /** @default none */
    readonly transitions?: readonly Transition[];
    /** Days that overwritten and deleted versions are kept. @default the bucket's own */
    readonly noncurrentDays?: number;
}

export type LifecycleRules = Readonly<Record<string, LifecycleRule>>;

/** Days that versions which were overwritten or deleted are kept unless said otherwise. */
export const defaultNoncurrentDays = 90;

/** The rules as S3 takes them, with one for the whole bucket that clears away what nobody sees and everybody pays for. */
export function lifecycleRules(
    rules: LifecycleRules,
    noncurrentDays: number,
): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
    return [
        {
            id: "housekeeping",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            noncurrentVersionExpiration: { noncurrentDays },
            expiration: { expiredObjectDeleteMarker: true },
        },
        ...Object.entries(rules).map(([id, rule]) => ({
            id,
            status: "Enabled",
            filter: { prefix: rule.prefix ?? "" },
            expiration: rule.expireDays === undefined ? undefined : { days: rule.expireDays },
            noncurrentVersionExpiration:
                rule.noncurrentDays === undefined ? undefined : { noncurrentDays: rule.noncurrentDays },
            transitions: rule.transitions?.map((transition) => ({ ...transition })),
        })),
    ];
}

/** Notes what S3 would refuse. */
export function checkLifecycle(checks: ArgChecks, rules: LifecycleRules, noncurrentDays: number | undefined): void {
    checks.expectWhole(noncurrentDays, 1, 36500, "noncurrentDays");
    for (const [id, rule] of Object.entries(rules)) {
        const path = `lifecycle.${id}`;
        checks
            .expect(id !== "housekeeping", path, "is the name of the bucket's own rule")
            .expect(
                rule.expireDays !== undefined || rule.noncurrentDays !== undefined || !!rule.transitions?.length,
                path,
                "must do something: expireDays, noncurrentDays or transitions",
            )
            .expectWhole(rule.expireDays, 1, 36500, `${path}.expireDays`)
            .expectWhole(rule.noncurrentDays, 1, 36500, `${path}.noncurrentDays`);
        for (const { days, storageClass } of rule.transitions ?? []) {
            const least = storageClass === "STANDARD_IA" || storageClass === "ONEZONE_IA" ? 30 : 0;
            checks
                .expect(
                    storageClasses.includes(storageClass),
                    `${path}.transitions`,
                    `must be to one of ${storageClasses.join(", ")}, got "${storageClass}"`,
                )
                .expectWhole(days, least, 36500, `${path}.transitions.${storageClass}.days`)
                .expect(
                    rule.expireDays === undefined || days < rule.expireDays,
                    `${path}.transitions.${storageClass}.days`,
                    `must come before the objects go (${rule.expireDays} days), got ${days}`,
                );
        }
    }
}
