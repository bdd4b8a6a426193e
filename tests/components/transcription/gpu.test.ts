import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { statementOf, statementsOf } from "../../support/policies";
import { recordService } from "../../support/transcription";

const userDataOf = (inputs: { readonly userData?: unknown }) =>
    Buffer.from(String(inputs.userData), "base64").toString();

/** The SDK hands every parameter to the engine as a secret, this plain one too. */
function parameterText(value: unknown): string {
    const { value: text } = value as { readonly value: string };
    return text;
}

describe("GPU capacity of the transcription service", () => {
    it("starts protected, encrypted instances from AWS's newest GPU image, and lets ECS decide how many", async () => {
        const recording = await recordService({ gpu: { instanceTypes: ["g4dn.xlarge", "g5.xlarge"], spotShare: 70 } });
        const template = recording.inputsOf(aws.ec2.LaunchTemplate);
        assert.equal(
            template.imageId,
            "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id",
        );
        assert.deepEqual(template.metadataOptions, {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        const [root] = template.blockDeviceMappings ?? [];
        assert.deepEqual([root?.ebs?.volumeType, root?.ebs?.encrypted, root?.ebs?.volumeSize], ["gp3", "true", 100]);
        assert.match(String(root?.ebs?.kmsKeyId), /thoth-key-volumes-key$/);
        const [instanceTags] = template.tagSpecifications ?? [];
        assert.equal(instanceTags?.tags?.["Project"], "thoth");

        const group = recording.inputsOf(aws.autoscaling.Group);
        assert.equal(group.protectFromScaleIn, true);
        const policy = group.mixedInstancesPolicy;
        assert.deepEqual(
            policy?.launchTemplate.overrides?.map(({ instanceType }) => instanceType),
            ["g4dn.xlarge", "g5.xlarge"],
        );
        assert.deepEqual(policy?.instancesDistribution?.onDemandPercentageAboveBaseCapacity, 30);
        assert.equal(group.capacityRebalance, true);
        assert.deepEqual(
            [group.minSize, group.maxSize, group.desiredCapacity, group.warmPool],
            [0, 4, undefined, undefined],
        );
        assert.equal(group.instanceRefresh?.preferences?.scaleInProtectedInstances, "Refresh");
        assert.ok(group.tags?.some((tag) => tag.key === "AmazonECSManaged" && tag.propagateAtLaunch));

        const provider = recording.inputsOf(aws.ecs.CapacityProvider).autoScalingGroupProvider;
        assert.deepEqual(
            [provider?.managedScaling?.status, provider?.managedTerminationProtection, provider?.managedDraining],
            ["ENABLED", "ENABLED", "ENABLED"],
        );
        assert.deepEqual(recording.inputsOf(aws.ecs.ClusterCapacityProviders).capacityProviders, [
            "FARGATE",
            "FARGATE_SPOT",
            "thoth-test-gpu",
        ]);
    });

    it("joins the cluster last: after the GPU answered, models are mounted by TLS and IAM, and metrics flow", async () => {
        const recording = await recordService();
        const script = userDataOf(recording.inputsOf(aws.ec2.LaunchTemplate));
        const order = [
            "set -euo pipefail",
            "nvidia-smi -L",
            "mount /mnt/model-cache",
            "-c ssm:/thoth-test/gpu-metrics",
            "ECS_CLUSTER=thoth-test",
        ].map((text) => script.indexOf(text));
        assert.ok(order.every((at) => at > 0));
        assert.deepEqual(
            [...order].sort((a, b) => a - b),
            order,
        );
        assert.match(script, /efs _netdev,noresvport,tls,iam,accesspoint=\S+ 0 0/);
        assert.match(script, /ECS_AWSVPC_BLOCK_IMDS=true/);
        assert.doesNotMatch(script, /ECS_WARM_POOLS_CHECK/);
    });

    it("publishes GPU metrics that may go to its own namespace only", async () => {
        const recording = await recordService();
        const config = JSON.parse(parameterText(recording.inputsOf(aws.ssm.Parameter).value)) as {
            metrics: {
                namespace: string;
                aggregation_dimensions: string[][];
                metrics_collected: { nvidia_gpu: { measurement: string[] } };
            };
        };
        assert.equal(config.metrics.namespace, "thoth-test/gpu");
        assert.ok(config.metrics.metrics_collected.nvidia_gpu.measurement.includes("utilization_gpu"));
        assert.deepEqual(config.metrics.aggregation_dimensions[0], ["AutoScalingGroupName"]);
        const { policy } = recording.inputsOf(aws.iam.RolePolicy, "gpu-instance-policy");
        assert.deepEqual(Object.keys(statementsOf(policy)), [
            "PublishMetrics",
            "ReadTags",
            "ReadMetricsConfig",
            "MountModels",
        ]);
        assert.deepEqual(statementOf(policy, "PublishMetrics").Condition, {
            StringEquals: { "cloudwatch:namespace": "thoth-test/gpu" },
        });
        // the metric that is published is the one that scaling and the alarm read
        const read = { metricName: "nvidia_smi_utilization_gpu", namespace: "thoth-test/gpu" };
        const alarm = recording.inputsOf(aws.cloudwatch.MetricAlarm, "alarm-gpu-utilization");
        assert.deepEqual(
            [alarm.metricName, alarm.namespace, alarm.threshold, alarm.dimensions],
            [read.metricName, read.namespace, 90, { AutoScalingGroupName: "thoth-test-gpu" }],
        );
        const tracking = recording.inputsOf(
            aws.appautoscaling.Policy,
            "transcription-scaling-gpu",
        ).targetTrackingScalingPolicyConfiguration;
        assert.equal(tracking?.targetValue, 75);
        const [, metric] = tracking?.customizedMetricSpecification?.metrics ?? [];
        assert.deepEqual(metric?.metricStat?.metric, {
            ...read,
            dimensions: [{ name: "AutoScalingGroupName", value: "thoth-test-gpu" }],
        });
    });

    it("keeps stopped instances ready where asked, without a mix that EC2 doesn't allow beside them", async () => {
        const recording = await recordService({ gpu: { warmPool: { minSize: 2, maxPrepared: 4 } } });
        const group = recording.inputsOf(aws.autoscaling.Group);
        assert.deepEqual(group.warmPool, { poolState: "Stopped", minSize: 2, maxGroupPreparedCapacity: 4 });
        assert.equal(group.mixedInstancesPolicy, undefined);
        assert.match(userDataOf(recording.inputsOf(aws.ec2.LaunchTemplate)), /ECS_WARM_POOLS_CHECK=true/);
    });

    it("takes larger instances in a time of high load", async () => {
        const recording = await recordService({ gpu: { highLoad: true } });
        const overrides = recording.inputsOf(aws.autoscaling.Group).mixedInstancesPolicy?.launchTemplate.overrides;
        assert.deepEqual(overrides, [{ instanceType: "g4dn.4xlarge" }]);
        assert.equal(recording.inputsOf(aws.ec2.LaunchTemplate).instanceType, "g4dn.4xlarge");
    });

    it("rests outside working hours: services by their own schedule, instances that are always there by theirs", async () => {
        const recording = await recordService({
            offHours: { from: "19:30", until: "06:15", timeZone: "Europe/Berlin" },
            gpu: { minInstances: 2 },
            services: { transcription: { minTasks: 1 } },
        });
        const begin = recording.inputsOf(aws.appautoscaling.ScheduledAction, "transcription-scaling-off-hours-begin");
        assert.deepEqual(
            [begin.schedule, begin.timezone, begin.scalableTargetAction],
            ["cron(30 19 ? * MON-FRI *)", "Europe/Berlin", { minCapacity: 0, maxCapacity: 0 }],
        );
        const end = recording.inputsOf(aws.appautoscaling.ScheduledAction, "transcription-scaling-off-hours-end");
        assert.deepEqual(
            [end.schedule, end.scalableTargetAction],
            ["cron(15 6 ? * MON-FRI *)", { minCapacity: 1, maxCapacity: 4 }],
        );
        const api = recording.inputsOf(aws.appautoscaling.ScheduledAction, "api-scaling-off-hours-begin");
        assert.deepEqual(api.scalableTargetAction, { minCapacity: 1, maxCapacity: 6 });
        const instances = recording
            .all(aws.autoscaling.Schedule)
            .map(({ inputs }) => [inputs["recurrence"], inputs["minSize"]]);
        assert.deepEqual(instances, [
            ["30 19 * * 1-5", 0],
            ["15 6 * * 1-5", 2],
        ]);
        const always = await recordService();
        assert.equal(always.all(aws.appautoscaling.ScheduledAction).length, 0);
    });
});
