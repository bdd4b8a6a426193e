import assert from "node:assert/strict";
import { deploy, localArgs, type Registered } from "./deploy";

describe("DemoApp's workloads", () => {
    let registered: readonly Registered[];
    before(async () => {
        registered = await deploy(localArgs);
    });

    const all = (kind: string) => registered.filter(({ type }) => type.endsWith(`:${kind}`));
    const one = (kind: string, name: string): Registered["inputs"] => {
        const found = all(kind).filter(({ inputs }) => inputs.metadata.name === name);
        assert.equal(found.length, 1, `${found.length} ${kind} named ${name}`);
        return found[0]?.inputs;
    };
    const podSpecs = () =>
        [...all("Deployment"), ...all("StatefulSet")].map(({ name, inputs }) => ({
            name,
            pod: inputs.spec.template.spec,
            labels: inputs.spec.template.metadata.labels,
            selector: inputs.spec.selector.matchLabels,
        }));

    it("are the three tiers", () => {
        assert.deepEqual(
            podSpecs().map(({ pod }) => pod.containers.map(({ name, image }: Registered["inputs"]) => [name, image])),
            [
                [["frontend", "registry.example.com/frontend:1.2.3"]],
                [["backend", "registry.example.com/backend:1.2.3"]],
                [["postgres", "postgres:16.15-alpine3.24"]],
            ],
        );
        assert.equal(one("Deployment", "frontend").spec.replicas, 2);
        assert.equal(one("Deployment", "backend").spec.replicas, 3);
        assert.equal(one("StatefulSet", "postgres").spec.replicas, 1);
    });

    it("run confined: non-root, read-only root, no capability, no token", () => {
        const uids = { frontend: 10001, backend: 10001, postgres: 70 };
        for (const { pod } of podSpecs()) {
            const [container, ...others] = pod.containers;
            assert.equal(others.length, 0);
            assert.equal(pod.initContainers, undefined);
            const id = uids[container.name as keyof typeof uids];
            assert.deepEqual(pod.securityContext, {
                runAsNonRoot: true,
                runAsUser: id,
                runAsGroup: id,
                fsGroup: id,
                fsGroupChangePolicy: "OnRootMismatch",
                seccompProfile: { type: "RuntimeDefault" },
            });
            assert.deepEqual(container.securityContext, {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                privileged: false,
                readOnlyRootFilesystem: true,
            });
            assert.equal(pod.automountServiceAccountToken, false);
            assert.equal(pod.enableServiceLinks, false);
            assert.equal(pod.serviceAccountName, container.name);
            for (const hostAccess of ["hostNetwork", "hostPID", "hostIPC"]) {
                assert.ok(!(hostAccess in pod), hostAccess);
            }
            assert.deepEqual(
                pod.volumes.filter((volume: object) => "hostPath" in volume),
                [],
            );
        }
        assert.deepEqual(
            all("ServiceAccount").map(({ inputs }) => [inputs.metadata.name, inputs.automountServiceAccountToken]),
            [
                ["frontend", false],
                ["backend", false],
                ["postgres", false],
            ],
        );
    });

    it("live in a namespace that admits restricted pods only", () => {
        assert.deepEqual(one("Namespace", "demo-app").metadata.labels, {
            "app.kubernetes.io/part-of": "demo-app",
            "app.kubernetes.io/managed-by": "pulumi",
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.33",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/audit-version": "latest",
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": "latest",
        });
    });

    it("have requests and limits for CPU, memory and disk, requests within limits", () => {
        for (const { pod, name } of podSpecs()) {
            for (const { resources } of pod.containers) {
                assert.deepEqual(Object.keys(resources.requests).sort(), ["cpu", "ephemeral-storage", "memory"], name);
                assert.deepEqual(Object.keys(resources.limits).sort(), ["cpu", "ephemeral-storage", "memory"], name);
            }
        }
    });

    it("are probed over HTTP by the contract's paths", () => {
        for (const [workload, port] of [
            ["frontend", 5000],
            ["backend", 8000],
        ] as const) {
            const [container] = one("Deployment", workload).spec.template.spec.containers;
            assert.deepEqual(container.ports, [{ name: "http", containerPort: port, protocol: "TCP" }]);
            const get = (path: string) => ({ path, port: "http" });
            assert.deepEqual(container.startupProbe, {
                httpGet: get("/healthz"),
                periodSeconds: 2,
                timeoutSeconds: 2,
                failureThreshold: 30,
            });
            assert.deepEqual(container.livenessProbe, {
                httpGet: get("/healthz"),
                periodSeconds: 10,
                timeoutSeconds: 2,
                failureThreshold: 3,
            });
            assert.deepEqual(container.readinessProbe, {
                httpGet: get("/readyz"),
                periodSeconds: 5,
                timeoutSeconds: 2,
                failureThreshold: 2,
            });
        }
    });

    it("probe the database over TCP, which it opens only after its init scripts", () => {
        const [container] = one("StatefulSet", "postgres").spec.template.spec.containers;
        for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
            assert.deepEqual(container[probe].exec.command.slice(0, 3), [
                "pg_isready",
                "--host=127.0.0.1",
                "--port=5432",
            ]);
        }
    });

    it("roll without losing a pod, and drain before they stop", () => {
        for (const workload of ["frontend", "backend"]) {
            const { spec } = one("Deployment", workload);
            assert.deepEqual(spec.strategy, {
                type: "RollingUpdate",
                rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
            });
            const pod = spec.template.spec;
            const [container] = pod.containers;
            assert.deepEqual(container.lifecycle, { preStop: { sleep: { seconds: 10 } } });
            assert.ok(pod.terminationGracePeriodSeconds > container.lifecycle.preStop.sleep.seconds);
            assert.deepEqual(one("PodDisruptionBudget", workload).spec, {
                maxUnavailable: 1,
                selector: { matchLabels: spec.selector.matchLabels },
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            });
        }
    });

    it("spread over nodes for sure and over zones if they can", () => {
        for (const workload of ["frontend", "backend"]) {
            const { spec } = one("Deployment", workload);
            const common = {
                maxSkew: 1,
                labelSelector: { matchLabels: spec.selector.matchLabels },
                matchLabelKeys: ["pod-template-hash"],
                nodeTaintsPolicy: "Honor",
            };
            assert.deepEqual(spec.template.spec.topologySpreadConstraints, [
                { ...common, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" },
                { ...common, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
            ]);
        }
    });

    it("are picked by Services that only the cluster reaches, on the container's own port", () => {
        assert.deepEqual(
            all("Service")
                .map(({ inputs: { metadata, spec } }) => [
                    metadata.name,
                    spec.clusterIP ?? spec.type,
                    spec.ports.map(({ port }: { port: number }) => port),
                ])
                .sort(),
            [
                ["backend", "ClusterIP", [8000]],
                ["frontend", "ClusterIP", [5000]],
                ["postgres", "ClusterIP", [5432]],
                ["postgres-headless", "None", [5432]],
            ],
        );
        for (const { selector, labels, pod } of podSpecs()) {
            for (const [key, value] of Object.entries(selector)) {
                assert.equal(labels[key], value);
            }
            assert.deepEqual(one("Service", pod.containers[0].name).spec.selector, selector);
        }
        assert.deepEqual([...all("Ingress"), ...all("Gateway"), ...all("HTTPRoute")], []);
    });

    it("carry the recommended labels, all of them", () => {
        const kubernetes = registered.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.ok(kubernetes.length > 20);
        for (const { name, inputs } of kubernetes) {
            assert.equal(inputs.metadata.labels["app.kubernetes.io/part-of"], "demo-app", name);
            assert.equal(inputs.metadata.labels["app.kubernetes.io/managed-by"], "pulumi", name);
        }
    });

    it("are told apart from code: configuration by ConfigMap, whose name changes with it", () => {
        const configOf = (workload: string) => {
            const [container] = one("Deployment", workload).spec.template.spec.containers;
            const config = registered.find(({ name }) => name === `demo-app-${workload}-config`);
            assert.deepEqual(container.envFrom, [{ configMapRef: { name: `${config?.name}-1a2b3c4d` } }]);
            assert.equal(config?.inputs.immutable, true);
            assert.equal(config?.inputs.metadata.name, undefined);
            return { data: config?.inputs.data, env: container.env };
        };
        assert.deepEqual(configOf("frontend"), {
            data: {
                PORT: "5000",
                LOG_FORMAT: "json",
                LOG_LEVEL: "info",
                BACKEND_URL: "http://backend:8000",
                BACKEND_TIMEOUT_SECONDS: "3",
            },
            env: undefined,
        });
        assert.deepEqual(configOf("backend"), {
            data: {
                PORT: "8000",
                LOG_FORMAT: "json",
                LOG_LEVEL: "info",
                PGHOST: "postgres",
                PGPORT: "5432",
                PGDATABASE: "demo_app",
                PGUSER: "demo_app",
                PGCONNECT_TIMEOUT: "3",
                PGAPPNAME: "backend",
            },
            env: [
                {
                    name: "PGPASSWORD",
                    valueFrom: { secretKeyRef: { name: "demo-app-database-app-1a2b3c4d", key: "password" } },
                },
            ],
        });
    });
});
