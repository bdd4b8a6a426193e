import { dashed } from "./arns";
import type { Facts } from "./facts";
import { isKubernetesObject, namePrefix, nameRule, physicalName } from "./naming";
import { bagOf, text } from "./wire";

/** Identifiers AWS makes up: prefix and 17 hexadecimal digits. */
const PREFIXES: { readonly [type: string]: string } = {
    "aws:apigateway/restApi:RestApi": "",
    "aws:ebs/volume:Volume": "vol-",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "eigw-",
    "aws:ec2/eip:Eip": "eipalloc-",
    "aws:ec2/flowLog:FlowLog": "fl-",
    "aws:ec2/instance:Instance": "i-",
    "aws:ec2/internetGateway:InternetGateway": "igw-",
    "aws:ec2/launchTemplate:LaunchTemplate": "lt-",
    "aws:ec2/managedPrefixList:ManagedPrefixList": "pl-",
    "aws:ec2/natGateway:NatGateway": "nat-",
    "aws:ec2/networkAcl:NetworkAcl": "acl-",
    "aws:ec2/networkInterface:NetworkInterface": "eni-",
    "aws:ec2/route:Route": "r-",
    "aws:ec2/routeTable:RouteTable": "rtb-",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc-",
    "aws:ec2/securityGroup:SecurityGroup": "sg-",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg-",
    "aws:ec2/securityGroupRule:SecurityGroupRule": "sgrule-",
    "aws:ec2/subnet:Subnet": "subnet-",
    "aws:ec2/vpc:Vpc": "vpc-",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce-",
    "aws:ec2transitgateway/transitGateway:TransitGateway": "tgw-",
    "aws:efs/accessPoint:AccessPoint": "fsap-",
    "aws:efs/fileSystem:FileSystem": "fs-",
    "aws:efs/mountTarget:MountTarget": "fsmt-",
    "aws:emr/cluster:Cluster": "j-",
    "aws:fsx/lustreFileSystem:LustreFileSystem": "fs-",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr-",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr-",
};

/** Resources Terraform identifies by ARN. */
const BY_ARN: ReadonlySet<string> = new Set([
    "aws:acm/certificate:Certificate",
    "aws:cfg/rule:Rule",
    "aws:codebuild/project:Project",
    "aws:ecs/cluster:Cluster",
    "aws:ecs/service:Service",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/policy:Policy",
    "aws:lb/listener:Listener",
    "aws:lb/listenerRule:ListenerRule",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:msk/cluster:Cluster",
    "aws:secretsmanager/secret:Secret",
    "aws:sfn/stateMachine:StateMachine",
    "aws:sns/topic:Topic",
    "aws:sns/topicSubscription:TopicSubscription",
]);

/** Part of a parent, identified by the parent's identifier: these inputs joined by this separator. */
const COMPOSED: { readonly [type: string]: readonly [separator: string, ...inputs: string[]] } = {
    "aws:eks/addon:Addon": [":", "clusterName", "addonName"],
    "aws:eks/accessEntry:AccessEntry": [":", "clusterName", "principalArn"],
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ["#", "clusterName", "principalArn", "policyArn"],
    "aws:eks/nodeGroup:NodeGroup": [":", "clusterName", "nodeGroupName"],
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["", "repository"],
    "aws:ecs/taskDefinition:TaskDefinition": ["", "family"],
    "aws:iam/rolePolicy:RolePolicy": [":", "role", "name"],
    "aws:lambda/permission:Permission": ["", "statementId"],
    "aws:rds/cluster:Cluster": ["", "clusterIdentifier"],
    "aws:rds/clusterInstance:ClusterInstance": ["", "identifier"],
    "aws:route53/record:Record": ["_", "zoneId", "name", "type", "setIdentifier"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["", "bucket"],
    "aws:s3/bucketLogging:BucketLogging": ["", "bucket"],
    "aws:s3/bucketNotification:BucketNotification": ["", "bucket"],
    "aws:s3/bucketObject:BucketObject": ["/", "bucket", "key"],
    "aws:s3/bucketObjectv2:BucketObjectv2": ["/", "bucket", "key"],
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["", "bucket"],
    "aws:s3/bucketPolicy:BucketPolicy": ["", "bucket"],
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["", "bucket"],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["", "bucket"],
    "aws:s3/bucketVersioning:BucketVersioning": ["", "bucket"],
    "aws:sqs/queuePolicy:QueuePolicy": ["", "queueUrl"],
};

/** Services whose named resources have an identifier besides the name. */
const NOT_BY_NAME =
    /^aws:(apigateway|apigatewayv2|appsync|cloudfront|cognito|globalaccelerator|kms|route53|servicediscovery|wafv2)\//;

/** The identifier of a resource, the same for the same URN, name and generation. */
export function identifier(facts: Omit<Facts, "id">, arn: (id: string) => string): string {
    const { type, inputs, hash } = facts;
    if (isKubernetesObject(type)) {
        const { namespace, name } = bagOf(inputs["metadata"]);
        const bare = text(name) ?? `${text(bagOf(inputs["metadata"])["generateName"])}${hash(5)}`;
        return text(namespace) === undefined ? bare : `${text(namespace)}/${bare}`;
    }
    if (type === "kubernetes:helm.sh/v3:Release") {
        return `${text(inputs["namespace"]) ?? facts.session.namespace}/${text(inputs["name"])}`;
    }
    if (type === "random:index/randomPassword:RandomPassword") {
        return "none"; // its value must not leak into the identifier
    }
    const prefix = PREFIXES[type];
    if (prefix !== undefined) {
        return type.startsWith("aws:emr/") ? `${prefix}${hash(13).toUpperCase()}` : `${prefix}${hash(17)}`;
    }
    const [separator, ...parts] = COMPOSED[type] ?? [""];
    const composed = parts.map((part) => text(inputs[part])).filter((part) => part !== undefined);
    if (composed.length > 0) {
        return composed.join(separator);
    }
    if (BY_ARN.has(type)) {
        return arn(physicalName(type, inputs) ?? hash(12));
    }
    switch (type) {
        case "aws:kms/key:Key":
            return dashed(hash(32));
        case "aws:kms/alias:Alias":
            return text(inputs["name"]) ?? hash(8);
        case "aws:rds/cluster:Cluster":
            // Not autonamed by pulumi-aws; Terraform makes such names up.
            return namePrefix(type, inputs) === undefined ? `tf-${hash(26, "identifier")}` : facts.name;
        case "aws:sqs/queue:Queue":
            return `https://sqs.${facts.session.region}.amazonaws.com/${facts.session.account}/${facts.name}`;
        case "aws:route53/zone:Zone":
            return `Z${hash(20).toUpperCase()}`;
        case "aws:cloudfront/distribution:Distribution":
            return `E${hash(13).toUpperCase()}`;
        case "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
            return `${text(inputs["role"])}-${hash(26).replace(/\D/g, "").padEnd(12, "7")}`;
        case "aws:cognito/userPool:UserPool":
            return `${facts.session.region}_${hash(9)}`;
    }
    if (NOT_BY_NAME.test(type)) {
        return hash(10);
    }
    const named = nameRule(type) !== undefined || inputs["name"] !== undefined;
    return named ? facts.name : hash(20);
}
