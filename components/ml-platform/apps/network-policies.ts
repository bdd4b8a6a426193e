import type * as k8s from "@pulumi/kubernetes";
import type { AppNamespace } from "./charts";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;
type Port = { readonly protocol: "TCP" | "UDP"; readonly port: number };

const tcp = (port: number): Port => ({ protocol: "TCP", port });

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
const namespaceNamed = (name: string) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

/** Who reaches the pods of a namespace from outside of it, and whether they reach the Internet. */
interface Fence {
    /** Ports that nodes, control plane and load balancers of the VPC call: webhooks and the ingress itself. */
    readonly fromVpc?: readonly number[];
    /** Ports that other namespaces call. */
    readonly fromNamespaces?: Readonly<Partial<Record<AppNamespace, readonly number[]>>>;
    /** Ports that pods call on the Internet. */
    readonly toInternet?: readonly number[];
}

const fences: Readonly<Record<AppNamespace, Fence>> = {
    // webhook, https://external-secrets.io/latest/introduction/faq/; secrets come by endpoints of the VPC
    "external-secrets": { fromVpc: [10250] },
    // webhook of the operator
    monitoring: { fromVpc: [10250] },
    // the load balancer calls pods directly; 8443 is the admission webhook
    "ingress-nginx": { fromVpc: [443, 8443] },
    // repositories by HTTPS and by SSH
    argocd: { fromNamespaces: { "ingress-nginx": [8080] }, toInternet: [443, 22] },
    // database drivers are installed when a pod starts
    superset: { fromNamespaces: { "ingress-nginx": [8088] }, toInternet: [443] },
};

/** Networks that aren't the Internet: RFC 1918, and the link-local one of instance metadata. */
const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"];

/** The policies of a namespace by name. All is closed both ways first, and each way in or out is opened on its own. */
export function networkPolicySpecs(namespace: AppNamespace, vpcCidr: string): Readonly<Record<string, Spec>> {
    const { fromVpc, fromNamespaces, toInternet } = fences[namespace];
    const all = { podSelector: {} } as const;
    return {
        "default-deny": { ...all, policyTypes: ["Ingress", "Egress"] },
        "within-namespace": {
            ...all,
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: [{ podSelector: {} }] }],
            egress: [{ to: [{ podSelector: {} }] }],
        },
        dns: {
            ...all,
            policyTypes: ["Egress"],
            egress: [
                {
                    to: [{ ...namespaceNamed("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
                    ports: [{ protocol: "UDP", port: 53 }, tcp(53)],
                },
            ],
        },
        // API server, database, clusters and endpoints: pods have addresses of the VPC as well
        "to-vpc": { ...all, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: vpcCidr } }] }] },
        ...(namespace === "monitoring"
            ? {}
            : {
                  "metrics-from-monitoring": {
                      ...all,
                      policyTypes: ["Ingress"],
                      ingress: [{ from: [namespaceNamed("monitoring")] }],
                  },
              }),
        ...(fromVpc === undefined
            ? {}
            : {
                  "from-vpc": {
                      ...all,
                      policyTypes: ["Ingress"],
                      ingress: [{ from: [{ ipBlock: { cidr: vpcCidr } }], ports: fromVpc.map(tcp) }],
                  },
              }),
        ...Object.fromEntries(
            Object.entries(fromNamespaces ?? {}).map(([from, ports]): [string, Spec] => [
                `from-${from}`,
                {
                    ...all,
                    policyTypes: ["Ingress"],
                    ingress: [{ from: [namespaceNamed(from)], ports: (ports ?? []).map(tcp) }],
                },
            ]),
        ),
        ...(toInternet === undefined
            ? {}
            : {
                  "to-internet": {
                      ...all,
                      policyTypes: ["Egress"],
                      egress: [
                          {
                              to: [{ ipBlock: { cidr: "0.0.0.0/0", except: privateNetworks } }],
                              ports: toInternet.map(tcp),
                          },
                      ],
                  },
              }),
    };
}
