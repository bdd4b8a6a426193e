import { anyPrincipal, isNarrowed, principalUnknown, readDocument } from "../../domain/iam-document";
import type { Node } from "../../engine/node";
import type { Report } from "../../engine/report";
import type { ResourceRule } from "../../engine/rule";

/** Where each resource keeps the policy that says who may use it. */
const places: Readonly<Record<string, string>> = {
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:s3/bucket:Bucket": "policy",
    "aws:s3/accessPoint:AccessPoint": "policy",
    "aws:s3control/accessPointPolicy:AccessPointPolicy": "policy",
    "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": "details.policy",
    "aws:s3control/bucketPolicy:BucketPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:kms/key:Key": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:kms/externalKey:ExternalKey": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
    "aws:glacier/vault:Vault": "accessPolicy",
    "aws:glacier/vaultLock:VaultLock": "policy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
    "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:opensearch/domain:Domain": "accessPolicies",
    "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:elasticsearch/domain:Domain": "accessPolicies",
    "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
    "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
    "aws:glue/resourcePolicy:ResourcePolicy": "policy",
    "aws:msk/clusterPolicy:ClusterPolicy": "policy",
    "aws:iam/role:Role": "assumeRolePolicy",
};

/** In a domain that stands in a VPC, who is let in is decided by the network: the policy may name everyone. */
function inVpc(inputs: Node): boolean {
    const subnets = inputs.get("vpcOptions.subnetIds");
    return subnets.unknown || subnets.values().length > 0;
}

function checkDocument(node: Node, report: Report): void {
    const document = readDocument(node);
    if (document.state === "unknown") {
        report.undecided(node);
    } else if (document.state === "malformed") {
        report.violation(
            node,
            "the text is no policy document, so that nobody can judge it",
            "it to a document with statements",
        );
    }
    for (const statement of document.state === "known" ? document.statements : []) {
        const everyone = anyPrincipal(statement);
        if (everyone !== undefined && !isNarrowed(statement)) {
            const mend =
                "Principal to accounts, roles or services, or a condition such as aws:PrincipalOrgID or aws:SourceArn";
            report.violation(everyone, "the statement lets in anyone", mend);
        } else if (everyone === undefined && principalUnknown(statement)) {
            report.undecided(statement.node.get("Principal"));
        }
    }
}

export const resourcePolicyPublic: ResourceRule = {
    id: "resource-policy-public",
    title: "Resource policies name who may use the resource",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "critical",
    why: "A policy for everyone without a condition that narrows it gives the data to any AWS account, and often to anyone at all.",
    remediation:
        "Set Principal in policy to accounts, roles or services, or add a condition that fixes the organisation, account, source ARN or VPC endpoint.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    frameworks: [
        { name: "AWS FSBP", control: "S3.2" },
        { name: "AWS FSBP", control: "SQS.3" },
        { name: "AWS FSBP", control: "SNS.4" },
        { name: "AWS FSBP", control: "KMS.5" },
    ],
    types: Object.keys(places),
    check({ type, inputs }, report) {
        const node = inputs.get(places[type] ?? "");
        if (!node.absent && !(node.path === "accessPolicies" && inVpc(inputs))) {
            checkDocument(node, report);
        }
    },
};
