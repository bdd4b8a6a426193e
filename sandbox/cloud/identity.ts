import { createHash } from "node:crypto";
import type { Session } from "./session";
import { type Bag, plain, text } from "./wire";

/**
 * What AWS keeps unique, by type: the inputs that may not occur twice in one account and region. A second create is
 * refused, as AWS would. Kubernetes objects are applied server-side and have no such error.
 */
const UNIQUE: { readonly [type: string]: readonly string[] } = {
    "aws:autoscaling/group:Group": ["name"],
    "aws:backup/vault:Vault": ["name"],
    "aws:cloudwatch/eventRule:EventRule": ["name", "eventBusName"],
    "aws:cloudwatch/logGroup:LogGroup": ["name"],
    "aws:dynamodb/table:Table": ["name"],
    "aws:ec2/keyPair:KeyPair": ["keyName"],
    "aws:ec2/launchTemplate:LaunchTemplate": ["name"],
    "aws:ec2/securityGroup:SecurityGroup": ["name", "vpcId"],
    "aws:ecr/repository:Repository": ["name"],
    "aws:ecs/cluster:Cluster": ["name"],
    "aws:ecs/service:Service": ["name", "cluster"],
    "aws:eks/addon:Addon": ["clusterName", "addonName"],
    "aws:eks/cluster:Cluster": ["name"],
    "aws:eks/nodeGroup:NodeGroup": ["clusterName", "nodeGroupName"],
    "aws:elasticache/replicationGroup:ReplicationGroup": ["replicationGroupId"],
    "aws:elasticache/subnetGroup:SubnetGroup": ["name"],
    "aws:iam/group:Group": ["name"],
    "aws:iam/instanceProfile:InstanceProfile": ["name"],
    "aws:iam/policy:Policy": ["name", "path"],
    "aws:iam/role:Role": ["name"],
    "aws:iam/user:User": ["name"],
    "aws:kinesis/stream:Stream": ["name"],
    "aws:kms/alias:Alias": ["name"],
    "aws:lambda/function:Function": ["name"],
    "aws:lb/loadBalancer:LoadBalancer": ["name"],
    "aws:lb/targetGroup:TargetGroup": ["name"],
    "aws:opensearch/domain:Domain": ["domainName"],
    "aws:rds/cluster:Cluster": ["clusterIdentifier"],
    "aws:rds/instance:Instance": ["identifier"],
    "aws:rds/parameterGroup:ParameterGroup": ["name"],
    "aws:rds/subnetGroup:SubnetGroup": ["name"],
    "aws:s3/bucket:Bucket": ["bucket"],
    "aws:s3/bucketV2:BucketV2": ["bucket"],
    "aws:secretsmanager/secret:Secret": ["name"],
    "aws:sfn/stateMachine:StateMachine": ["name"],
    "aws:sns/topic:Topic": ["name"],
    "aws:sqs/queue:Queue": ["name"],
    "aws:ssm/parameter:Parameter": ["name"],
};

/** A digest of what makes the resource unique, so that the record holds no value. */
export function identityOf(type: string, inputs: Bag, session: Session): string | undefined {
    const properties = UNIQUE[type];
    if (properties === undefined || text(inputs[properties[0] ?? ""]) === undefined) {
        return undefined;
    }
    const region = text(inputs["region"]) ?? session.region;
    const scope = type.startsWith("aws:s3/")
        ? ""
        : type.startsWith("aws:iam/")
          ? session.account
          : `${session.account} ${region}`;
    return digest([type, scope, ...properties.map((property) => plain(inputs[property] ?? null))]);
}

export function digest(value: unknown): string {
    return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
