import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { ApiGatewaySettings } from "./args";
import { frontendContract } from "./contract";
import { appLabels } from "./labels";
import { chartRelease, customObject, sized, toolNamespace } from "./tools";

export interface ApiGatewayArgs extends ApiGatewaySettings {
    /** The app's namespace. */
    readonly namespace: pulumi.Input<string>;
    /** Prometheus scrapes the gateway: its kind of monitor is there. */
    readonly monitored: boolean;
}

/** Where the gateway's pods run, and so who calls the frontend. */
export const gatewayNamespace = "envoy-gateway-system";
const className = "internal";
const gatewayName = "demo-app";
const yearHours = 365 * 24;

/**
 * Envoy Gateway: it implements the Gateway API alone, without a mesh or a database, and limits rates by itself.
 * https://gateway.envoyproxy.io/docs/
 */
export class ApiGateway extends pulumi.ComponentResource {
    constructor(name: string, args: ApiGatewayArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:ApiGateway", name, {}, opts);
        const child = { parent: this };
        const namespace = toolNamespace(`${name}-namespace`, "gateway-helm", child).metadata.name;
        const controller = chartRelease(
            `${name}-controller`,
            {
                chart: "gateway-helm",
                release: "envoy-gateway",
                namespace,
                values: { deployment: { replicas: 2, envoyGateway: sized("100m", "256Mi") } },
            },
            child,
        );
        const installed = { ...child, dependsOn: controller };
        const certificate = certificateSecret(`${name}-certificate`, args.hostname, namespace, child);

        const proxy = customObject(
            `${name}-proxy`,
            {
                apiVersion: "gateway.envoyproxy.io/v1alpha1",
                kind: "EnvoyProxy",
                metadata: { name: className, namespace },
                spec: {
                    provider: {
                        type: "Kubernetes",
                        kubernetes: {
                            envoyDeployment: { replicas: 2, container: sized("100m", "256Mi") },
                            // inside the cluster only: people use port-forward, other networks a load balancer of their own
                            envoyService: { type: "ClusterIP" },
                        },
                    },
                },
            },
            installed,
        );
        const gatewayClass = customObject(
            `${name}-class`,
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "GatewayClass",
                metadata: { name: className },
                spec: {
                    controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
                    parametersRef: {
                        group: "gateway.envoyproxy.io",
                        kind: "EnvoyProxy",
                        name: proxy.metadata.name,
                        namespace,
                    },
                },
            },
            installed,
        );
        const gateway = customObject(
            `${name}-gateway`,
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "Gateway",
                metadata: { name: gatewayName, namespace },
                spec: {
                    gatewayClassName: gatewayClass.metadata.name,
                    // says so to anything else that would give it a load balancer
                    infrastructure: {
                        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
                    },
                    listeners: [
                        {
                            name: "https",
                            protocol: "HTTPS",
                            port: 443,
                            hostname: args.hostname,
                            tls: { mode: "Terminate", certificateRefs: [{ name: certificate.metadata.name }] },
                            allowedRoutes: {
                                namespaces: {
                                    from: "Selector",
                                    selector: { matchLabels: { "kubernetes.io/metadata.name": args.namespace } },
                                },
                            },
                        },
                    ],
                },
            },
            installed,
        );
        const route = customObject(
            `${name}-route`,
            {
                apiVersion: "gateway.networking.k8s.io/v1",
                kind: "HTTPRoute",
                metadata: { name: "frontend", namespace: args.namespace },
                spec: {
                    parentRefs: [{ name: gateway.metadata.name, namespace, sectionName: "https" }],
                    hostnames: [args.hostname],
                    rules: [
                        {
                            matches: [{ path: { type: "PathPrefix", value: "/" } }],
                            backendRefs: [{ name: "frontend", port: frontendContract.port }],
                            timeouts: { request: "10s" },
                        },
                    ],
                },
            },
            installed,
        );
        customObject(
            `${name}-rate-limit`,
            {
                apiVersion: "gateway.envoyproxy.io/v1alpha1",
                kind: "BackendTrafficPolicy",
                metadata: { name: "frontend", namespace: args.namespace },
                spec: {
                    targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: route.metadata.name }],
                    rateLimit: {
                        type: "Local",
                        local: { rules: [{ limit: { requests: args.requestsPerMinute, unit: "Minute" } }] },
                    },
                },
            },
            installed,
        );
        if (args.monitored) {
            customObject(
                `${name}-monitor`,
                {
                    apiVersion: "monitoring.coreos.com/v1",
                    kind: "PodMonitor",
                    metadata: { name: gatewayName, namespace },
                    spec: {
                        selector: { matchLabels: { "gateway.envoyproxy.io/owning-gateway-name": gatewayName } },
                        podMetricsEndpoints: [{ port: "metrics", path: "/stats/prometheus", interval: "30s" }],
                    },
                },
                installed,
            );
        }
        this.registerOutputs({});
    }
}

/** Signed by itself, renewed a month before it expires at whatever `pulumi up` comes then. */
function certificateSecret(
    name: string,
    hostname: string,
    namespace: pulumi.Input<string>,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret {
    const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, opts);
    const certificate = new tls.SelfSignedCert(
        name,
        {
            privateKeyPem: key.privateKeyPem,
            subject: { commonName: hostname },
            dnsNames: [hostname],
            validityPeriodHours: yearHours,
            earlyRenewalHours: 30 * 24,
            allowedUses: ["digital_signature", "server_auth"],
        },
        opts,
    );
    return new k8s.core.v1.Secret(
        `${name}-secret`,
        {
            metadata: { namespace, labels: appLabels() },
            type: "kubernetes.io/tls",
            stringData: { "tls.crt": certificate.certPem, "tls.key": key.privateKeyPem },
        },
        opts,
    );
}
