import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { workloads } from "../../../components/demo-app/contract";
import type { Recording } from "../../support/mocks";
import { deploy, localArgs } from "./deploy";

const { Deployment, StatefulSet } = k8s.apps.v1;
const { ConfigMap, Namespace, Service, ServiceAccount } = k8s.core.v1;
const { PodDisruptionBudget } = k8s.policy.v1;
const webTiers = ["frontend", "backend"] as const;

describe("DemoApp's workloads", () => {
    let recording: Recording;
    before(async () => {
        ({ recording } = await deploy(localArgs));
    });

    const deployment = (workload: string) => recording.inputsOf(Deployment, `${workload}-deployment`).spec;
    const controller = (workload: string) =>
        workload === "postgres" ? recording.inputsOf(StatefulSet).spec : deployment(workload);
    const podOf = (workload: string) => {
        const pod = controller(workload)?.template.spec;
        const [container, ...others] = pod?.containers ?? [];
        assert.ok(pod && container);
        assert.deepEqual([others, pod.initContainers], [[], undefined]);
        return { pod, container };
    };
    const labelsOf = (workload: string) => ({
        "app.kubernetes.io/name": workload,
        "app.kubernetes.io/part-of": "demo-app",
    });

    it("are the three tiers, with the images and pods that are asked for", () => {
        assert.deepEqual(recording.names(Deployment), ["demo-app-backend-deployment", "demo-app-frontend-deployment"]);
        assert.deepEqual(
            workloads.map((workload) => {
                const { container } = podOf(workload);
                return [container.name, container.image, controller(workload)?.replicas];
            }),
            [
                ["frontend", "registry.example.com/frontend:1.2.3", 2],
                ["backend", "registry.example.com/backend:1.2.3", 3],
                ["postgres", "postgres:16.15-alpine3.24", 1],
            ],
        );
    });

    for (const [workload, id] of [
        ["frontend", 10001],
        ["backend", 10001],
        ["postgres", 70],
    ] as const) {
        it(`run ${workload} confined: non-root, read-only root, no capability, no token, nothing of the host's`, () => {
            const { pod, container } = podOf(workload);
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
            assert.equal(pod.serviceAccountName, workload);
            assert.deepEqual([pod.hostNetwork, pod.hostPID, pod.hostIPC], [undefined, undefined, undefined]);
            assert.ok(pod.volumes?.every(({ hostPath }) => hostPath === undefined));
        });
    }

    it("have an account each, without a token", () => {
        assert.deepEqual(
            recording.all(ServiceAccount).map(({ inputs }) => inputs["automountServiceAccountToken"]),
            [false, false, false],
        );
        assert.deepEqual(
            recording.names(ServiceAccount),
            ["backend", "frontend", "postgres"].map((workload) => `demo-app-identity-${workload}`),
        );
    });

    it("live in a namespace that admits restricted pods only", () => {
        assert.deepEqual(recording.inputsOf(Namespace).metadata, {
            name: "demo-app",
            labels: {
                "app.kubernetes.io/part-of": "demo-app",
                "app.kubernetes.io/managed-by": "pulumi",
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/enforce-version": "v1.33",
                "pod-security.kubernetes.io/audit": "restricted",
                "pod-security.kubernetes.io/audit-version": "latest",
                "pod-security.kubernetes.io/warn": "restricted",
                "pod-security.kubernetes.io/warn-version": "latest",
            },
        });
    });

    it("have requests and limits for CPU, memory and disk", () => {
        const web = {
            requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
            limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
        };
        assert.deepEqual(podOf("frontend").container.resources, web);
        assert.deepEqual(podOf("backend").container.resources, web);
        assert.deepEqual(podOf("postgres").container.resources, {
            requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "128Mi" },
            limits: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" },
        });
    });

    it("write nowhere but to scratch directories of bounded size", () => {
        for (const workload of webTiers) {
            const { pod, container } = podOf(workload);
            assert.deepEqual(container.volumeMounts, [{ name: "tmp", mountPath: "/tmp" }]);
            assert.deepEqual(pod.volumes, [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }]);
        }
    });

    for (const [workload, port] of [
        ["frontend", 5000],
        ["backend", 8000],
    ] as const) {
        it(`probe ${workload} over HTTP by the contract's paths`, () => {
            const { container } = podOf(workload);
            const get = (path: string) => ({ path, port: "http" });
            assert.deepEqual(container.ports, [{ name: "http", containerPort: port, protocol: "TCP" }]);
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
        });
    }

    it("roll without losing a pod, and drain before they stop", () => {
        for (const workload of webTiers) {
            const spec = deployment(workload);
            assert.deepEqual(spec?.strategy, {
                type: "RollingUpdate",
                rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
            });
            assert.equal(spec?.progressDeadlineSeconds, 300);
            const { pod, container } = podOf(workload);
            assert.deepEqual(container.lifecycle, { preStop: { sleep: { seconds: 10 } } });
            assert.equal(pod.terminationGracePeriodSeconds, 45);
            assert.deepEqual(recording.inputsOf(PodDisruptionBudget, `${workload}-disruption-budget`).spec, {
                maxUnavailable: 1,
                selector: { matchLabels: labelsOf(workload) },
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            });
        }
        // a budget of a single instance would only keep its node from ever being drained
        assert.equal(recording.all(PodDisruptionBudget).length, webTiers.length);
    });

    it("spread over nodes for sure and over zones if they can", () => {
        for (const workload of webTiers) {
            const common = {
                maxSkew: 1,
                labelSelector: { matchLabels: labelsOf(workload) },
                matchLabelKeys: ["pod-template-hash"],
                nodeTaintsPolicy: "Honor",
            };
            assert.deepEqual(podOf(workload).pod.topologySpreadConstraints, [
                { ...common, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" },
                { ...common, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
            ]);
        }
    });

    it("are picked by Services that only the cluster reaches, on the container's own port", () => {
        const ports = (name: string, port: number) => [{ name, port, targetPort: name, protocol: "TCP" }];
        const postgres = { selector: labelsOf("postgres"), ports: ports("postgres", 5432) };
        assert.deepEqual(
            Object.fromEntries(
                recording.names(Service).map((name) => {
                    const { metadata, spec } = recording.inputsOf(Service, name);
                    return [metadata?.name, spec];
                }),
            ),
            {
                frontend: { type: "ClusterIP", selector: labelsOf("frontend"), ports: ports("http", 5000) },
                backend: { type: "ClusterIP", selector: labelsOf("backend"), ports: ports("http", 8000) },
                postgres: { type: "ClusterIP", ...postgres },
                "postgres-headless": { clusterIP: "None", ...postgres },
            },
        );
        for (const workload of workloads) {
            assert.deepEqual(controller(workload)?.selector.matchLabels, labelsOf(workload));
            const podLabels: Record<string, string> = controller(workload)?.template.metadata?.labels ?? {};
            for (const [key, value] of Object.entries(labelsOf(workload))) {
                assert.equal(podLabels[key], value);
            }
        }
        assert.deepEqual(
            recording.resources.filter(({ type }) => /Ingress|Gateway|HTTPRoute|LoadBalancer/.test(type)),
            [],
        );
    });

    it("carry the recommended labels", () => {
        const objects = recording.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.ok(objects.length > 20);
        for (const { name, inputs } of objects) {
            const { labels } = inputs["metadata"] as { labels: Record<string, string> };
            assert.equal(labels["app.kubernetes.io/part-of"], "demo-app", name);
            assert.equal(labels["app.kubernetes.io/managed-by"], "pulumi", name);
        }
    });

    it("read their settings from immutable ConfigMaps that Pulumi names, so that a change rolls them out", () => {
        const settings = {
            frontend: {
                PORT: "5000",
                SHUTDOWN_SECONDS: "30",
                OTEL_SDK_DISABLED: "true",
                LOG_FORMAT: "json",
                LOG_LEVEL: "info",
                BACKEND_URL: "http://backend:8000",
                BACKEND_TIMEOUT_SECONDS: "3",
                BACKEND_RETRIES: "2",
                CIRCUIT_FAILURES: "5",
                CIRCUIT_RESET_SECONDS: "10",
            },
            backend: {
                PORT: "8000",
                SHUTDOWN_SECONDS: "30",
                OTEL_SDK_DISABLED: "true",
                LOG_FORMAT: "json",
                LOG_LEVEL: "info",
                PGHOST: "postgres",
                PGSSLMODE: "disable",
                PGPORT: "5432",
                PGDATABASE: "demo_app",
                PGUSER: "demo_app",
                PGCONNECT_TIMEOUT: "3",
                PGAPPNAME: "backend",
                POOL_MIN: "1",
                POOL_MAX: "10",
                POOL_TIMEOUT_SECONDS: "2",
                STATEMENT_TIMEOUT_SECONDS: "5",
            },
        };
        for (const workload of webTiers) {
            const { metadata, data, immutable } = recording.inputsOf(ConfigMap, `${workload}-config`);
            assert.deepEqual(data, settings[workload]);
            assert.equal(immutable, true);
            assert.equal(metadata?.name, undefined);
            const { envFrom } = podOf(workload).container;
            assert.deepEqual(envFrom, [{ configMapRef: { name: `demo-app-${workload}-config-1a2b3c4d` } }]);
        }
    });
});
