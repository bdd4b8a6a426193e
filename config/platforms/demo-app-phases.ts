import { z } from "zod";
import { domainName, flag, oneOf, pinnedImage, secret, textOf, wholeNumber } from "../fields";
import { volumeSize } from "./kubernetes";

/** The phases of the demo app after the first. A block that is there switches its phase on; `{}` takes the defaults. */

export const observability = z.strictObject({
    retentionDays: wholeNumber(1, 90).default(7).describe("Days that metrics, logs and traces are kept."),
    metricsStorage: volumeSize().default("10Gi").describe("Size of Prometheus' volume."),
    logsStorage: volumeSize().default("10Gi").describe("Size of Loki's volume."),
    tracesStorage: volumeSize().default("5Gi").describe("Size of Jaeger's volume."),
    alertWebhookUrl: secret("an https URL that takes Alertmanager's webhooks", 12)
        .optional()
        .describe("Where alerts go. Default: they are shown in Alertmanager only."),
    xray: flag().default(false).describe("Send traces to AWS X-Ray too. Only on EKS."),
});

export const security = z.strictObject({
    enforcement: oneOf(["deny", "warn", "dryrun"])
        .default("deny")
        .describe("What Gatekeeper does with a pod that breaks a rule: refuse it, warn about it, or only count it."),
    allowedRegistries: z
        .array(
            textOf(
                /^[a-z0-9][a-z0-9.:/_-]*\/$/,
                "the start of image names that ends with / such as docker.io/library/",
            ),
        )
        .default([])
        .describe("Starts of image names that may run beside those that the configured images have."),
    secretRefreshMinutes: wholeNumber(1, 1440)
        .default(60)
        .describe("Minutes after which the External Secrets Operator looks for a rotated password."),
});

export const mesh = z.strictObject({
    timeoutSeconds: wholeNumber(1, 60)
        .default(5)
        .describe("Longest time that a call between tiers may take, retries included."),
    retries: wholeNumber(0, 5).default(2).describe("Tries after the first for calls that failed on the way."),
    canaryImage: pinnedImage().optional().describe("Image of a second version of the backend. Default: none."),
    canaryWeight: wholeNumber(0, 100).default(0).describe("Percent of calls that the second version gets."),
});

export const apiGateway = z.strictObject({
    hostname: domainName().default("demo-app.internal").describe("Name that clients call; also in the certificate."),
    requestsPerMinute: wholeNumber(1, 100_000).default(600).describe("Requests that each gateway pod lets through."),
});

export const gitops = z.strictObject({
    repository: textOf(/^https:\/\/[^\s@]+$/, "an https URL of a Git repository without credentials").describe(
        "Git repository that Argo CD reads.",
    ),
    path: textOf(/^[\w.-]+(\/[\w.-]+)*$/, "a folder such as deploy/demo-app").describe(
        "Folder of the repository with the manifests.",
    ),
    revision: textOf(/^(?!HEAD$)[\w./-]+$/, "a tag, branch or commit; not HEAD").describe(
        "Tag or commit that is deployed. A branch would deploy whatever is pushed.",
    ),
});
