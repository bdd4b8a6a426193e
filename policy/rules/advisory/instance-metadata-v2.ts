import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

const property = "metadataOptions.httpTokens";

/** Switched off altogether, the service answers nobody. */
const settings: readonly Setting[] = [
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
].map((type) => ({
    type,
    property,
    must: "required",
    absent: "violates",
    unless: (resource) => resource.get("metadataOptions.httpEndpoint").string === "disabled",
}));

export const instanceMetadataV2: ResourceRule = {
    id: "instance-metadata-v2",
    title: "Instances require version 2 of the metadata service",
    category: "advisory",
    enforcement: "advisory",
    severity: "medium",
    why: "Version 1 hands the instance's credentials to whoever can make it fetch a URL.",
    remediation: 'Set metadataOptions.httpTokens: "required".',
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8",
    frameworks: [
        { name: "AWS FSBP", control: "EC2.8" },
        { name: "AWS FSBP", control: "EC2.170" },
        { name: "AWS FSBP", control: "AutoScaling.3" },
        { name: "CIS AWS 3.0", control: "5.6" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "version 1 of the metadata service answers", resource, report),
};
