import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { argsOf, deploy, recordingOf } from "./deploy";

describe("image pipeline: bastion", () => {
    it("has no public address and nobody who comes in, unless networks are allow-listed", async () => {
        const recording = await recordingOf("dev");
        const template = recording.inputsOf(aws.ec2.LaunchTemplate, "bastion-template");
        assert.equal(template.networkInterfaces?.[0]?.associatePublicIpAddress, "false");
        assert.deepEqual(
            recording.names(aws.vpc.SecurityGroupIngressRule).filter((name) => name.includes("-bastion-from-")),
            [],
        );
    });

    it("takes version 2 of the metadata service only and encrypts its gp3 volume", async () => {
        const template = (await recordingOf("prod")).inputsOf(aws.ec2.LaunchTemplate, "bastion-template");
        assert.equal(template.metadataOptions?.httpTokens, "required");
        const volume = template.blockDeviceMappings?.[0]?.ebs;
        assert.equal(volume?.encrypted, "true");
        assert.equal(volume?.volumeType, "gp3");
        assert.match(String(volume?.kmsKeyId), /image-pipeline-operations-key/);
    });

    it("is one instance that is replaced, managed by SSM", async () => {
        const recording = await recordingOf("dev");
        const group = recording.inputsOf(aws.autoscaling.Group);
        assert.deepEqual([group.minSize, group.maxSize], [1, 1]);
        assert.equal(
            recording.inputsOf(aws.iam.RolePolicyAttachment, "bastion-ssm").policyArn,
            "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        );
    });

    it("keeps its key in the secret that people know", async () => {
        const recording = await recordingOf("dev");
        assert.equal(
            recording.inputsOf(aws.secretsmanager.Secret, "bastion-key-secret").name,
            "mediaviz-dev-bastion-key",
        );
    });

    it("lets allow-listed networks in by SSH and nothing else", async () => {
        const recording = await deploy({
            ...argsOf("dev"),
            bastion: { instanceType: "t3.micro", allowedCidrs: ["203.0.113.0/24"] },
        });
        const rule = recording.inputsOf(aws.vpc.SecurityGroupIngressRule, "bastion-from-203-0-113-0-24");
        assert.deepEqual([rule.cidrIpv4, rule.fromPort, rule.toPort], ["203.0.113.0/24", 22, 22]);
        const template = recording.inputsOf(aws.ec2.LaunchTemplate, "bastion-template");
        assert.equal(template.networkInterfaces?.[0]?.associatePublicIpAddress, "true");
    });
});
