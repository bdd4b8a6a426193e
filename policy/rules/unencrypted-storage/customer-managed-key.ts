import type { ResourceRule } from "../../engine/rule";
import { checkSettings, type Setting, typesOf } from "../../engine/setting";

/** Where each service, encrypted by AWS's keys anyway, takes a key of one's own. */
const places: readonly (readonly [type: string, property: string])[] = [
    ["aws:cloudwatch/logGroup:LogGroup", "kmsKeyId"],
    ["aws:secretsmanager/secret:Secret", "kmsKeyId"],
    ["aws:backup/vault:Vault", "kmsKeyArn"],
    ["aws:dynamodb/table:Table", "serverSideEncryption.kmsKeyArn"],
    ["aws:sagemaker/domain:Domain", "kmsKeyId"],
    ["aws:sagemaker/notebookInstance:NotebookInstance", "kmsKeyId"],
    ["aws:sagemaker/endpointConfiguration:EndpointConfiguration", "kmsKeyArn"],
    ["aws:fsx/lustreFileSystem:LustreFileSystem", "kmsKeyId"],
    ["aws:fsx/windowsFileSystem:WindowsFileSystem", "kmsKeyId"],
    ["aws:fsx/ontapFileSystem:OntapFileSystem", "kmsKeyId"],
    ["aws:fsx/openZfsFileSystem:OpenZfsFileSystem", "kmsKeyId"],
    ["aws:ebs/volume:Volume", "kmsKeyId"],
    ["aws:efs/fileSystem:FileSystem", "kmsKeyId"],
    ["aws:rds/instance:Instance", "kmsKeyId"],
    ["aws:rds/cluster:Cluster", "kmsKeyId"],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "kmsKeyId"],
    ["aws:cloudtrail/trail:Trail", "kmsKeyId"],
    ["aws:mwaa/environment:Environment", "kmsKey"],
    ["aws:kinesis/stream:Stream", "kmsKeyId"],
    ["aws:codeartifact/domain:Domain", "encryptionKey"],
    ["aws:codebuild/project:Project", "encryptionKey"],
    ["aws:apprunner/service:Service", "encryptionConfiguration.kmsKey"],
    ["aws:memorydb/cluster:Cluster", "kmsKeyArn"],
    ["aws:redshiftserverless/namespace:Namespace", "kmsKeyId"],
];

const settings: readonly Setting[] = places.map(([type, property]) => ({
    type,
    property,
    must: "set",
    absent: "violates",
    mend: `${property} to a key of your own`,
    unless: (resource) => !resource.get("replicateSourceDb").absent,
}));

export const customerManagedKey: ResourceRule = {
    id: "customer-managed-key",
    title: "Data is encrypted with a key of one's own",
    category: "unencrypted-storage",
    enforcement: "advisory",
    severity: "low",
    why: "A key of AWS's cannot be shared, withdrawn or audited by its owner.",
    remediation: "Set the key property named in the finding to a customer-managed key.",
    url: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#customer-mgn-key",
    frameworks: [],
    types: [
        ...typesOf(settings),
        "aws:ecr/repository:Repository",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ],
    check(resource, report) {
        checkSettings(settings, "a key of AWS's is used", resource, report);
        const [list, key] = resource.type.startsWith("aws:ecr/")
            ? [resource.get("encryptionConfigurations"), "kmsKey"]
            : [resource.get("rules"), "applyServerSideEncryptionByDefault.kmsMasterKeyId"];
        if (resource.type.startsWith("aws:ecr/") && list.absent) {
            report.violation(list, "a key of AWS's is used", "encryptionConfigurations[].kmsKey to a key of your own");
        }
        for (const item of typesOf(settings).includes(resource.type) ? [] : list.items()) {
            if (item.get(key).absent) {
                report.violation(item.get(key), "a key of AWS's is used", "it to a key of your own");
            }
        }
    },
};
