import * as pulumi from "@pulumi/pulumi";
import type { MeshSettings } from "./args";
import { backendContract, frontendContract } from "./contract";
import { selectorOf } from "./labels";
import { chartRelease, customObject, sized, toolNamespace } from "./tools";

export interface MeshArgs extends MeshSettings {
    /** Name of the app's namespace. */
    readonly namespaceName: string;
    /** The namespace once it is there. */
    readonly namespace: pulumi.Input<string>;
    /** Callers from outside of the mesh, a gateway say, reach the frontend. Network policies say which. */
    readonly openToOutside: boolean;
}

/** Label that tells versions of the backend apart. */
export const versionLabel = "version";
/** What Istio adds to pods. https://istio.io/latest/docs/ops/deployment/application-requirements/ */
export const injectedContainers = ["istio-proxy", "istio-validation"] as const;

const principal = (namespace: string, account: string) => `cluster.local/ns/${namespace}/sa/${account}`;

/** The sidecar's own port for metrics, of the app and itself. It takes no mutual TLS. */
export const mergedMetricsPort = 15020;
/** What keeps a pod out of the mesh. The database is: it replicates and takes TLS by itself. */
export const outOfMesh = { "sidecar.istio.io/inject": "false" } as const;

/** Annotations by which the sidecar adds the app's metrics to its own. https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging */
export const mergedMetrics = (port: number, path: string) => ({
    "prometheus.io/scrape": "true",
    "prometheus.io/port": String(port),
    "prometheus.io/path": path,
});

/** Istio's control plane and node agent. */
export class MeshControlPlane extends pulumi.ComponentResource {
    public readonly istiod: pulumi.Resource;

    constructor(name: string, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:MeshControlPlane", name, {}, opts);
        const child = { parent: this };
        const namespace = toolNamespace(`${name}-namespace`, "istiod", child).metadata.name;
        const base = chartRelease(`${name}-base`, { chart: "base", namespace, values: {} }, child);
        const cni = chartRelease(
            `${name}-cni`,
            // With it pods need no init container that may change their network, which Pod Security refuses.
            { chart: "cni", release: "istio-cni", namespace, values: sized("50m", "128Mi") },
            { ...child, dependsOn: base },
        );
        this.istiod = chartRelease(
            `${name}-istiod`,
            {
                chart: "istiod",
                namespace,
                values: {
                    autoscaleMin: 2,
                    pilot: { cni: { enabled: true } },
                    global: {
                        proxy: {
                            resources: {
                                requests: { cpu: "50m", memory: "64Mi" },
                                limits: { cpu: "500m", memory: "256Mi" },
                            },
                            // the restricted profile asks for it
                            seccompProfile: { type: "RuntimeDefault" },
                        },
                    },
                    meshConfig: {
                        accessLogFile: "/dev/stdout",
                        accessLogEncoding: "JSON",
                        // calls to what isn't known to the mesh fail, as the network policies would have it
                        outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
                    },
                    ...sized("100m", "512Mi"),
                },
            },
            { ...child, dependsOn: cni },
        );
        this.registerOutputs({});
    }
}

/** What the mesh does with the app's calls: mutual TLS, who may call whom, retries, and the way to a canary. */
export class Mesh extends pulumi.ComponentResource {
    constructor(name: string, args: MeshArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:Mesh", name, {}, opts);
        const { namespace } = args;
        const object = (kind: string, apiGroup: "security" | "networking", objectName: string, spec: object) =>
            customObject(
                `${name}-${kind.toLowerCase()}-${objectName}`,
                { apiVersion: `${apiGroup}.istio.io/v1`, kind, metadata: { name: objectName, namespace }, spec },
                { parent: this },
            );
        object("PeerAuthentication", "security", "default", { mtls: { mode: "STRICT" } });
        if (args.openToOutside) {
            object("PeerAuthentication", "security", "frontend", {
                selector: { matchLabels: selectorOf("frontend") },
                mtls: { mode: "STRICT" },
                portLevelMtls: { [frontendContract.port]: { mode: "PERMISSIVE" } },
            });
        }
        for (const [policy, spec] of Object.entries(authorizations(args))) {
            object("AuthorizationPolicy", "security", policy, spec);
        }
        for (const [host, port] of [
            ["frontend", frontendContract.port],
            ["backend", backendContract.port],
        ] as const) {
            object("DestinationRule", "networking", host, destination(host, args));
            object("VirtualService", "networking", host, routes(host, port, args));
        }
        this.registerOutputs({});
    }
}

/** An empty policy lets nobody in; each one beside it says who may. https://istio.io/latest/docs/reference/config/security/authorization-policy/ */
export function authorizations(args: MeshArgs): Record<string, object> {
    const allow = (workload: "frontend" | "backend", rule: object) => ({
        selector: { matchLabels: selectorOf(workload) },
        action: "ALLOW",
        rules: [rule],
    });
    const toPort = (port: number) => [{ operation: { ports: [String(port)] } }];
    return {
        "allow-nothing": {},
        "backend-from-frontend": allow("backend", {
            from: [{ source: { principals: [principal(args.namespaceName, "frontend")] } }],
            to: toPort(backendContract.port),
        }),
        ...(args.openToOutside
            ? { "frontend-from-outside": allow("frontend", { to: toPort(frontendContract.port) }) }
            : {}),
    };
}

/** https://istio.io/latest/docs/reference/config/networking/destination-rule/ */
export function destination(host: string, args: MeshSettings): object {
    return {
        host,
        trafficPolicy: {
            tls: { mode: "ISTIO_MUTUAL" },
            connectionPool: { tcp: { connectTimeout: "1s" }, http: { http1MaxPendingRequests: 100 } },
            // a pod that keeps failing gets no calls for a while; half of the pods always do
            outlierDetection: {
                consecutive5xxErrors: 5,
                interval: "10s",
                baseEjectionTime: "30s",
                maxEjectionPercent: 50,
            },
        },
        ...(host === "backend" && args.canaryImage !== undefined
            ? { subsets: ["stable", "canary"].map((name) => ({ name, labels: { [versionLabel]: name } })) }
            : {}),
    };
}

/** https://istio.io/latest/docs/reference/config/networking/virtual-service/ */
export function routes(host: string, port: number, args: MeshSettings): object {
    const to = (subset?: string) => ({ destination: { host, port: { number: port }, ...(subset ? { subset } : {}) } });
    const route =
        host === "backend" && args.canaryImage !== undefined
            ? [
                  { ...to("stable"), weight: 100 - args.canaryWeight },
                  { ...to("canary"), weight: args.canaryWeight },
              ]
            : [to()];
    return {
        hosts: [host],
        http: [
            {
                route,
                timeout: `${args.timeoutSeconds}s`,
                retries:
                    args.retries === 0
                        ? { attempts: 0 }
                        : {
                              attempts: args.retries,
                              // only what surely did nothing yet: a POST may be tried again as well
                              retryOn: "connect-failure,refused-stream,unavailable",
                          },
            },
        ],
    };
}
