import { z } from "zod";
import { parseJson } from "../../domain/json-properties";
import type { Node } from "../../engine/node";
import type { ResourceView } from "../../engine/resource";
import type { ResourceRule } from "../../engine/rule";

const settings = z.object({
    /** Keys that every resource carries. */
    requiredTags: z.array(z.string().min(1)).default(["Project", "Environment"]),
    /** Values that a remediation may fill in, by key. */
    defaults: z.record(z.string(), z.string()).default({}),
});

/** Resources that cost money or hold data, and take tags. */
const types = [
    "aws:ec2/instance:Instance",
    "aws:ec2/vpc:Vpc",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ebs/volume:Volume",
    "aws:efs/fileSystem:FileSystem",
    "aws:s3/bucket:Bucket",
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:dynamodb/table:Table",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:opensearch/domain:Domain",
    "aws:redshift/cluster:Cluster",
    "aws:msk/cluster:Cluster",
    "aws:sqs/queue:Queue",
    "aws:sns/topic:Topic",
    "aws:kinesis/stream:Stream",
    "aws:lambda/function:Function",
    "aws:ecs/cluster:Cluster",
    "aws:ecs/service:Service",
    "aws:eks/cluster:Cluster",
    "aws:eks/nodeGroup:NodeGroup",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:ecr/repository:Repository",
    "aws:kms/key:Key",
    "aws:secretsmanager/secret:Secret",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:emr/cluster:Cluster",
    "aws:sagemaker/domain:Domain",
    "aws:batch/computeEnvironment:ComputeEnvironment",
    "aws:iam/role:Role",
];

/** Tags of the resource, and those that its provider adds: `tagsAll` where the provider worked it out, its own config before. */
function tagSources(resource: ResourceView): readonly Node[] {
    const byProvider = parseJson(resource.provider.get("defaultTags"));
    return [
        resource.get("tags"),
        resource.get("tagsAll"),
        ...(byProvider.state === "known" ? [byProvider.node.get("tags")] : []),
    ];
}

function missing(resource: ResourceView, required: readonly string[]): readonly string[] {
    const present = new Set(tagSources(resource).flatMap((source) => source.keys()));
    return required.filter((key) => !present.has(key));
}

export const requiredTags: ResourceRule = {
    id: "required-tags",
    title: "Resources carry the tags by which they are billed and found",
    category: "advisory",
    enforcement: "advisory",
    severity: "low",
    why: "Without tags nobody knows whose a resource is, or what it costs whom.",
    remediation: "Set tags, or the provider's defaultTags.",
    url: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    frameworks: [],
    types,
    thresholds: settings,
    check(resource, report, { thresholds }) {
        const lacking = missing(resource, settings.parse(thresholds).requiredTags);
        const unknown = tagSources(resource).find((source) => source.unknown);
        if (lacking.length > 0 && unknown !== undefined) {
            report.undecided(unknown);
        } else if (lacking.length > 0) {
            report.violation(
                resource.get("tags"),
                `tags are missing: ${lacking.join(", ")}`,
                "them, or the provider's defaultTags",
            );
        }
    },
    remediate(resource, { thresholds }) {
        const { requiredTags: required, defaults } = settings.parse(thresholds);
        const additions = missing(resource, required).flatMap((key) =>
            defaults[key] === undefined ? [] : [[key, defaults[key]] as const],
        );
        const tags = resource.get("tags");
        if (additions.length === 0 || tags.hasUnknown()) {
            return undefined;
        }
        return { tags: { ...(tags.plain() as Record<string, unknown> | undefined), ...Object.fromEntries(additions) } };
    },
};
