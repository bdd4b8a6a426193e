/** What is paid by use, by what begins a resource's type: the plan doesn't know how much there will be. */
const byUse: readonly (readonly [prefix: string, what: string])[] = [
    ["aws:apigateway", "API Gateway: calls"],
    ["aws:athena", "Athena: data scanned"],
    ["aws:backup/vault:", "Backup: stored recovery points and copies"],
    ["aws:cfg/recorder:", "Config: recorded items"],
    ["aws:cloudfront/distribution:", "CloudFront: requests and data to people"],
    ["aws:cloudtrail/trail:", "CloudTrail: data events and stored files"],
    ["aws:cloudwatch/logGroup:", "CloudWatch: logs, custom metrics and Container Insights"],
    ["aws:cognito/userPool:", "Cognito: active users"],
    ["aws:dynamodb", "DynamoDB: reads, writes and storage"],
    ["aws:ec2/natGateway:", "NAT gateways: data"],
    ["aws:ec2/vpcEndpoint:", "interface endpoints: data"],
    ["aws:ecr/repository:", "ECR: stored images"],
    ["aws:ecs/service:", "ECS: tasks that scaling adds"],
    ["aws:efs", "EFS: stored files and throughput"],
    ["aws:eks/nodeGroup:", "EKS: disks of nodes, and nodes that scaling adds"],
    ["aws:kms/key:", "KMS: calls"],
    ["aws:lambda", "Lambda: runs"],
    ["aws:lb/loadBalancer:", "load balancers: capacity units"],
    ["aws:rds/instance:", "RDS: storage that grows, backups beyond the database's size"],
    ["aws:rds/instanceAutomatedBackupsReplication:", "RDS: copies of backups in the second region"],
    ["aws:route53/record:", "Route 53: queries"],
    ["aws:s3/bucket:", "S3: stored objects, requests and copies between regions"],
    ["aws:sfn", "Step Functions: transitions"],
    ["aws:sns", "SNS: messages"],
    ["aws:sqs", "SQS: requests"],
    ["aws:wafv2/webAcl:", "WAF: requests"],
    ["kubernetes:core/v1:PersistentVolumeClaim", "EBS: volumes that Kubernetes makes"],
];

/** Types that cost nothing themselves. */
const free = [
    /^(pulumi|random|tls|command|kubernetes|eks|awsx|platforms):/,
    /^aws:(acm|appautoscaling|budgets|cfg|iam|ram|resourcegroups)\//,
    /^aws:backup\/(plan|selection|vaultLockConfiguration|vaultPolicy):/,
    /^aws:cloudfront\/(?!distribution:)/,
    /^aws:cloudwatch\/(event|logDelivery|logResourcePolicy|logMetricFilter|compositeAlarm)/,
    /^aws:cognito\/(?!userPool:)/,
    /^aws:ec2\/(?!natGateway:|eip:|instance:|vpcEndpoint:|ebsVolume:|spot|fleet|capacity|dedicated|trafficMirror)/,
    /^aws:ec2\/vpcEndpoint(?!:)/,
    /^aws:emr\/(securityConfiguration|blockPublicAccessConfiguration):/,
    /^aws:glue\/(catalogDatabase|dataCatalogEncryptionSettings|securityConfiguration):/,
    // their apps are paid for by the instances that people start in them
    /^aws:sagemaker\/(domain|userProfile|studioLifecycleConfig|modelPackageGroup):/,
    /^aws:ssm\/(parameter|association|document):/,
    /^aws:(ecr|ecs|eks|kms|lb|rds|s3|secretsmanager|wafv2|sqs|sns|lambda|route53|elasticache|vpc)\//,
];

/** Costly types of these services that have neither a rate nor a word above, so that they can't slip through as free. */
const costly = [
    /^aws:rds\/(cluster|clusterInstance|globalCluster|proxy|instance):/,
    /^aws:elasticache\/(cluster|replicationGroup|serverlessCache|globalReplicationGroup|reservedCacheNode):/,
    /^aws:route53\/(healthCheck|zone|resolverEndpoint|trafficPolicyInstance):/,
    /^aws:eks\/(cluster|nodeGroup|fargateProfile):/,
    /^aws:kms\/(key|replicaKey|customKeyStore|externalKey):/,
    /^aws:lb\/loadBalancer:/,
    /^aws:ecs\/service:/,
    /^aws:lambda\/provisionedConcurrencyConfig:/,
    /^aws:secretsmanager\/secret:/,
    /^aws:wafv2\/webAcl:/,
];

/** What is paid by use for a type of resource. */
export function paidByUse(type: string): string | undefined {
    return byUse.find(([prefix]) => type.startsWith(prefix))?.[1];
}

export function isFree(type: string): boolean {
    return free.some((pattern) => pattern.test(type)) && !costly.some((pattern) => pattern.test(type));
}
