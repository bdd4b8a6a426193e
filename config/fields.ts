import * as pulumi from "@pulumi/pulumi";
import { containsCidr, normalizeCidr, parseCidr } from "cidr-tools";
import { z } from "zod";
import { logRetentions } from "./log-retention";

/**
 * Building blocks of the stack schema. A field's `error` is the text that follows `expected` in a fault, so it reads as
 * a noun phrase: "a 12-digit AWS account id". A field's later checks run even where an earlier one failed (the loader
 * reports the first), so they must take any text. Patterns go into the JSON Schema, which knows no regex flags.
 */

/** Text that follows "expected" when the input is absent or of the wrong type as well as when it has the wrong form. */
const expected = (text: string) => ({ error: text });

/** A whole number within bounds. */
export const wholeNumber = (min: number, max: number) =>
    z
        .number(expected(`a whole number from ${min} to ${max}`))
        .int(expected(`a whole number from ${min} to ${max}`))
        .min(min, expected(`a whole number from ${min} to ${max}`))
        .max(max, expected(`a whole number from ${min} to ${max}`));

/** `errorMessage` is what yaml-language-server shows instead of a pattern; the config reference shows it too. */
const inWords = (what: string) => ({ errorMessage: `expected ${what}` });

/** A text of a given form; `what` says the form in words. */
export const textOf = (pattern: RegExp, what: string) =>
    z.string(expected(what)).regex(pattern, expected(what)).meta(inWords(what));

/** On or off. */
export const flag = () => z.boolean(expected("true or false"));

/** One of a fixed set of words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
    z.enum(values, expected(`one of ${values.join(", ")}`));

/** https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export const accountId = () =>
    textOf(/^\d{12}$/, "a 12-digit AWS account id in quotes").describe("AWS account id, 12 digits, quoted.");

/** Region codes, for example `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export const region = () =>
    textOf(/^[a-z]{2,4}(-[a-z]+)+-\d$/, "an AWS region code such as us-east-2").describe("AWS region code.");

export const roleArn = () =>
    textOf(
        /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
        "an IAM role ARN such as arn:aws:iam::111111111111:role/deployer",
    ).describe("ARN of an IAM role.");

export const arn = (service: string) =>
    textOf(new RegExp(`^arn:aws[\\w-]*:${service}:`), `an ARN of ${service}, arn:aws:${service}:...`);

/** The prefix length of an IPv4 network that is written without host bits, as AWS takes it. */
function networkPrefix(cidr: string): number | undefined {
    try {
        const { version, prefix } = parseCidr(cidr);
        return version === 4 && normalizeCidr(cidr) === cidr ? Number(prefix) : undefined;
    } catch {
        return undefined;
    }
}

const ipv4Cidr = (what: string, allowed: (prefix: number, cidr: string) => boolean) =>
    z
        .cidrv4(expected(what))
        .refine((cidr) => networkPrefix(cidr) !== undefined, {
            error: ({ input }) => `a network without host bits (${withoutHostBits(String(input))})`,
        })
        .refine((cidr) => {
            const prefix = networkPrefix(cidr);
            return prefix !== undefined && allowed(prefix, cidr);
        }, expected(what))
        .meta(inWords(what));

function withoutHostBits(cidr: string): string {
    try {
        return normalizeCidr(cidr);
    } catch {
        return "10.0.0.0/16, not 10.0.0.1/16";
    }
}

/** https://www.rfc-editor.org/rfc/rfc1918 and the shared range of RFC 6598, which AWS takes for VPCs too. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** A VPC's range: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html allows /16 to /28. */
export const vpcCidr = () =>
    ipv4Cidr(
        "a private IPv4 network from /16 to /24",
        (prefix, cidr) => prefix >= 16 && prefix <= 24 && containsCidr(privateRanges, cidr),
    ).describe("IPv4 range of the VPC, /16 to /24, within private space; platforms of a stack must not overlap.");

/**
 * Addresses that may reach something from outside: never the world, and narrow enough to name a site, not a provider.
 */
export const narrowCidr = (widest = 24) =>
    ipv4Cidr(`an IPv4 network no wider than /${widest}`, (prefix) => prefix >= widest);

const imageName = "[A-Za-z0-9][A-Za-z0-9._-]*(:\\d+)?(/[a-z0-9][a-z0-9._-]*)*";
const imageTag = ":(?![lL][aA][tT][eE][sS][tT](@|$))\\w[\\w.-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";

/**
 * A container image that says exactly what runs: a tag other than `latest`, or a digest.
 * Grammar: https://github.com/distribution/reference (a port in the registry's host is not a tag).
 */
export const pinnedImage = () =>
    textOf(
        new RegExp(`^${imageName}(${imageTag}(@${digest})?|@${digest})$`),
        "an image with a tag other than latest, or a digest (registry/name:1.2.3 or registry/name@sha256:...)",
    ).describe("Container image with a pinned tag or digest; `latest` is refused.");

/** A DNS name without a trailing dot. */
export const domainName = () =>
    textOf(
        /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/,
        "a lower-case domain name such as app.example.com",
    );

export const email = () => z.email(expected("an e-mail address")).meta(inWords("an e-mail address"));

/**
 * Set with `pulumi config set --secret --path`; encrypted in the stack file, an Output marked secret in the program.
 * `writeOnly` is JSON Schema's word for it, and is how the loader finds these fields.
 */
export const secret = (what: string, minLength = 1) =>
    z
        .string(expected(what))
        .min(minLength, expected(minLength > 1 ? `${what} of at least ${minLength} characters` : what))
        .transform((value) => pulumi.secret(value))
        .meta({ writeOnly: true });

/** An IANA time zone as it is spelt there, for example `America/Los_Angeles`: EventBridge knows no other spelling. */
export const timeZone = () => {
    const what = "an IANA time zone such as America/Los_Angeles";
    return textOf(/^(UTC|[A-Z]\w+(\/[A-Z][\w+-]*)+)$/, what).refine(isKnownZone, expected(what));
};

/** Asks rather than looks up a list: zones that are links (Asia/Kolkata to Asia/Calcutta) are valid and never listed. */
function isKnownZone(zone: string): boolean {
    try {
        new Intl.DateTimeFormat("en", { timeZone: zone });
        return true;
    } catch {
        return false;
    }
}

/** Days that CloudWatch Logs offers: aws.cloudwatch.LogGroup `retentionInDays`. */
export const logRetentionDays = () =>
    z
        .literal(
            [...logRetentions],
            expected(
                "a retention that CloudWatch Logs offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 ... days)",
            ),
        )
        .describe("Days that log events are kept.");
