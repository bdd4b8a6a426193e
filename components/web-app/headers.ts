import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PartArgs } from "./args";

const year = 31_536_000;

/**
 * What browsers are told to refuse. The app may say something stricter itself, except about TLS.
 * https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
 */
export function securityHeaders(
    name: string,
    args: PartArgs,
    opts: pulumi.CustomResourceOptions,
): aws.cloudfront.ResponseHeadersPolicy {
    return new aws.cloudfront.ResponseHeadersPolicy(
        name,
        {
            name: `${args.prefix}-security`,
            comment: "TLS only, no frames, no guessing of types",
            securityHeadersConfig: {
                strictTransportSecurity: {
                    accessControlMaxAgeSec: year,
                    includeSubdomains: true,
                    preload: false,
                    override: true,
                },
                contentSecurityPolicy: { contentSecurityPolicy: args.edge.contentSecurityPolicy, override: false },
                contentTypeOptions: { override: true },
                frameOptions: { frameOption: "DENY", override: false },
                referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
            },
            removeHeadersConfig: { items: [{ header: "Server" }, { header: "X-Powered-By" }] },
        },
        opts,
    );
}
