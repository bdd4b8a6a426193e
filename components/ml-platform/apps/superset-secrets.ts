import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { supersetSecrets } from "./superset-values";

/** Name of the store that all namespaces of the cluster read secrets from. */
export const secretStoreName = "aws-secrets-manager";

/** Superset's own secrets, in Secrets Manager. */
export class SupersetSecret extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;

    constructor(
        name: string,
        args: { readonly secretName: string; readonly keyArn: pulumi.Input<string> },
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("platforms:ml-platform:SupersetSecret", name, {}, opts);
        const parent = { parent: this } as const;
        const generator = new random.Provider(`${name}-random`, {}, parent);
        const password = (key: string, length: number) =>
            new random.RandomPassword(
                `${name}-${key}`,
                { length, special: false },
                { ...parent, provider: generator, additionalSecretOutputs: ["result"] },
            ).result;
        const secret = new aws.secretsmanager.Secret(
            `${name}-secret`,
            { name: args.secretName, description: "Session key and first password of Superset", kmsKeyId: args.keyArn },
            parent,
        );
        const version = new aws.secretsmanager.SecretVersion(
            `${name}-value`,
            {
                secretId: secret.id,
                secretString: pulumi.jsonStringify({
                    secretKey: password("session-key", 64),
                    adminPassword: password("admin-password", 32),
                }),
            },
            parent,
        );
        this.arn = version.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

export interface SupersetSecretSyncArgs {
    readonly namespace: pulumi.Input<string>;
    /** Secret with `secretKey` and `adminPassword`. */
    readonly secretArn: pulumi.Input<string>;
    /** Secret that RDS keeps `username` and `password` in. */
    readonly databaseSecretArn: pulumi.Input<string>;
    readonly databaseHost: pulumi.Input<string>;
}

/** Has External Secrets write Superset's secrets into the cluster, and follow when they change. https://external-secrets.io/latest/api/externalsecret/ */
export function syncSupersetSecrets(
    name: string,
    args: SupersetSecretSyncArgs,
    opts: pulumi.CustomResourceOptions,
): readonly k8s.apiextensions.CustomResource[] {
    const remote = (key: pulumi.Input<string>, property: string) => ({ key, property });
    const sync = (
        secret: keyof typeof supersetSecrets,
        template: Readonly<Record<string, pulumi.Input<string>>>,
        data: Readonly<Record<string, ReturnType<typeof remote>>>,
    ) =>
        new k8s.apiextensions.CustomResource(
            `${name}-${secret}`,
            {
                apiVersion: "external-secrets.io/v1",
                kind: "ExternalSecret",
                metadata: { name: supersetSecrets[secret], namespace: args.namespace },
                spec: {
                    refreshInterval: "5m",
                    secretStoreRef: { kind: "ClusterSecretStore", name: secretStoreName },
                    target: {
                        name: supersetSecrets[secret],
                        creationPolicy: "Owner",
                        template: { engineVersion: "v2", data: { ...template } },
                    },
                    data: Object.entries(data).map(([secretKey, remoteRef]) => ({ secretKey, remoteRef })),
                },
            },
            opts,
        );
    const login = {
        username: remote(args.databaseSecretArn, "username"),
        password: remote(args.databaseSecretArn, "password"),
    };
    return [
        sync(
            "environment",
            {
                DB_HOST: args.databaseHost,
                DB_PORT: "5432",
                DB_NAME: "superset",
                DB_USER: "{{ .username }}",
                DB_PASS: "{{ .password | urlquery }}",
                SECRET_KEY: "{{ .secretKey }}",
                ADMIN_PASSWORD: "{{ .adminPassword }}",
            },
            {
                ...login,
                secretKey: remote(args.secretArn, "secretKey"),
                adminPassword: remote(args.secretArn, "adminPassword"),
            },
        ),
        sync("database", { host: args.databaseHost, username: "{{ .username }}", password: "{{ .password }}" }, login),
    ];
}
