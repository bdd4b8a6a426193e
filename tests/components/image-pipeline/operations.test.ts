import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import { statementOf, statementsOf } from "../../support/policies";
import { recordingOf } from "./deploy";

describe("image pipeline: cluster", () => {
    it("has standard nodes, and GPU nodes that only models land on", async () => {
        const recording = await recordingOf("dev");
        const standard = recording.inputsOf(aws.eks.NodeGroup, "eks-standard");
        assert.equal(standard.amiType, "AL2023_x86_64_STANDARD");
        const gpu = recording.inputsOf(aws.eks.NodeGroup, "eks-gpu");
        assert.equal(gpu.amiType, "AL2023_x86_64_NVIDIA");
        assert.deepEqual(gpu.instanceTypes, ["g4dn.xlarge"]);
        assert.deepEqual([gpu.scalingConfig.minSize, gpu.scalingConfig.maxSize], [0, 4]);
        assert.deepEqual(gpu.taints, [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }]);
        assert.deepEqual(gpu.labels, {
            "nvidia.com/gpu.present": "true",
            "k8s.amazonaws.com/accelerator": "nvidia",
        });
    });

    it("shows GPUs to Kubernetes and brings nodes as pods need them", async () => {
        const recording = await recordingOf("prod");
        const plugin = recording.inputsOf(k8s.helm.v3.Release, "services-nvidia-device-plugin");
        assert.deepEqual([plugin.chart, plugin.version], ["nvidia-device-plugin", "0.19.3"]);
        const autoscaler = recording.inputsOf(k8s.helm.v3.Release, "services-autoscaler");
        assert.deepEqual([autoscaler.chart, autoscaler.version], ["cluster-autoscaler", "9.56.0"]);
        assert.deepEqual(autoscaler.values?.["image"], { tag: "v1.35.0" });
        const policy = recording.inputsOf(aws.iam.RolePolicy, "services-autoscaler-role-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), ["SeeCapacity", "SeeNodeGroups", "ScaleOwnGroups"]);
        assert.ok(statementOf(policy, "SeeCapacity").Action.every((action) => /:(Describe|Get)/.test(action)));
        assert.ok(statementOf(policy, "ScaleOwnGroups").Condition);
    });

    it("tells CloudWatch of nodes and pods", async () => {
        const addon = (await recordingOf("dev")).inputsOf(aws.eks.Addon, "services-observability");
        assert.equal(addon.addonName, "amazon-cloudwatch-observability");
    });
});

describe("image pipeline: delivery", () => {
    it("is Argo CD of a pinned chart that nobody reaches from outside", async () => {
        const argoCd = (await recordingOf("dev")).inputsOf(k8s.helm.v3.Release, "delivery-argocd");
        assert.deepEqual([argoCd.chart, argoCd.version, argoCd.namespace], ["argo-cd", "9.5.15", "argocd"]);
        const values = argoCd.values as { server: { service: unknown; ingress: unknown; replicas: number } };
        assert.deepEqual(values.server.service, { type: "ClusterIP" });
        assert.deepEqual(values.server.ingress, { enabled: false });
        assert.equal(values.server.replicas, 1);
    });

    it("is highly available in prod", async () => {
        const argoCd = (await recordingOf("prod")).inputsOf(k8s.helm.v3.Release, "delivery-argocd");
        const values = argoCd.values as Record<string, { replicas?: number; enabled?: boolean }>;
        assert.equal(values["server"]?.replicas, 2);
        assert.equal(values["repoServer"]?.replicas, 2);
        assert.equal(values["redis-ha"]?.enabled, true);
    });

    it("lets jobs of the repository's environment in, and gives them no right of their own", async () => {
        const recording = await recordingOf("prod");
        const role = recording.inputsOf(aws.iam.Role, "github-role");
        assert.equal(role.name, "mediaviz-prod-github");
        const trust = statementOf(role.assumeRolePolicy, "GitHubJobs");
        assert.deepEqual(trust.Condition, {
            StringEquals: {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": "repo:mediaviz/infrastructure:environment:prod",
            },
        });
        const policy = recording.inputsOf(aws.iam.RolePolicy, "github-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), ["AssumeSharedRole", "FindCluster"]);
        assert.deepEqual(statementOf(policy, "AssumeSharedRole").Condition, {
            StringEquals: { "sts:ExternalId": "mediaviz-prod" },
        });
    });
});

describe("image pipeline: operations", () => {
    it("raise alarms on every part, at an encrypted topic", async () => {
        const recording = await recordingOf("dev");
        const alarms = recording
            .names(aws.cloudwatch.MetricAlarm)
            .filter((name) => name.includes("-operations-"))
            .map((name) => name.replace("image-pipeline-operations-", ""));
        const functions = ["blur", "colors", "facial-recognition", "upload"];
        assert.deepEqual(
            alarms,
            [
                "api-5xx",
                "api-latency",
                "database-capacity",
                "database-connections",
                "database-proxy-waits",
                "evidence-restarts",
                "feature-extraction-restarts",
                "image-classification-restarts",
                "models-pending",
                "nodes-failed",
                "replication-failures",
                "undelivered-events",
                ...functions.flatMap((name) => [`${name}-duration`, `${name}-errors`, `${name}-throttles`]),
            ].sort(),
        );
        const topic = recording.inputsOf(aws.sns.Topic);
        assert.equal(topic.name, "mediaviz-dev-alarms");
        assert.match(String(topic.kmsMasterKeyId), /image-pipeline-operations-key/);
        for (const { name, inputs } of recording.all(aws.cloudwatch.MetricAlarm)) {
            assert.equal((inputs["alarmActions"] as unknown[] | undefined)?.length, 1, name);
            assert.ok(String(inputs["alarmDescription"]).length > 30, name);
        }
    });

    it("warn before what ends a function or fills the database", async () => {
        const recording = await recordingOf("prod");
        assert.equal(recording.inputsOf(aws.cloudwatch.MetricAlarm, "operations-blur-duration").threshold, 240_000);
        assert.equal(recording.inputsOf(aws.cloudwatch.MetricAlarm, "operations-upload-duration").threshold, 24_000);
        assert.equal(recording.inputsOf(aws.cloudwatch.MetricAlarm, "operations-database-connections").threshold, 4000);
    });

    it("draw one dashboard in the order that an image takes", async () => {
        const dashboard = (await recordingOf("dev")).inputsOf(aws.cloudwatch.Dashboard);
        assert.equal(dashboard.dashboardName, "mediaviz-dev");
        const { widgets } = JSON.parse(dashboard.dashboardBody) as {
            widgets: { type: string; properties: { markdown?: string; metrics?: unknown[] } }[];
        };
        assert.deepEqual(
            widgets.filter(({ type }) => type === "text").map(({ properties }) => properties.markdown),
            [
                "## Upload API",
                "## Events and queues",
                "## Functions on Lambda",
                "## Models on the cluster",
                "## Database",
            ],
        );
        assert.ok(widgets.every(({ type, properties }) => type === "text" || (properties.metrics?.length ?? 0) > 0));
    });

    it("keep logs for as long as the environment says, all encrypted", async () => {
        for (const [environment, days] of [
            ["dev", 30],
            ["prod", 365],
        ] as const) {
            const groups = (await recordingOf(environment)).all(aws.cloudwatch.LogGroup);
            assert.ok(groups.length >= 10);
            for (const { name, inputs } of groups) {
                assert.equal(inputs["retentionInDays"], days, name);
                assert.ok(inputs["kmsKeyId"], name);
            }
        }
    });
});
