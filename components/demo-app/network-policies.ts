import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { backendContract, frontendContract, postgresContract, type Workload } from "./contract";
import { appLabels, selectorOf } from "./labels";

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
    /** Namespace whose pods, an ingress controller's say, may call the frontend. @default none: only port-forward, which policies don't see */
    readonly ingressNamespace?: string;
}

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;

/** Set by the API server on every namespace: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
const namespaceNamed = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });

const tcp = (port: number) => ({ protocol: "TCP", port });

/** The policies by name. Everything is closed both ways first; each open way is opened at both ends. */
export function networkPolicySpecs(ingressNamespace?: string): Record<string, Spec> {
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
        ...Object.fromEntries(
            flows.flatMap(({ from, to, port }): [string, Spec][] => [
                [
                    `${from}-to-${to}`,
                    {
                        podSelector: { matchLabels: selectorOf(from) },
                        policyTypes: ["Egress"],
                        egress: [{ to: [{ podSelector: { matchLabels: selectorOf(to) } }], ports: [tcp(port)] }],
                    },
                ],
                [
                    `${to}-from-${from}`,
                    {
                        podSelector: { matchLabels: selectorOf(to) },
                        policyTypes: ["Ingress"],
                        ingress: [{ from: [{ podSelector: { matchLabels: selectorOf(from) } }], ports: [tcp(port)] }],
                    },
                ],
            ]),
        ),
        ...(ingressNamespace === undefined
            ? {}
            : {
                  "frontend-from-ingress": {
                      podSelector: { matchLabels: selectorOf("frontend") },
                      policyTypes: ["Ingress"],
                      ingress: [
                          {
                              from: [{ namespaceSelector: namespaceNamed(ingressNamespace) }],
                              ports: [tcp(frontendContract.port)],
                          },
                      ],
                  },
              }),
    };
}

/** Who may talk to whom in the app's namespace: nobody, but for the flows. */
export class NetworkPolicies extends pulumi.ComponentResource {
    constructor(name: string, args: NetworkPoliciesArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:NetworkPolicies", name, {}, opts);
        for (const [policy, spec] of Object.entries(networkPolicySpecs(args.ingressNamespace))) {
            new k8s.networking.v1.NetworkPolicy(
                `${name}-${policy}`,
                { metadata: { name: policy, namespace: args.namespace, labels: appLabels() }, spec },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }
}
