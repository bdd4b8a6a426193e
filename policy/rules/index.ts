import type { Rule } from "../engine/rule";
import { backupRetention } from "./advisory/backup-retention";
import { deadLetterTarget } from "./advisory/dead-letter-target";
import { deletionProtection } from "./advisory/deletion-protection";
import { iamPrivilegeEscalation } from "./advisory/iam-privilege-escalation";
import { iamWildcard } from "./advisory/iam-wildcard";
import { instanceMetadataV2 } from "./advisory/instance-metadata-v2";
import { kmsRotation } from "./advisory/kms-rotation";
import { kubernetesContainerLimits } from "./advisory/kubernetes-container-limits";
import { kubernetesContainerProbes } from "./advisory/kubernetes-container-probes";
import { kubernetesPodSecurity } from "./advisory/kubernetes-pod-security";
import { logRetention } from "./advisory/log-retention";
import { requiredTags } from "./advisory/required-tags";
import { spotGpuProduction } from "./advisory/spot-gpu-production";
import { databaseForceTls } from "./in-transit/database-force-tls";
import { ecsVolumeTransit } from "./in-transit/ecs-volume-transit";
import { emrTransit } from "./in-transit/emr-transit";
import { loadBalancerPlain } from "./in-transit/load-balancer-plain";
import { serviceTransitEncryption } from "./in-transit/service-transit-encryption";
import { transferProtocol } from "./in-transit/transfer-protocol";
import { argoRevision } from "./latest-tags/argo-revision";
import { awsImageTag } from "./latest-tags/aws-image-tag";
import { batchImageTag } from "./latest-tags/batch-image-tag";
import { ecrTagMutable } from "./latest-tags/ecr-tag-mutable";
import { ecsImageTag } from "./latest-tags/ecs-image-tag";
import { helmChartVersion } from "./latest-tags/helm-chart-version";
import { helmImageTag } from "./latest-tags/helm-image-tag";
import { kubernetesImageTag } from "./latest-tags/kubernetes-image-tag";
import { apiWithoutAuthorization } from "./public-ingress/api-without-authorization";
import { databasePublic } from "./public-ingress/database-public";
import { eksEndpointPublic } from "./public-ingress/eks-endpoint-public";
import { eksNodeRemoteAccess } from "./public-ingress/eks-node-remote-access";
import { emrPublicAccess } from "./public-ingress/emr-public-access";
import { globalAccelerator } from "./public-ingress/global-accelerator";
import { helmValuesPublic } from "./public-ingress/helm-values-public";
import { imageSharedPublicly } from "./public-ingress/image-shared-publicly";
import { kubernetesGatewayPublic } from "./public-ingress/kubernetes-gateway-public";
import { kubernetesIngressPublic } from "./public-ingress/kubernetes-ingress-public";
import { kubernetesNetworkPolicyOpen } from "./public-ingress/kubernetes-network-policy-open";
import { kubernetesServicePublic } from "./public-ingress/kubernetes-service-public";
import { lambdaPermissionPublic } from "./public-ingress/lambda-permission-public";
import { lightsailPortsOpen } from "./public-ingress/lightsail-ports-open";
import { loadBalancerPublic } from "./public-ingress/load-balancer-public";
import { networkAclOpen } from "./public-ingress/network-acl-open";
import { prefixListOpen } from "./public-ingress/prefix-list-open";
import { publicIp } from "./public-ingress/public-ip";
import { resourcePolicyPublic } from "./public-ingress/resource-policy-public";
import { s3PublicAccessBlock } from "./public-ingress/s3-public-access-block";
import { s3PublicAcl } from "./public-ingress/s3-public-acl";
import { searchDomainPublic } from "./public-ingress/search-domain-public";
import { securityGroupOpen } from "./public-ingress/security-group-open";
import { serviceEndpointPublic } from "./public-ingress/service-endpoint-public";
import { subnetPublicIp } from "./public-ingress/subnet-public-ip";
import { bucketTlsOnly } from "./stack/bucket-tls-only";
import { bucketUnguarded } from "./stack/bucket-unguarded";
import { budgetPresent } from "./stack/budget-present";
import { deadLetterQueue } from "./stack/dead-letter-queue";
import { instanceInPublicSubnet } from "./stack/instance-in-public-subnet";
import { loadBalancerWithoutWaf } from "./stack/load-balancer-without-waf";
import { securityGroupUnionOpen } from "./stack/security-group-union-open";
import { storeReachedFromEdge } from "./stack/store-reached-from-edge";
import { apiCacheEncryption } from "./unencrypted-storage/api-cache-encryption";
import { codebuildEncryption } from "./unencrypted-storage/codebuild-encryption";
import { customerManagedKey } from "./unencrypted-storage/customer-managed-key";
import { databaseEncryption } from "./unencrypted-storage/database-encryption";
import { dlmCopyEncryption } from "./unencrypted-storage/dlm-copy-encryption";
import { ebsEncryption } from "./unencrypted-storage/ebs-encryption";
import { efsEncryption } from "./unencrypted-storage/efs-encryption";
import { elasticacheEncryption } from "./unencrypted-storage/elasticache-encryption";
import { emrEncryption } from "./unencrypted-storage/emr-encryption";
import { encryptionDefaultImplicit } from "./unencrypted-storage/encryption-default-implicit";
import { encryptionSwitchedOff } from "./unencrypted-storage/encryption-switched-off";
import { glueEncryption } from "./unencrypted-storage/glue-encryption";
import { instanceVolumeEncryption } from "./unencrypted-storage/instance-volume-encryption";
import { searchEncryption } from "./unencrypted-storage/search-encryption";
import { snsEncryption } from "./unencrypted-storage/sns-encryption";
import { ssmParameterPlain } from "./unencrypted-storage/ssm-parameter-plain";
import { storageClassEncryption } from "./unencrypted-storage/storage-class-encryption";
import { streamEncryption } from "./unencrypted-storage/stream-encryption";
import { workspacesEncryption } from "./unencrypted-storage/workspaces-encryption";

/** Every rule of the pack, in the order of the documents. */
export const rules: readonly Rule[] = [
    // public-ingress
    apiWithoutAuthorization,
    databasePublic,
    eksEndpointPublic,
    eksNodeRemoteAccess,
    emrPublicAccess,
    globalAccelerator,
    helmValuesPublic,
    imageSharedPublicly,
    kubernetesGatewayPublic,
    kubernetesIngressPublic,
    kubernetesNetworkPolicyOpen,
    kubernetesServicePublic,
    lambdaPermissionPublic,
    lightsailPortsOpen,
    loadBalancerPublic,
    networkAclOpen,
    prefixListOpen,
    publicIp,
    resourcePolicyPublic,
    s3PublicAccessBlock,
    s3PublicAcl,
    searchDomainPublic,
    securityGroupOpen,
    serviceEndpointPublic,
    subnetPublicIp,
    // unencrypted-storage
    apiCacheEncryption,
    codebuildEncryption,
    customerManagedKey,
    databaseEncryption,
    dlmCopyEncryption,
    ebsEncryption,
    efsEncryption,
    elasticacheEncryption,
    emrEncryption,
    encryptionDefaultImplicit,
    encryptionSwitchedOff,
    glueEncryption,
    instanceVolumeEncryption,
    searchEncryption,
    snsEncryption,
    ssmParameterPlain,
    storageClassEncryption,
    streamEncryption,
    workspacesEncryption,
    // latest-tags
    argoRevision,
    awsImageTag,
    batchImageTag,
    ecrTagMutable,
    ecsImageTag,
    helmChartVersion,
    helmImageTag,
    kubernetesImageTag,
    // in-transit
    databaseForceTls,
    ecsVolumeTransit,
    emrTransit,
    loadBalancerPlain,
    serviceTransitEncryption,
    transferProtocol,
    // advisory
    backupRetention,
    deadLetterTarget,
    deletionProtection,
    iamPrivilegeEscalation,
    iamWildcard,
    instanceMetadataV2,
    kmsRotation,
    kubernetesContainerLimits,
    kubernetesContainerProbes,
    kubernetesPodSecurity,
    logRetention,
    requiredTags,
    spotGpuProduction,
    // stack
    bucketTlsOnly,
    bucketUnguarded,
    budgetPresent,
    deadLetterQueue,
    instanceInPublicSubnet,
    loadBalancerWithoutWaf,
    securityGroupUnionOpen,
    storeReachedFromEdge,
];
