import type { Facts } from "./facts";
import { text } from "./wire";

type Form = (facts: Facts) => string;

/** The last part of an ARN or path. */
function tail(value: string | undefined): string {
    return value?.split("/").at(-1) ?? "";
}

const clusterOf: Form = ({ inputs }) => tail(text(inputs["cluster"]));
const digits: Form = ({ hash }) => hash(16);

/**
 * Resource parts of ARNs that don't read `<type>/<id>`, from the "Resource types" tables of the
 * https://docs.aws.amazon.com/service-authorization/latest/reference/ .
 */
const FORMS: { readonly [type: string]: Form } = {
    "aws:acm/certificate:Certificate": ({ hash }) => `certificate/${dashed(hash(32))}`,
    "aws:autoscaling/group:Group": ({ hash, name }) =>
        `autoScalingGroup:${dashed(hash(32))}:autoScalingGroupName/${name}`,
    "aws:backup/plan:Plan": ({ hash }) => `backup-plan:${dashed(hash(32))}`,
    "aws:backup/vault:Vault": ({ name }) => `backup-vault:${name}`,
    "aws:cfg/rule:Rule": ({ hash }) => `config-rule/config-rule-${hash(6)}`,
    "aws:cloudfront/distribution:Distribution": ({ id }) => `distribution/${id}`,
    "aws:cloudwatch/dashboard:Dashboard": ({ name }) => `dashboard/${name}`,
    "aws:cloudwatch/eventRule:EventRule": ({ name }) => `rule/${name}`,
    "aws:cloudwatch/logGroup:LogGroup": ({ name }) => `log-group:${name}`,
    "aws:cloudwatch/metricAlarm:MetricAlarm": ({ name }) => `alarm:${name}`,
    "aws:ecr/repository:Repository": ({ name }) => `repository/${name}`,
    "aws:ecs/cluster:Cluster": ({ name }) => `cluster/${name}`,
    "aws:ecs/service:Service": (facts) => `service/${clusterOf(facts)}/${facts.name}`,
    "aws:ecs/taskDefinition:TaskDefinition": ({ inputs, generation }) =>
        `task-definition/${text(inputs["family"])}:${generation}`,
    "aws:eks/addon:Addon": ({ inputs, hash }) =>
        `addon/${text(inputs["clusterName"])}/${text(inputs["addonName"])}/${dashed(hash(32))}`,
    "aws:eks/cluster:Cluster": ({ name }) => `cluster/${name}`,
    "aws:eks/nodeGroup:NodeGroup": ({ inputs, hash }) =>
        `nodegroup/${text(inputs["clusterName"])}/${text(inputs["nodeGroupName"])}/${dashed(hash(32))}`,
    "aws:elasticache/replicationGroup:ReplicationGroup": ({ name }) => `replicationgroup:${name}`,
    "aws:elasticache/serverlessCache:ServerlessCache": ({ name }) => `serverlesscache:${name}`,
    "aws:elasticache/subnetGroup:SubnetGroup": ({ name }) => `subnetgroup:${name}`,
    "aws:elasticache/parameterGroup:ParameterGroup": ({ name }) => `parametergroup:${name}`,
    "aws:emr/cluster:Cluster": ({ id }) => `cluster/${id}`,
    "aws:iam/group:Group": (facts) => `group${path(facts)}${facts.name}`,
    "aws:iam/instanceProfile:InstanceProfile": (facts) => `instance-profile${path(facts)}${facts.name}`,
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ({ inputs }) =>
        `oidc-provider/${(text(inputs["url"]) ?? "").replace(/^https:\/\//, "")}`,
    "aws:iam/policy:Policy": (facts) => `policy${path(facts)}${facts.name}`,
    "aws:iam/role:Role": (facts) => `role${path(facts)}${facts.name}`,
    "aws:iam/user:User": (facts) => `user${path(facts)}${facts.name}`,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ({ name }) => `deliverystream/${name}`,
    "aws:kinesis/stream:Stream": ({ name }) => `stream/${name}`,
    "aws:kms/alias:Alias": ({ name }) => name,
    "aws:kms/key:Key": ({ id }) => `key/${id}`,
    "aws:lambda/function:Function": ({ name }) => `function:${name}`,
    "aws:lambda/layerVersion:LayerVersion": ({ inputs, generation }) =>
        `layer:${text(inputs["layerName"])}:${generation}`,
    "aws:lb/listener:Listener": (facts) =>
        `listener/${loadBalancerSuffix(text(facts.inputs["loadBalancerArn"]))}/${digits(facts)}`,
    "aws:lb/listenerRule:ListenerRule": (facts) =>
        `listener-rule/${loadBalancerSuffix(text(facts.inputs["listenerArn"]))}/${digits(facts)}`,
    "aws:lb/loadBalancer:LoadBalancer": (facts) =>
        `loadbalancer/${text(facts.inputs["loadBalancerType"]) === "network" ? "net" : "app"}/${facts.name}/${digits(facts)}`,
    "aws:lb/targetGroup:TargetGroup": (facts) => `targetgroup/${facts.name}/${digits(facts)}`,
    "aws:opensearch/domain:Domain": ({ name }) => `domain/${name}`,
    "aws:rds/cluster:Cluster": ({ id }) => `cluster:${id}`,
    "aws:rds/clusterInstance:ClusterInstance": ({ id }) => `db:${id}`,
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": ({ name }) => `cluster-pg:${name}`,
    "aws:rds/instance:Instance": ({ name }) => `db:${name}`,
    "aws:rds/parameterGroup:ParameterGroup": ({ name }) => `pg:${name}`,
    "aws:rds/subnetGroup:SubnetGroup": ({ name }) => `subgrp:${name}`,
    "aws:route53/zone:Zone": ({ id }) => `hostedzone/${id}`,
    "aws:s3/bucket:Bucket": ({ name }) => name,
    "aws:s3/bucketObjectv2:BucketObjectv2": ({ inputs }) => `${text(inputs["bucket"])}/${text(inputs["key"])}`,
    "aws:secretsmanager/secret:Secret": ({ name, hash }) => `secret:${name}-${hash(6)}`,
    "aws:secretsmanager/secretVersion:SecretVersion": ({ inputs }) =>
        (text(inputs["secretId"]) ?? "").split(":").slice(5).join(":"),
    "aws:sfn/stateMachine:StateMachine": ({ name }) => `stateMachine:${name}`,
    "aws:sns/topic:Topic": ({ name }) => name,
    "aws:sns/topicSubscription:TopicSubscription": ({ inputs, hash }) =>
        `${(text(inputs["topic"]) ?? "").split(":").at(-1)}:${dashed(hash(32))}`,
    "aws:sqs/queue:Queue": ({ name }) => name,
    "aws:ssm/parameter:Parameter": ({ name }) => `parameter/${name.replace(/^\//, "")}`,
    "aws:wafv2/webAcl:WebAcl": ({ inputs, name, id }) =>
        `${text(inputs["scope"]) === "CLOUDFRONT" ? "global" : "regional"}/webacl/${name}/${id}`,
};

/** Namespaces of SDK modules that aren't the service's own. */
const SERVICES: { readonly [module: string]: string } = {
    alb: "elasticloadbalancing",
    cfg: "config",
    ebs: "ec2",
    ec2transitgateway: "ec2",
    efs: "elasticfilesystem",
    emr: "elasticmapreduce",
    lb: "elasticloadbalancing",
    mq: "mq",
    msk: "kafka",
    opensearch: "es",
    sfn: "states",
    vpc: "ec2",
};

const WITHOUT_REGION: ReadonlySet<string> = new Set(["cloudfront", "iam"]);
const WITHOUT_ACCOUNT: ReadonlySet<string> = new Set(["route53", "s3"]);

function serviceOf(type: string): string {
    const [, module = ""] = type.split(":");
    const [folder = "", file = ""] = module.split("/");
    if (folder === "cloudwatch") {
        return file.startsWith("event") ? "events" : file.startsWith("log") ? "logs" : "cloudwatch";
    }
    if (folder === "kinesis" && file.startsWith("firehose")) {
        return "firehose";
    }
    return SERVICES[folder] ?? folder;
}

export function partitionOf(region: string): string {
    return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The resource's ARN in the form its service uses. */
export function arnOf(facts: Facts): string {
    const service = serviceOf(facts.type);
    const { region, account } = facts.session;
    const regional = !WITHOUT_REGION.has(service) && !WITHOUT_ACCOUNT.has(service);
    const resource = FORMS[facts.type]?.(facts) ?? `${kebab(facts.type.split(":")[2] ?? "")}/${facts.id}`;
    const owner = WITHOUT_ACCOUNT.has(service) ? "" : account;
    return `arn:${partitionOf(region)}:${service}:${regional ? region : ""}:${owner}:${resource}`;
}

function path({ inputs }: Facts): string {
    return text(inputs["path"]) ?? "/";
}

/** `arn:...:loadbalancer/app/web/50dc` -> `app/web/50dc` */
function loadBalancerSuffix(arn: string | undefined): string {
    return (arn ?? "").split("/").slice(1).join("/");
}

function kebab(name: string): string {
    return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

export function dashed(hash: string): string {
    return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
}
