import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { DemoAppArgs } from "../../../components/demo-app";
import { selectorOf } from "../../../components/demo-app/labels";
import { mayConnect, type NetworkPolicy, type Pod } from "../../support/reachability";
import { deploy, localArgs } from "./deploy";

const pods: Readonly<Record<string, Pod>> = {
    frontend: { namespace: "demo-app", labels: selectorOf("frontend") },
    backend: { namespace: "demo-app", labels: selectorOf("backend") },
    postgres: { namespace: "demo-app", labels: selectorOf("postgres") },
    stranger: { namespace: "demo-app", labels: { "app.kubernetes.io/name": "stranger" } },
    impostor: { namespace: "elsewhere", labels: selectorOf("frontend") },
    dns: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
    kubeSystemPod: { namespace: "kube-system", labels: { "k8s-app": "metrics-server" } },
    falseDns: { namespace: "elsewhere", labels: { "k8s-app": "kube-dns" } },
    ingress: { namespace: "ingress", labels: {} },
};
const ports = [
    { protocol: "TCP", port: 53 },
    { protocol: "UDP", port: 53 },
    ...[80, 443, 5000, 8000, 5432].map((port) => ({ protocol: "TCP", port }) as const),
] as const;

/** All connections to or from the app's namespace that are let through, of all pairs of pods and all ports. */
function openWays(policies: readonly NetworkPolicy[]): string[] {
    return Object.entries(pods).flatMap(([fromName, from]) =>
        Object.entries(pods).flatMap(([toName, to]) =>
            ports
                .filter(() => from !== to && [from, to].some(({ namespace }) => namespace === "demo-app"))
                .filter((port) => mayConnect(policies, { from, to, ...port }))
                .map(({ port, protocol }) => `${fromName} -> ${toName} ${port}/${protocol}`),
        ),
    );
}

async function policiesOf(args: DemoAppArgs): Promise<NetworkPolicy[]> {
    const { recording } = await deploy(args);
    // the check refuses what it doesn't know, so the shape needn't be told apart here
    return recording.all(k8s.networking.v1.NetworkPolicy).map(({ inputs }) => inputs as unknown as NetworkPolicy);
}

const dnsWays = ["frontend", "backend", "postgres", "stranger"].flatMap((pod) => [
    `${pod} -> dns 53/TCP`,
    `${pod} -> dns 53/UDP`,
]);

describe("DemoApp's network policies", () => {
    it("open the ways between the tiers and to DNS, and no other", async () => {
        assert.deepEqual(
            openWays(await policiesOf(localArgs)).sort(),
            [...dnsWays, "frontend -> backend 8000/TCP", "backend -> postgres 5432/TCP"].sort(),
        );
    });

    it("let pods of the ingress namespace call the frontend where one is named", async () => {
        const frontend = { ...localArgs.frontend, ingressNamespace: "ingress" };
        assert.deepEqual(
            openWays(await policiesOf({ ...localArgs, frontend })).sort(),
            [
                ...dnsWays,
                "frontend -> backend 8000/TCP",
                "backend -> postgres 5432/TCP",
                "ingress -> frontend 5000/TCP",
            ].sort(),
        );
    });

    it("close the whole namespace first", async () => {
        const deny = (await policiesOf(localArgs)).find(({ metadata }) => metadata.name === "default-deny");
        assert.deepEqual(deny?.spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    });

    it("each hold something up or open: without any one of them the result is another", async () => {
        const policies = await policiesOf(localArgs);
        const whole = openWays(policies).join();
        for (const policy of policies) {
            const without = openWays(policies.filter((other) => other !== policy)).join();
            // default-deny shows in what reaches pods that nothing else picks
            assert.notEqual(without, whole, `${policy.metadata.name} changes nothing`);
        }
    });
});
