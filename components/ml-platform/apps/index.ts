import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../../foundation/arn";
import type { Cluster } from "../../foundation/cluster";
import type { Database } from "../../foundation/database";
import { irsaRole } from "../../foundation/irsa";
import { identityMayUseKey } from "../../foundation/key-statements";
import { type AppNamespace, type ChartName, charts, namespaces } from "./charts";
import { internalLoadBalancer } from "./load-balancer";
import { loadBalancerStatements } from "./load-balancer-policy";
import { networkPolicySpecs } from "./network-policies";
import { SupersetSecret, secretStoreName, syncSupersetSecrets } from "./superset-secrets";
import { supersetValues } from "./superset-values";
import {
    argoCdValues,
    externalSecretsValues,
    ingressNginxValues,
    loadBalancerValues,
    monitoringValues,
    type Values,
} from "./values";

export interface PlatformAppsArgs extends Place {
    readonly cluster: Cluster;
    readonly database: Database;
    readonly vpcId: pulumi.Input<string>;
    readonly vpcCidr: string;
    readonly domainName: string;
    readonly privateZoneId: pulumi.Input<string>;
    readonly certificateArn: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
    /** Name of Superset's secret in Secrets Manager. */
    readonly supersetSecretName: string;
    readonly logRetentionDays: number;
}

/** Applications that people reach in the private zone. */
const hosts = ["argocd", "superset"] as const;

/** What runs on the platform's own cluster: delivery, dashboards, monitoring, and the controllers that they need. */
export class PlatformApps extends pulumi.ComponentResource {
    readonly argoCdUrl: string;
    readonly supersetUrl: string;
    private readonly logicalName: string;

    constructor(name: string, args: PlatformAppsArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:PlatformApps", name, {}, opts);
        this.logicalName = name;
        const parent = { parent: this } as const;
        const hostOf = (app: (typeof hosts)[number]) => `${app}.${args.domainName}`;
        const fenced = Object.fromEntries(
            namespaces.map((namespace) => [namespace, this.fencedNamespace(namespace, args.vpcCidr)]),
        ) as Record<AppNamespace, readonly pulumi.Resource[]>;

        const monitoring = this.release(
            "monitoring",
            monitoringValues(args.cluster.storageClassName, Math.min(args.logRetentionDays, 30)),
            fenced.monitoring,
        );
        const loadBalancers = this.release(
            "aws-load-balancer-controller",
            loadBalancerValues({
                clusterName: args.cluster.clusterName,
                region: args.region,
                vpcId: args.vpcId,
                roleArn: irsaRole(
                    `${name}-load-balancer-role`,
                    {
                        cluster: args.cluster,
                        namespace: "kube-system",
                        serviceAccount: "aws-load-balancer-controller",
                        statements: loadBalancerStatements(args),
                    },
                    parent,
                ).arn,
            }),
            [],
        );
        const supersetSecret = new SupersetSecret(
            `${name}-superset`,
            { secretName: args.supersetSecretName, keyArn: args.keyArn },
            parent,
        );
        const secrets = this.release(
            "external-secrets",
            externalSecretsValues(this.secretsRole(args, supersetSecret).arn),
            [...fenced["external-secrets"], monitoring],
        );
        const store = this.secretStore(args.region, secrets);
        const ingress = this.release("ingress-nginx", ingressNginxValues(), [
            ...fenced["ingress-nginx"],
            loadBalancers,
            monitoring,
        ]);
        this.release("argocd", argoCdValues(hostOf("argocd")), [...fenced.argocd, ingress, monitoring]);
        const synced = syncSupersetSecrets(
            `${name}-superset`,
            {
                namespace: "superset",
                secretArn: supersetSecret.arn,
                databaseSecretArn: args.database.secretArn,
                databaseHost: args.database.address,
            },
            { ...parent, dependsOn: [store, ...fenced.superset] },
        );
        this.release("superset", supersetValues(hostOf("superset")), [...fenced.superset, ...synced, ingress]);

        const balancer = internalLoadBalancer(
            `${name}-ingress`,
            {
                namespace: "ingress-nginx",
                service: "ingress-nginx-controller",
                hosts: hosts.map(hostOf),
                certificateArn: args.certificateArn,
                clientCidr: args.vpcCidr,
            },
            { ...parent, dependsOn: [ingress, loadBalancers] },
        );
        for (const app of hosts) {
            new aws.route53.Record(
                `${name}-${app}`,
                {
                    zoneId: args.privateZoneId,
                    name: hostOf(app),
                    type: "CNAME",
                    ttl: 60,
                    records: [balancer.hostname],
                },
                parent,
            );
        }
        this.argoCdUrl = `https://${hostOf("argocd")}`;
        this.supersetUrl = `https://${hostOf("superset")}`;
        this.registerOutputs({ argoCdUrl: this.argoCdUrl, supersetUrl: this.supersetUrl });
    }

    /** A namespace, closed before anything runs in it. */
    private fencedNamespace(namespace: AppNamespace, vpcCidr: string): readonly pulumi.Resource[] {
        const parent = { parent: this } as const;
        const object = new k8s.core.v1.Namespace(
            `${this.logicalName}-${namespace}`,
            {
                metadata: {
                    name: namespace,
                    labels: {
                        // node exporters read the nodes themselves; all others are ordinary pods
                        "pod-security.kubernetes.io/enforce": namespace === "monitoring" ? "privileged" : "baseline",
                    },
                },
            },
            parent,
        );
        const policies = Object.entries(networkPolicySpecs(namespace, vpcCidr)).map(
            ([policy, spec]) =>
                new k8s.networking.v1.NetworkPolicy(
                    `${this.logicalName}-${namespace}-${policy}`,
                    { metadata: { name: policy, namespace: object.metadata.name }, spec },
                    parent,
                ),
        );
        return [object, ...policies];
    }

    private release(chartName: ChartName, values: Values, after: readonly pulumi.Resource[]): k8s.helm.v3.Release {
        const { chart, version, repo, namespace } = charts[chartName];
        return new k8s.helm.v3.Release(
            `${this.logicalName}-${chartName}`,
            {
                name: chartName,
                chart,
                version,
                namespace,
                repositoryOpts: { repo },
                values,
                atomic: true,
                timeout: 900,
            },
            { parent: this, dependsOn: [...after] },
        );
    }

    /** External Secrets reads these two secrets and no others. */
    private secretsRole(args: PlatformAppsArgs, secret: SupersetSecret): aws.iam.Role {
        return irsaRole(
            `${this.logicalName}-secrets-role`,
            {
                cluster: args.cluster,
                namespace: "external-secrets",
                serviceAccount: "external-secrets",
                statements: [
                    {
                        sid: "ReadSecrets",
                        actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                        resources: [secret.arn, args.database.secretArn],
                    },
                    identityMayUseKey(args.keyArn),
                ],
            },
            { parent: this },
        );
    }

    /** https://external-secrets.io/latest/provider/aws-secrets-manager/ */
    private secretStore(region: string, controller: pulumi.Resource): k8s.apiextensions.CustomResource {
        return new k8s.apiextensions.CustomResource(
            `${this.logicalName}-secret-store`,
            {
                apiVersion: "external-secrets.io/v1",
                kind: "ClusterSecretStore",
                metadata: { name: secretStoreName },
                spec: {
                    // no other namespace may ask for them
                    conditions: [{ namespaces: ["superset"] }],
                    provider: {
                        aws: {
                            service: "SecretsManager",
                            region,
                            auth: {
                                jwt: {
                                    serviceAccountRef: { name: "external-secrets", namespace: "external-secrets" },
                                },
                            },
                        },
                    },
                },
            },
            { parent: this, dependsOn: [controller] },
        );
    }
}
