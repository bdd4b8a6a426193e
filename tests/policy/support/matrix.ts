import { table } from "../../../policy/engine/catalogue";

/** One row of what a pack for AWS and Kubernetes must see, and the rules that see it. */
export interface MatrixRow {
    readonly section: string;
    readonly row: string;
    readonly rules: readonly string[];
    /** Why the row, or a part of it, is left out. */
    readonly leftOut?: string;
}

const ingress = "Public ingress";
const storage = "Unencrypted storage";
const tags = "Latest tags";
const advisory = "Advisory";

export const matrix: readonly MatrixRow[] = [
    {
        section: ingress,
        row: "Security group ingress: inline, rule resources, default group",
        rules: ["security-group-open"],
    },
    {
        section: ingress,
        row: "Ranges by arithmetic: host bits, unions within a group, IPv6, wide ranges",
        rules: ["security-group-open"],
    },
    { section: ingress, row: "Unions across the rule resources of one group", rules: ["security-group-union-open"] },
    { section: ingress, row: "Network ACLs: inline, rules, default", rules: ["network-acl-open"] },
    { section: ingress, row: "Managed prefix lists", rules: ["prefix-list-open"] },
    { section: ingress, row: "EKS node remote access", rules: ["eks-node-remote-access"] },
    { section: ingress, row: "Load balancers: application, network, classic", rules: ["load-balancer-public"] },
    { section: ingress, row: "EKS API endpoint", rules: ["eks-endpoint-public"] },
    {
        section: ingress,
        row: "publiclyAccessible: RDS, Redshift, Redshift Serverless, DMS, MQ, Neptune, Lightsail databases",
        rules: ["database-public"],
    },
    {
        section: ingress,
        row: "OpenSearch and Elasticsearch outside a VPC, serverless network policies",
        rules: ["search-domain-public"],
    },
    {
        section: ingress,
        row: "MSK, MWAA, Transfer, App Runner, SageMaker, Lightsail endpoints",
        rules: ["service-endpoint-public"],
    },
    { section: ingress, row: "Lightsail instance ports", rules: ["lightsail-ports-open"] },
    { section: ingress, row: "Global Accelerator", rules: ["global-accelerator"] },
    { section: ingress, row: "EMR block of public access", rules: ["emr-public-access"] },
    {
        section: ingress,
        row: "Public addresses: instances, launch configurations and templates, ECS services, task sets and targets",
        rules: ["public-ip"],
    },
    {
        section: ingress,
        row: "Subnets that hand out addresses outside declared public subnets",
        rules: ["subnet-public-ip", "instance-in-public-subnet"],
    },
    {
        section: ingress,
        row: "No authorisation: API Gateway methods and routes, function URLs, AppSync",
        rules: ["api-without-authorization"],
    },
    {
        section: ingress,
        row: "Resource policies for everyone without a narrowing condition, and role trust",
        rules: ["resource-policy-public"],
    },
    {
        section: ingress,
        row: "lambda.Permission, layer versions, EventBridge permissions",
        rules: ["lambda-permission-public"],
    },
    {
        section: ingress,
        row: "Snapshots, images and SSM documents shared with all",
        rules: ["image-shared-publicly"],
        leftOut:
            "`aws.ssm.ServiceSetting` by its ARN-like id: a setting's meaning stands in text that differs by partition",
    },
    { section: ingress, row: "S3 public ACLs and grants", rules: ["s3-public-acl"] },
    {
        section: ingress,
        row: "S3 public-access blocks: bucket, access point, account",
        rules: ["s3-public-access-block", "bucket-unguarded"],
    },
    {
        section: ingress,
        row: "Kubernetes Service: LoadBalancer, NodePort, externalIPs",
        rules: ["kubernetes-service-public"],
    },
    { section: ingress, row: "Kubernetes Ingress and IngressClassParams", rules: ["kubernetes-ingress-public"] },
    { section: ingress, row: "NetworkPolicy", rules: ["kubernetes-network-policy-open"] },
    { section: ingress, row: "Gateway API", rules: ["kubernetes-gateway-public"] },
    {
        section: ingress,
        row: "Helm values: service type, ingress scheme",
        rules: ["helm-values-public"],
        leftOut:
            "`valueYamlFiles`: assets reach a policy as paths, and reading files of the program's machine is not a pack's business",
    },
    {
        section: ingress,
        row: "Relations: store reached from the edge, public load balancer without web ACL",
        rules: ["store-reached-from-edge", "load-balancer-without-waf"],
    },

    { section: storage, row: "EBS volumes, copies, account default; AMI copies", rules: ["ebs-encryption"] },
    {
        section: storage,
        row: "Instances, launch configurations and templates, AMIs, spot fleets, Image Builder",
        rules: ["instance-volume-encryption"],
    },
    {
        section: storage,
        row: "RDS, DocumentDB, Neptune, global clusters, DAX, replicated backups",
        rules: ["database-encryption"],
        leftOut:
            "`rds.SnapshotCopy.kmsKeyId`: a copy is encrypted whenever its source is, which the copy does not show",
    },
    { section: storage, row: "EFS", rules: ["efs-encryption"] },
    { section: storage, row: "SNS", rules: ["sns-encryption"] },
    { section: storage, row: "ElastiCache, Valkey apart", rules: ["elasticache-encryption"] },
    { section: storage, row: "OpenSearch and Elasticsearch", rules: ["search-encryption"] },
    { section: storage, row: "Kinesis and Firehose", rules: ["stream-encryption"] },
    { section: storage, row: "EMR security configuration and its attachment", rules: ["emr-encryption"] },
    {
        section: storage,
        row: "Glue catalog, security configuration, job, crawler, endpoint",
        rules: ["glue-encryption"],
    },
    { section: storage, row: "WorkSpaces", rules: ["workspaces-encryption"] },
    { section: storage, row: "CodeBuild artifacts, logs, reports", rules: ["codebuild-encryption"] },
    { section: storage, row: "API Gateway and AppSync caches", rules: ["api-cache-encryption"] },
    { section: storage, row: "DLM copies to other regions", rules: ["dlm-copy-encryption"] },
    { section: storage, row: "SSM parameters that hold secrets", rules: ["ssm-parameter-plain"] },
    { section: storage, row: "StorageClass", rules: ["storage-class-encryption"] },
    {
        section: storage,
        row: "Encrypted by default, switched off: SQS, Redshift",
        rules: ["encryption-switched-off"],
        leftOut: "MSK at rest, Athena and S3: AWS offers no way to switch them off",
    },
    {
        section: storage,
        row: "Encrypted by default, not stated: S3, SQS, Redshift, MSK, Athena, EKS secrets",
        rules: ["encryption-default-implicit", "bucket-unguarded"],
    },
    {
        section: storage,
        row: "Key of one's own: log groups, ECR, Secrets Manager, Backup, DynamoDB, SageMaker, FSx and others",
        rules: ["customer-managed-key"],
    },
    {
        section: storage,
        row: "In transit: ElastiCache, MSK, OpenSearch, DAX, AppSync, RDS proxy, CloudFront",
        rules: ["service-transit-encryption"],
    },
    { section: storage, row: "In transit: ECS volumes on EFS", rules: ["ecs-volume-transit"] },
    { section: storage, row: "In transit: EMR", rules: ["emr-transit"] },
    { section: storage, row: "In transit: listeners without TLS", rules: ["load-balancer-plain"] },
    { section: storage, row: "In transit: parameter groups of databases", rules: ["database-force-tls"] },
    { section: storage, row: "In transit: S3 by TLS only", rules: ["bucket-tls-only"] },
    { section: storage, row: "In transit: FTP", rules: ["transfer-protocol"] },

    {
        section: tags,
        row: "Every pod template, list and custom resource; all three kinds of containers",
        rules: ["kubernetes-image-tag"],
    },
    { section: tags, row: "ECS container definitions", rules: ["ecs-image-tag"] },
    { section: tags, row: "Batch job definitions", rules: ["batch-image-tag"] },
    {
        section: tags,
        row: "Lambda, CodeBuild, SageMaker, App Runner, Lightsail, Image Builder, Bedrock AgentCore",
        rules: ["aws-image-tag"],
    },
    { section: tags, row: "ECR tags that can be moved", rules: ["ecr-tag-mutable"] },
    { section: tags, row: "Helm values", rules: ["helm-image-tag"] },
    { section: tags, row: "Helm charts without an exact version", rules: ["helm-chart-version"] },
    { section: tags, row: "Argo CD applications", rules: ["argo-revision"] },

    { section: advisory, row: "Required tags", rules: ["required-tags"] },
    { section: advisory, row: "IAM wildcards", rules: ["iam-wildcard"] },
    { section: advisory, row: "IAM privilege escalation", rules: ["iam-privilege-escalation"] },
    { section: advisory, row: "IMDSv2", rules: ["instance-metadata-v2"] },
    { section: advisory, row: "Pod Security Standard, restricted", rules: ["kubernetes-pod-security"] },
    { section: advisory, row: "Requests and limits", rules: ["kubernetes-container-limits"] },
    { section: advisory, row: "Probes", rules: ["kubernetes-container-probes"] },
    {
        section: advisory,
        row: "Dead letters: queues, functions, rule targets",
        rules: ["dead-letter-queue", "dead-letter-target"],
    },
    { section: advisory, row: "Deletion protection in production", rules: ["deletion-protection"] },
    { section: advisory, row: "Backups in production", rules: ["backup-retention"] },
    { section: advisory, row: "Log retention", rules: ["log-retention"] },
    { section: advisory, row: "KMS rotation", rules: ["kms-rotation"] },
    { section: advisory, row: "GPU spot in production", rules: ["spot-gpu-production"] },
    { section: advisory, row: "Budgets", rules: ["budget-present"] },
];

/** The table of `docs/policy-matrix.md`. */
export function matrixDocument(): string {
    const lines = [
        "# What the policy pack sees",
        "",
        "Each row is a way to be public, unencrypted or unpinned (or, at the end, worth a hint), the rules that see it and the cases that",
        "prove it, each run on plain properties and through the analyzer protocol. Made by `npm run generate`.",
    ];
    for (const section of new Set(matrix.map((row) => row.section))) {
        const rows = matrix
            .filter((entry) => entry.section === section)
            .map(({ row, rules, leftOut }) => [
                row,
                rules.map((id) => `[${id}](../policy/RULES.md#${id})`).join(", "),
                rules.map((id) => `[${id}.ts](../tests/policy/cases/${id}.ts)`).join(", "),
                leftOut ?? "",
            ]);
        lines.push("", `## ${section}`, "", ...table(["row", "rules", "cases", "left out"], rows));
    }
    return `${lines.join("\n")}\n`;
}
