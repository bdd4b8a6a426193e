import { z } from "zod";
import type { ResourceRule } from "../../engine/rule";

const settings = z.object({
    /** Words by which a parameter's name says that it holds a secret. */
    secretWords: z
        .array(z.string().min(3).toLowerCase())
        .default([
            "password",
            "passwd",
            "secret",
            "token",
            "apikey",
            "api-key",
            "api_key",
            "privatekey",
            "private-key",
            "private_key",
            "credential",
        ]),
});

/** The last part of a path names the parameter; `/secrets-manager/arn` names where a secret is. */
function namesSecret(name: string, words: readonly string[]): boolean {
    const last = name.toLowerCase().split("/").at(-1) ?? "";
    const reference = /(?:arn|id|name|path|url|ref|enabled|ttl|length)$/.test(last);
    return !reference && words.some((word) => last.includes(word));
}

export const ssmParameterPlain: ResourceRule = {
    id: "ssm-parameter-plain",
    title: "Secrets in Parameter Store are SecureStrings",
    category: "unencrypted-storage",
    enforcement: "mandatory",
    severity: "high",
    why: "A String parameter is stored and shown in plain text to all who may describe it.",
    remediation: 'Set type: "SecureString" and keyId, or keep the secret in Secrets Manager.',
    url: "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
    frameworks: [],
    types: ["aws:ssm/parameter:Parameter"],
    thresholds: settings,
    check(resource, report, { thresholds }) {
        const { secretWords } = settings.parse(thresholds);
        const kind = resource.get("type");
        const name = resource.get("name").string ?? resource.name;
        if (namesSecret(name, secretWords) && kind.known && kind.string !== "SecureString") {
            report.violation(
                kind,
                "the name speaks of a secret, and the value is kept in plain text",
                'it to "SecureString"',
            );
        }
    },
};
