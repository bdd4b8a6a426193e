import type { ResourceRule } from "../../engine/rule";
import { checkSettings, mendSettings, type Setting, typesOf } from "../../engine/setting";

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const settings: readonly Setting[] = flags.flatMap((flag): Setting[] => [
    { type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", property: flag, must: true, absent: "violates" },
    {
        type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        property: flag,
        must: true,
        absent: "violates",
    },
    {
        type: "aws:s3/accessPoint:AccessPoint",
        property: `publicAccessBlockConfiguration.${flag}`,
        must: true,
        // An access point blocks everything unless told otherwise.
        absent: "complies",
        // One that is bound to a VPC cannot be reached from the internet.
        unless: (resource) => !resource.get("vpcConfiguration.vpcId").absent,
    },
]);

export const s3PublicAccessBlock: ResourceRule = {
    id: "s3-public-access-block",
    title: "All four public-access blocks of S3 are on",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "The block holds even when a policy or an ACL is written wrong; with one of the four off, it has a gap.",
    remediation: "Set blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets to true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    frameworks: [
        { name: "AWS FSBP", control: "S3.1" },
        { name: "AWS FSBP", control: "S3.8" },
        { name: "AWS FSBP", control: "S3.19" },
        { name: "CIS AWS 3.0", control: "2.1.4" },
    ],
    types: typesOf(settings),
    check: (resource, report) => checkSettings(settings, "the block is off", resource, report),
    remediate: (resource) => mendSettings(settings, resource),
};
