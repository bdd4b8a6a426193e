import { dashed } from "./arns";
import type { Facts } from "./facts";
import { type Bag, bagOf, listOf, open, text, type Wire } from "./wire";

/** What the API server and the controllers add to an object; the status is that of an object that came up well. */
export function objectOutputs(facts: Facts): Bag {
    const { inputs, hash, type } = facts;
    const given = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
    const metadata: Bag = {
        ...bagOf(inputs["metadata"]),
        creationTimestamp: "2025-01-01T00:00:00Z",
        generation: 1,
        resourceVersion: String(Number.parseInt(hash(6, "version"), 16)),
        uid: dashed(hash(32, "uid")),
    };
    const name = text(bagOf(inputs["metadata"])["name"]);
    const named: Bag = name === undefined ? { name: facts.id.split("/").at(-1) ?? facts.id } : {};
    const status = STATUS[type.split(":")[2] ?? ""]?.(facts);
    const spec: Bag = type === "kubernetes:core/v1:Service" ? { spec: serviceSpec(facts) } : {};
    return {
        ...given,
        metadata: { ...metadata, ...named },
        ...spec,
        ...(status === undefined || given["status"] !== undefined ? {} : { status }),
    };
}

function serviceSpec({ inputs, hash }: Facts): Wire {
    const spec = bagOf(inputs["spec"]);
    if (text(spec["type"]) === "ExternalName" || spec["clusterIP"] !== undefined) {
        return spec;
    }
    // 10.100.0.0/16 is what EKS gives services by default, docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
    const [third = 0, fourth = 0] = [hash(2, "third"), hash(2, "fourth")].map((digits) => Number.parseInt(digits, 16));
    const clusterIP = `10.100.${third}.${fourth}`;
    return { type: "ClusterIP", ...spec, clusterIP, clusterIPs: [clusterIP] };
}

function replicas({ inputs }: Facts): Bag {
    const wanted = Number(open(bagOf(inputs["spec"])["replicas"]) ?? 1);
    return { replicas: wanted, readyReplicas: wanted, availableReplicas: wanted, updatedReplicas: wanted };
}

function balancer({ hash, session }: Facts): Bag {
    return { loadBalancer: { ingress: [{ hostname: `k8s-${hash(16, "lb")}.elb.${session.region}.amazonaws.com` }] } };
}

const STATUS: { readonly [kind: string]: (facts: Facts) => Bag } = {
    Deployment: replicas,
    StatefulSet: replicas,
    ReplicaSet: replicas,
    Ingress: balancer,
    Service: (facts) =>
        text(bagOf(facts.inputs["spec"])["type"]) === "LoadBalancer" ? balancer(facts) : { loadBalancer: {} },
    Namespace: () => ({ phase: "Active" }),
    Pod: () => ({ phase: "Running" }),
    Job: () => ({ succeeded: 1 }),
    PersistentVolumeClaim: ({ inputs }) => ({
        phase: "Bound",
        accessModes: listOf(bagOf(inputs["spec"])["accessModes"]),
    }),
};

/** What a Helm release reports; the charts' objects aren't rendered, so `resourceNames` stays empty. */
export function releaseOutputs(facts: Facts): Bag {
    const { inputs, session } = facts;
    const chart = text(inputs["chart"]) ?? "";
    return {
        namespace: inputs["namespace"] ?? session.namespace,
        resourceNames: {},
        status: {
            appVersion: text(inputs["version"]) ?? "",
            chart: chart.split("/").at(-1) ?? chart,
            name: facts.name,
            namespace: text(inputs["namespace"]) ?? session.namespace,
            revision: 1,
            status: "deployed",
            version: text(inputs["version"]) ?? "",
        },
    };
}
