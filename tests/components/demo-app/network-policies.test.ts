import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { DemoAppArgs } from "../../../components/demo-app";
import { databaseJobLabels, selectorOf } from "../../../components/demo-app/labels";
import { collectorPods } from "../../../components/demo-app/observability/names";
import { mayConnect, type NetworkPolicy, type Pod } from "../../support/reachability";
import { deploy, localArgs, phases } from "./deploy";

const { observability, apiGateway, mesh, security } = phases;

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
    gateway: { namespace: "envoy-gateway-system", labels: {} },
    prometheus: { namespace: "observability", labels: { "app.kubernetes.io/name": "prometheus" } },
    collector: { namespace: "observability", labels: collectorPods },
    grafana: { namespace: "observability", labels: { "app.kubernetes.io/name": "grafana" } },
    operator: { namespace: "cnpg-system", labels: {} },
    otherInstance: { namespace: "demo-app", labels: selectorOf("postgres") },
    job: { namespace: "demo-app", labels: databaseJobLabels },
    istiod: { namespace: "istio-system", labels: { app: "istiod" } },
    apiServer: { namespace: "", labels: {}, address: "10.96.0.1" },
    internet: { namespace: "", labels: {}, address: "198.51.100.1" },
};
const ports = [
    { protocol: "TCP", port: 53 },
    { protocol: "UDP", port: 53 },
    ...[80, 443, 4318, 5000, 6443, 8000, 5432, 9187, 15012, 15020].map((port) => ({ protocol: "TCP", port }) as const),
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

const dnsWays = ["frontend", "backend", "postgres", "otherInstance", "job", "stranger"].flatMap((pod) => [
    `${pod} -> dns 53/TCP`,
    `${pod} -> dns 53/UDP`,
]);

const tierWays = ["frontend -> backend 8000/TCP", "backend -> postgres 5432/TCP", "backend -> otherInstance 5432/TCP"];

/** What each phase opens, and nothing else. */
const phaseWays: readonly (readonly [string, Partial<DemoAppArgs>, readonly string[]])[] = [
    [
        "observability",
        { observability },
        [
            "prometheus -> frontend 5000/TCP",
            "prometheus -> backend 8000/TCP",
            "prometheus -> postgres 9187/TCP",
            "prometheus -> otherInstance 9187/TCP",
            "frontend -> collector 4318/TCP",
            "backend -> collector 4318/TCP",
        ],
    ],
    ["the gateway", { apiGateway }, ["gateway -> frontend 5000/TCP"]],
    [
        "the mesh",
        { mesh },
        ["frontend", "backend", "postgres", "otherInstance", "job", "stranger"].map(
            (pod) => `${pod} -> istiod 15012/TCP`,
        ),
    ],
    [
        "the replicated database",
        { database: { ...localArgs.database, mode: "cloudnative-pg" } },
        [
            ...[5432, 8000].flatMap((port) => [
                `postgres -> otherInstance ${port}/TCP`,
                `otherInstance -> postgres ${port}/TCP`,
                `operator -> postgres ${port}/TCP`,
                `operator -> otherInstance ${port}/TCP`,
            ]),
            ...[443, 6443].flatMap((port) => [
                `postgres -> apiServer ${port}/TCP`,
                `otherInstance -> apiServer ${port}/TCP`,
            ]),
            "job -> postgres 5432/TCP",
            "job -> otherInstance 5432/TCP",
        ],
    ],
    ["security", { security }, []],
];

describe("DemoApp's network policies", () => {
    it("open the ways between the tiers and to DNS, and no other", async () => {
        assert.deepEqual(openWays(await policiesOf(localArgs)).sort(), [...dnsWays, ...tierWays].sort());
    });

    it("let pods of the ingress namespace call the frontend where one is named", async () => {
        const frontend = { ...localArgs.frontend, ingressNamespace: "ingress" };
        assert.deepEqual(
            openWays(await policiesOf({ ...localArgs, frontend })).sort(),
            [...dnsWays, ...tierWays, "ingress -> frontend 5000/TCP"].sort(),
        );
    });

    for (const [phase, args, ways] of phaseWays) {
        it(`open what ${phase} needs, and no other way`, async () => {
            assert.deepEqual(
                openWays(await policiesOf({ ...localArgs, ...args })).sort(),
                [...dnsWays, ...tierWays, ...ways].sort(),
            );
        });
    }

    it("have the sidecars' port scraped in the mesh, which takes nothing else in plain text", async () => {
        const ways = openWays(await policiesOf({ ...localArgs, mesh, observability }));
        assert.deepEqual(ways.filter((way) => way.startsWith("prometheus -> ")).sort(), [
            "prometheus -> backend 15020/TCP",
            "prometheus -> frontend 15020/TCP",
            "prometheus -> otherInstance 9187/TCP",
            "prometheus -> postgres 9187/TCP",
        ]);
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
