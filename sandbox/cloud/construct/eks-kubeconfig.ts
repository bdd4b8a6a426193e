import { bagOf, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { apply } from "./values";

/** Credentials come from `aws eks get-token` on whichever machine uses it. */
export function kubeconfigOf(build: Builder, cluster: Built, profile: boolean): Wire {
    const values = [
        cluster.out("name"),
        cluster.out("endpoint"),
        cluster.out("certificateAuthority"),
        cluster.out("arn"),
        build.arg("providerCredentialOpts") ?? {},
    ];
    return apply(values, (name, server, authority, arn, credentials) => {
        const { roleArn, profileName } = bagOf(credentials);
        const region = String(arn).split(":")[3] ?? "";
        const args: Wire[] = ["--region", region, "eks", "get-token", "--cluster-name", name ?? "", "--output", "json"];
        if (roleArn !== undefined) {
            args.push("--role", roleArn);
        }
        if (profile && profileName !== undefined) {
            args.push("--profile", profileName);
        }
        const env = [{ name: "KUBERNETES_EXEC_INFO", value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}' }];
        return {
            apiVersion: "v1",
            clusters: [
                {
                    cluster: { server: server ?? "", "certificate-authority-data": bagOf(authority)["data"] ?? "" },
                    name: "kubernetes",
                },
            ],
            contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
            "current-context": "aws",
            kind: "Config",
            users: [
                {
                    name: "aws",
                    user: { exec: { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws", args, env } },
                },
            ],
        };
    });
}
