import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { appLabels } from "./labels";
import { chartRelease, customObject, sized, toolNamespace } from "./tools";
import type { SecretValue } from "./web-tier";

/** Where the External Secrets Operator reads from. https://external-secrets.io/latest/provider/ */
export type SecretSource =
    | {
          /** A namespace of the same cluster, for clusters without a store. */
          readonly kind: "kubernetes";
          readonly value: pulumi.Input<string>;
      }
    | {
          /** AWS Secrets Manager, read by a role that pods of the service account take. */
          readonly kind: "aws";
          readonly region: string;
          readonly secretName: pulumi.Input<string>;
          readonly roleArn: pulumi.Input<string>;
      };

export interface SecretStoreArgs {
    readonly namespace: pulumi.Input<string>;
    readonly source: SecretSource;
    readonly refreshMinutes: number;
}

const sourceNamespace = "secret-source";
const sourceName = "backend-database";
/** Account in the app's namespace that the operator acts as; on AWS the role's trust names it. */
export const readerAccount = "secret-reader";
const key = "password";

/** The External Secrets Operator and the backend's password, which it copies from a store and keeps up to date. */
export class SecretStore extends pulumi.ComponentResource {
    /** Where the copy lies in the app's namespace. */
    public readonly password: SecretValue;

    constructor(name: string, args: SecretStoreArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:SecretStore", name, {}, opts);
        const child = { parent: this };
        const { source } = args;

        const namespace = toolNamespace(`${name}-namespace`, "external-secrets", child);
        const operator = chartRelease(
            `${name}-operator`,
            {
                chart: "external-secrets",
                namespace: namespace.metadata.name,
                values: {
                    installCRDs: true,
                    replicaCount: 2,
                    leaderElect: true,
                    ...sized("50m", "128Mi"),
                    webhook: sized("20m", "64Mi"),
                    certController: sized("20m", "128Mi"),
                },
            },
            child,
        );
        const reader = new k8s.core.v1.ServiceAccount(
            `${name}-reader`,
            {
                metadata: {
                    name: readerAccount,
                    namespace: args.namespace,
                    labels: appLabels(),
                    annotations: source.kind === "aws" ? { "eks.amazonaws.com/role-arn": source.roleArn } : undefined,
                },
                automountServiceAccountToken: false,
            },
            child,
        );
        const provider =
            source.kind === "aws"
                ? {
                      aws: {
                          service: "SecretsManager",
                          region: source.region,
                          auth: { jwt: { serviceAccountRef: { name: readerAccount } } },
                      },
                  }
                : kubernetesSource(name, source.value, args.namespace, child);
        const store = customObject(
            `${name}-store`,
            {
                apiVersion: "external-secrets.io/v1",
                kind: "SecretStore",
                metadata: { name: "app", namespace: args.namespace },
                spec: { provider },
            },
            { ...child, dependsOn: [operator, reader] },
        );
        const external = customObject(
            `${name}-backend-database`,
            {
                apiVersion: "external-secrets.io/v1",
                kind: "ExternalSecret",
                metadata: { name: sourceName, namespace: args.namespace },
                spec: {
                    refreshInterval: `${args.refreshMinutes}m`,
                    secretStoreRef: { kind: "SecretStore", name: store.metadata.name },
                    target: { name: sourceName, creationPolicy: "Owner", deletionPolicy: "Retain" },
                    data: [
                        {
                            secretKey: key,
                            remoteRef:
                                source.kind === "aws"
                                    ? { key: source.secretName, property: key }
                                    : { key: sourceName, property: key },
                        },
                    ],
                },
            },
            { ...child, dependsOn: store },
        );
        this.password = { secretName: external.metadata.name, key };
        this.registerOutputs({});
    }
}

/** A namespace that stands for a store: the reader may get the one secret in it, and nobody else but administrators. */
function kubernetesSource(
    name: string,
    value: pulumi.Input<string>,
    readerNamespace: pulumi.Input<string>,
    child: pulumi.CustomResourceOptions,
): object {
    const labels = appLabels();
    const namespace = new k8s.core.v1.Namespace(
        `${name}-source-namespace`,
        {
            metadata: {
                name: sourceNamespace,
                labels: { ...labels, "pod-security.kubernetes.io/enforce": "restricted" },
            },
        },
        child,
    ).metadata.name;
    const metadata = { name: sourceName, namespace, labels };
    new k8s.core.v1.Secret(`${name}-source`, { metadata, stringData: { [key]: value } }, child);
    new k8s.rbac.v1.Role(
        `${name}-source-role`,
        {
            metadata,
            rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: [sourceName], verbs: ["get"] }],
        },
        child,
    );
    new k8s.rbac.v1.RoleBinding(
        `${name}-source-role-binding`,
        {
            metadata,
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: sourceName },
            subjects: [{ kind: "ServiceAccount", name: readerAccount, namespace: readerNamespace }],
        },
        child,
    );
    return {
        kubernetes: {
            remoteNamespace: sourceNamespace,
            server: {
                caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt" },
            },
            auth: { serviceAccount: { name: readerAccount } },
        },
    };
}
