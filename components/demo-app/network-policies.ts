import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { backendContract, frontendContract, postgresContract, type Workload } from "./contract";
import { appLabels, databaseJobLabels, selectorOf } from "./labels";
import { mergedMetricsPort } from "./mesh";
import { collectorPods, observabilityNamespace, otlpPorts, prometheusPods } from "./observability/names";

/** A way that is open between two workloads: the only ones there are. */
export interface Flow {
    readonly from: Workload;
    readonly to: Workload;
    readonly port: number;
}

export const flows: readonly Flow[] = [
    { from: "frontend", to: "backend", port: backendContract.port },
    { from: "backend", to: "postgres", port: postgresContract.port },
];

export interface NetworkPoliciesArgs {
    readonly namespace: pulumi.Input<string>;
    /** What is open beside the flows. @default nothing */
    readonly openings?: Openings;
}

/** Ways that a phase needs; without one they are closed. */
export interface Openings {
    /** Namespaces whose pods, those of an ingress controller say, may call the frontend. Port-forward is seen by no policy. */
    readonly ingressNamespaces?: readonly string[];
    /** Prometheus scrapes, and the web tiers send traces. */
    readonly observability?: boolean;
    /** Sidecars ask Istio's control plane, and give the metrics of their pods. */
    readonly mesh?: boolean;
    /** The database's instances replicate, and its operator and the API are reached. */
    readonly replicatedDatabase?: boolean;
    /** The job that brings the schema up to date reaches the database, and so does the one that dumps it. */
    readonly databaseJobs?: boolean;
}

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;

/** Set by the API server on every namespace: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
const namespaceNamed = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });

const tcp = (port: number) => ({ protocol: "TCP", port });

/** A way to a workload from pods of another namespace. */
const entrance = (to: Workload, namespace: string, port: number, podLabels?: Record<string, string>): Spec => ({
    podSelector: { matchLabels: selectorOf(to) },
    policyTypes: ["Ingress"],
    ingress: [
        {
            from: [
                {
                    namespaceSelector: namespaceNamed(namespace),
                    ...(podLabels === undefined ? {} : { podSelector: { matchLabels: podLabels } }),
                },
            ],
            ports: [tcp(port)],
        },
    ],
});

/** Ways from all pods that labels pick to pods of another namespace. */
const exit = (
    podLabels: Record<string, string>,
    namespace: string,
    ports: readonly number[],
    toLabels: Record<string, string>,
): Spec => ({
    podSelector: { matchLabels: podLabels },
    policyTypes: ["Egress"],
    egress: [
        {
            to: [{ namespaceSelector: namespaceNamed(namespace), podSelector: { matchLabels: toLabels } }],
            ports: ports.map(tcp),
        },
    ],
});

/** Both ends of a way within the namespace. */
function way(
    name: { readonly from: string; readonly to: string },
    from: Record<string, string>,
    to: Record<string, string>,
    ports: readonly number[],
): Record<string, Spec> {
    return {
        [`${name.from}-to-${name.to}`]: {
            podSelector: { matchLabels: from },
            policyTypes: ["Egress"],
            egress: [{ to: [{ podSelector: { matchLabels: to } }], ports: ports.map(tcp) }],
        },
        [`${name.to}-from-${name.from}`]: {
            podSelector: { matchLabels: to },
            policyTypes: ["Ingress"],
            ingress: [{ from: [{ podSelector: { matchLabels: from } }], ports: ports.map(tcp) }],
        },
    };
}

const prometheus = (to: Workload, port: number) => entrance(to, observabilityNamespace, port, prometheusPods);

/** The API server's addresses aren't known to policies: any private one, on the ports that it listens on. */
const toApiServer = (podLabels: Record<string, string>): Spec => ({
    podSelector: { matchLabels: podLabels },
    policyTypes: ["Egress"],
    egress: [
        {
            to: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => ({ ipBlock: { cidr } })),
            ports: [tcp(443), tcp(6443)],
        },
    ],
});

function observabilitySpecs(inMesh: boolean): Record<string, Spec> {
    const exits = (["frontend", "backend"] as const).map((workload) => [
        `${workload}-to-collector`,
        exit(selectorOf(workload), observabilityNamespace, [otlpPorts.http], collectorPods),
    ]);
    return {
        ...Object.fromEntries(exits),
        "frontend-from-prometheus": prometheus("frontend", inMesh ? mergedMetricsPort : frontendContract.port),
        "backend-from-prometheus": prometheus("backend", inMesh ? mergedMetricsPort : backendContract.port),
        "postgres-from-prometheus": prometheus("postgres", postgresContract.metricsPort),
    };
}

/** https://cloudnative-pg.io/docs/current/networking/ */
function replicationSpecs(): Record<string, Spec> {
    const database = selectorOf("postgres");
    const { port, statusPort } = postgresContract;
    return {
        ...way({ from: "postgres", to: "postgres" }, database, database, [port, statusPort]),
        "postgres-from-operator": {
            ...entrance("postgres", "cnpg-system", port),
            ingress: [
                { from: [{ namespaceSelector: namespaceNamed("cnpg-system") }], ports: [tcp(port), tcp(statusPort)] },
            ],
        },
        "postgres-to-api-server": toApiServer(database),
    };
}

/** The policies by name. Everything is closed both ways first; each open way is opened at both ends. */
export function networkPolicySpecs(open: Openings = {}): Record<string, Spec> {
    const { port: frontendPort } = frontendContract;
    return {
        "default-deny": { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
        "allow-dns": {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [
                {
                    // CoreDNS keeps kube-dns's label, on kubeadm clusters and on EKS
                    to: [
                        {
                            namespaceSelector: namespaceNamed("kube-system"),
                            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                        },
                    ],
                    ports: [{ protocol: "UDP", port: 53 }, tcp(53)],
                },
            ],
        },
        ...Object.assign(
            {},
            ...flows.map(({ from, to, port }) => way({ from, to }, selectorOf(from), selectorOf(to), [port])),
        ),
        ...Object.fromEntries(
            (open.ingressNamespaces ?? []).map((namespace) => [
                `frontend-from-${namespace}`,
                entrance("frontend", namespace, frontendPort),
            ]),
        ),
        ...(open.observability ? observabilitySpecs(open.mesh === true) : {}),
        ...(open.replicatedDatabase ? replicationSpecs() : {}),
        ...(open.databaseJobs
            ? way({ from: "database-jobs", to: "postgres" }, databaseJobLabels, selectorOf("postgres"), [
                  postgresContract.port,
              ])
            : {}),
        ...(open.mesh
            ? {
                  // configuration and certificates: https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
                  "sidecars-to-istiod": exit({}, "istio-system", [15012], { app: "istiod" }),
              }
            : {}),
    };
}

/** Who may talk to whom in the app's namespace: nobody, but for the flows. */
export class NetworkPolicies extends pulumi.ComponentResource {
    constructor(name: string, args: NetworkPoliciesArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:NetworkPolicies", name, {}, opts);
        for (const [policy, spec] of Object.entries(networkPolicySpecs(args.openings))) {
            new k8s.networking.v1.NetworkPolicy(
                `${name}-${policy}`,
                { metadata: { name: policy, namespace: args.namespace, labels: appLabels() }, spec },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}
