import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type { DemoAppArgs } from "../../../components/demo-app";
import { charts } from "../../../components/demo-app/charts";
import type { Recording } from "../../support/mocks";
import { statementOf } from "../../support/policies";
import { deploy, eksArgs, localArgs, phases } from "./deploy";

const { Release } = k8s.helm.v3;
type Json = Record<string, unknown>;

const all = (args: DemoAppArgs): DemoAppArgs => ({
    ...args,
    ...phases,
    observability: { ...phases.observability, xray: args.eks !== undefined },
    database: { ...args.database, mode: "cloudnative-pg" },
    frontend: { ...args.frontend, autoscaling: { maxReplicas: 6, targetCpuPercent: 70 } },
});

function valuesOf(recording: Recording, release: string): Json {
    const found = recording.all(Release).find(({ inputs }) => inputs["name"] === release);
    assert.ok(found, release);
    return found.inputs["values"] as Json;
}
const specOf = (recording: Recording, kind: string, name: string): Json => {
    const found = recording.resources.find(
        ({ inputs }) => inputs["kind"] === kind && (inputs["metadata"] as { name?: string } | undefined)?.name === name,
    );
    assert.ok(found, `${kind} ${name}`);
    return found.inputs["spec"] as Json;
};

for (const [where, args] of [
    ["a local cluster", all(localArgs)],
    ["EKS", all(eksArgs)],
] as const) {
    describe(`DemoApp with all phases on ${where}`, () => {
        let recording: Recording;
        before(async () => {
            ({ recording } = await deploy(args));
        });

        it("installs charts of exact versions only, each in its namespace's repository", () => {
            const releases = recording.all(Release);
            assert.ok(releases.length >= 11);
            for (const { name, inputs } of releases) {
                assert.match(String(inputs["version"]), /^\d+\.\d+\.\d+$/, name);
                assert.equal(inputs["atomic"], true, name);
            }
            const installed = new Set(releases.map(({ inputs }) => inputs["chart"]));
            const expected = Object.entries(charts)
                .filter(([name]) => name !== "metrics-server" || where !== "EKS")
                .map(([, { chart }]) => chart);
            assert.deepEqual([...installed].sort(), [...new Set(expected)].sort());
        });

        it("makes no Service that is reached from outside, in charts neither", () => {
            for (const { name, inputs } of recording.all(Release)) {
                assert.doesNotMatch(JSON.stringify(inputs["values"]), /LoadBalancer|NodePort/, name);
            }
            for (const { name, inputs } of recording.all(k8s.core.v1.Service)) {
                assert.match(String((inputs["spec"] as Json)["type"] ?? "ClusterIP"), /^ClusterIP$/, name);
            }
        });

        it("generates Grafana's password and names only the secret to the chart", () => {
            const grafana = valuesOf(recording, "monitoring")["grafana"] as Json;
            assert.match(String((grafana["admin"] as Json)["existingSecret"]), /grafana-admin/);
            assert.equal(grafana["adminPassword"], undefined);
        });

        it("replicates the database, with TLS to it, and a password that is copied from a store", () => {
            const cluster = specOf(recording, "Cluster", "postgres");
            assert.equal(cluster["instances"], 3);
            assert.equal(cluster["enableSuperuserAccess"], false);
            const config = recording.inputsOf(k8s.core.v1.ConfigMap, "backend-config").data as Json;
            assert.equal(config["PGHOST"], "postgres-rw");
            assert.equal(config["PGSSLMODE"], "require");
            const backend = recording.inputsOf(k8s.apps.v1.Deployment, "backend-deployment");
            const [container] = backend.spec?.template.spec?.containers ?? [];
            assert.deepEqual(container?.env, [
                {
                    name: "PGPASSWORD",
                    valueFrom: { secretKeyRef: { name: "backend-database", key: "password" } },
                },
            ]);
        });

        it("keeps the database out of the mesh and everything else under strict mutual TLS", () => {
            assert.deepEqual(specOf(recording, "PeerAuthentication", "default"), { mtls: { mode: "STRICT" } });
            assert.deepEqual(specOf(recording, "AuthorizationPolicy", "allow-nothing"), {});
            assert.deepEqual(specOf(recording, "AuthorizationPolicy", "backend-from-frontend")["rules"], [
                {
                    from: [{ source: { principals: ["cluster.local/ns/demo-app/sa/frontend"] } }],
                    to: [{ operation: { ports: ["8000"] } }],
                },
            ]);
            const inherited = specOf(recording, "Cluster", "postgres")["inheritedMetadata"] as Json;
            assert.deepEqual(inherited["annotations"], { "sidecar.istio.io/inject": "false" });
        });

        it("lets the autoscaler count pods", () => {
            const { spec } = recording.inputsOf(k8s.autoscaling.v2.HorizontalPodAutoscaler);
            assert.deepEqual([spec?.minReplicas, spec?.maxReplicas], [2, 6]);
        });
    });
}

describe("DemoApp's phases in AWS", () => {
    let recording: Recording;
    before(async () => {
        ({ recording } = await deploy(all(eksArgs)));
    });

    it("read one secret and send traces by roles of one service account each", () => {
        const reader = recording.inputsOf(aws.iam.RolePolicy, "backend-database-reader-policy");
        assert.deepEqual(statementOf(reader.policy, "ReadSecret").Action, [
            "secretsmanager:GetSecretValue",
            "secretsmanager:DescribeSecret",
        ]);
        assert.equal(statementOf(reader.policy, "ReadSecret").Resource?.length, 1);
        const xray = recording.inputsOf(aws.iam.RolePolicy, "xray-policy");
        assert.deepEqual(statementOf(xray.policy, "SendTraces").Action, [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
        ]);
        const config = valuesOf(recording, "otel-gateway")["config"] as { exporters: Json };
        assert.deepEqual(config.exporters["awsxray"], { region: "us-east-2" });
    });

    it("take snapshots of volumes for backups, and metrics from EKS's add-on", () => {
        const addons = recording.all(aws.eks.Addon).map(({ inputs }) => inputs["addonName"]);
        assert.ok(addons.includes("snapshot-controller") && addons.includes("metrics-server"));
        assert.deepEqual(recording.all(k8s.batch.v1.CronJob), []);
        assert.equal(specOf(recording, "ScheduledBackup", "postgres")["method"], "volumeSnapshot");
    });

    it("differ on a local cluster: the store is a namespace, backups are dumps, and nothing is AWS's", async () => {
        const { recording: local } = await deploy(all(localArgs));
        assert.deepEqual(
            local.resources.filter(({ type }) => type.startsWith("aws:")),
            [],
        );
        const store = specOf(local, "SecretStore", "app")["provider"] as Json;
        assert.deepEqual(Object.keys(store), ["kubernetes"]);
        assert.equal(local.inputsOf(k8s.batch.v1.CronJob).spec?.schedule, "0 2 * * *");
    });
});
