import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import { deploymentName, type ModelName, modelNames, modelTypes } from "../../../components/image-pipeline/model-types";
import { scaleCommand } from "../../../components/image-pipeline/schedule";
import { statementOf, statementsOf } from "../../support/policies";
import { argsOf, deploy, type Environment, recordingOf } from "./deploy";

const replicas: Readonly<Record<Environment, Readonly<Record<ModelName, number>>>> = {
    dev: { evidence: 1, imageClassification: 2, featureExtraction: 1 },
    qa: { evidence: 3, imageClassification: 5, featureExtraction: 1 },
    prod: { evidence: 5, imageClassification: 8, featureExtraction: 3 },
};

describe("image pipeline: models on the cluster", () => {
    it("are named as people scale them", () => {
        assert.deepEqual(modelNames.map(deploymentName), [
            "eks-evidence-model",
            "eks-image-classification-model",
            "eks-feature-extraction-model",
        ]);
    });

    for (const environment of ["dev", "qa", "prod"] as const) {
        it(`have the replicas of ${environment}`, async () => {
            const recording = await recordingOf(environment);
            for (const model of modelNames) {
                const { spec } = recording.inputsOf(k8s.apps.v1.Deployment, `models-${modelTypes[model].slug}`);
                assert.equal(spec?.replicas, replicas[environment][model], model);
            }
        });
    }

    for (const model of modelNames) {
        const { slug } = modelTypes[model];
        it(`${slug} runs on a GPU node, without rights`, async () => {
            const deployment = (await recordingOf("qa")).inputsOf(k8s.apps.v1.Deployment, `models-${slug}`);
            const pod = deployment.spec?.template.spec;
            const [container] = pod?.containers ?? [];
            assert.equal(
                container?.image,
                `444444444444.dkr.ecr.us-east-2.amazonaws.com/mediaviz-shared:${slug}-1.0.0`,
            );
            assert.equal(container?.resources?.limits?.["nvidia.com/gpu"], "1");
            assert.ok(container?.resources?.limits?.["memory"]);
            assert.ok(container?.startupProbe && container.livenessProbe && container.readinessProbe);
            assert.deepEqual(pod?.nodeSelector, { "nvidia.com/gpu.present": "true" });
            assert.equal(pod?.tolerations?.[0]?.key, "nvidia.com/gpu");
            assert.equal(pod?.securityContext?.runAsNonRoot, true);
            assert.equal(pod?.automountServiceAccountToken, false);
            assert.equal(container?.securityContext?.readOnlyRootFilesystem, true);
            assert.deepEqual(container?.securityContext?.capabilities?.drop, ["ALL"]);
            assert.equal(pod?.terminationGracePeriodSeconds, 630);
            const environment = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
            assert.match(String(environment["QUEUE_URL"]), new RegExp(`mediaviz-qa-${slug}$`));
            assert.equal(environment["DB_HOST"], "proxy.example");
        });

        it(`${slug} may take messages of its own queue and become the shared role`, async () => {
            const policy = (await recordingOf("qa")).inputsOf(aws.iam.RolePolicy, `models-${slug}-role-policy`).policy;
            assert.deepEqual(Object.keys(statementsOf(policy)), [
                "TakeMessages",
                "ReadImages",
                "ReadEncrypted",
                "ConnectToDatabase",
                "AssumeSharedRole",
            ]);
            assert.match(String(statementOf(policy, "TakeMessages").Resource?.[0]), new RegExp(`mediaviz-qa-${slug}$`));
            const shared = statementOf(policy, "AssumeSharedRole");
            assert.deepEqual(shared.Resource, ["arn:aws:iam::444444444444:role/mediaviz-shared-qa"]);
            assert.deepEqual(shared.Condition, { StringEquals: { "sts:ExternalId": "mediaviz-qa" } });
            assert.equal(
                Object.values(statementsOf(policy)).some(({ Resource }) => Resource?.includes("*")),
                false,
            );
        });

        it(`${slug} gives its role to its own service account only, and gives way one pod at a time`, async () => {
            const recording = await recordingOf("qa");
            const trust = recording.inputsOf(aws.iam.Role, `models-${slug}-role`).assumeRolePolicy;
            const condition = statementOf(trust, "ServiceAccount").Condition?.["StringEquals"] ?? {};
            assert.ok(Object.values(condition).includes(`system:serviceaccount:models:${deploymentName(model)}`));
            const account = recording.inputsOf(k8s.core.v1.ServiceAccount, `models-${slug}-service-account`);
            assert.match(
                String(account.metadata?.annotations?.["eks.amazonaws.com/role-arn"]),
                new RegExp(`models-${slug}-role`),
            );
            const budget = recording.inputsOf(k8s.policy.v1.PodDisruptionBudget, `models-${slug}-disruption-budget`);
            assert.equal(budget.spec?.maxUnavailable, 1);
        });
    }

    it("live in a namespace that enforces the restricted standard and lets nobody in", async () => {
        const recording = await recordingOf("dev");
        const namespace = recording.inputsOf(k8s.core.v1.Namespace, "models-namespace");
        assert.equal(namespace.metadata?.labels?.["pod-security.kubernetes.io/enforce"], "restricted");
        const policies = recording.all(k8s.networking.v1.NetworkPolicy).filter(({ name }) => /-models-/.test(name));
        const specs = policies.map(({ inputs }) => inputs["spec"] as { ingress?: unknown; policyTypes: string[] });
        assert.ok(specs.some(({ policyTypes }) => policyTypes.includes("Ingress")));
        assert.ok(specs.every(({ ingress }) => ingress === undefined));
    });
});

describe("image pipeline: time of day", () => {
    it("scales each model up at five and down at seven in the evening, Pacific time", async () => {
        const jobs = (await recordingOf("qa")).all(k8s.batch.v1.CronJob);
        assert.equal(jobs.length, 6);
        for (const [role, hour] of [
            ["up", 5],
            ["down", 19],
        ] as const) {
            for (const model of modelNames) {
                const deployment = deploymentName(model);
                const { spec } = (await recordingOf("qa")).inputsOf(
                    k8s.batch.v1.CronJob,
                    `schedule-${role}-${deployment}`,
                );
                assert.equal(spec?.schedule, `0 ${hour} * * *`);
                assert.equal(spec?.timeZone, "America/Los_Angeles");
                assert.equal(spec?.concurrencyPolicy, "Forbid");
                assert.deepEqual([spec?.successfulJobsHistoryLimit, spec?.failedJobsHistoryLimit], [3, 3]);
                const [container] = spec?.jobTemplate.spec?.template.spec?.containers ?? [];
                assert.equal(container?.image, "registry.k8s.io/kubectl:v1.35.3");
                const wanted = role === "up" ? replicas.qa[model] : 1;
                assert.deepEqual(container?.command, scaleCommand("models", deployment, wanted));
            }
        }
    });

    it("asks kubectl for the scale and nothing else", () => {
        assert.deepEqual(scaleCommand("models", "eks-evidence-model", 3), [
            "/bin/kubectl",
            "patch",
            "deployment/eks-evidence-model",
            "--namespace=models",
            "--subresource=scale",
            "--type=merge",
            '--patch={"spec":{"replicas":3}}',
            "--cache-dir=/tmp/cache",
        ]);
    });

    it("may change the scale of exactly the models", async () => {
        const recording = await recordingOf("dev");
        assert.deepEqual(recording.inputsOf(k8s.rbac.v1.Role, "schedule-role").rules, [
            {
                apiGroups: ["apps"],
                resources: ["deployments/scale"],
                resourceNames: ["eks-evidence-model", "eks-image-classification-model", "eks-feature-extraction-model"],
                verbs: ["get", "patch"],
            },
        ]);
        const binding = recording.inputsOf(k8s.rbac.v1.RoleBinding, "schedule-role-binding");
        assert.deepEqual(binding.subjects, [{ kind: "ServiceAccount", name: "model-schedule", namespace: "models" }]);
    });

    it("follows the config", async () => {
        const args = argsOf("dev");
        const recording = await deploy({
            ...args,
            schedule: { timeZone: "Europe/Berlin", scaleUpHour: 8, scaleDownHour: 18, offHoursReplicas: 1 },
        });
        const { spec } = recording.inputsOf(k8s.batch.v1.CronJob, "schedule-down-eks-evidence-model");
        assert.deepEqual([spec?.schedule, spec?.timeZone], ["0 18 * * *", "Europe/Berlin"]);
    });
});
