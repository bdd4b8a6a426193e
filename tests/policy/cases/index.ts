import type { RuleCases } from "../support/cases";
import apiCacheEncryption from "./api-cache-encryption";
import apiWithoutAuthorization from "./api-without-authorization";
import argoRevision from "./argo-revision";
import awsImageTag from "./aws-image-tag";
import backupRetention from "./backup-retention";
import batchImageTag from "./batch-image-tag";
import bucketTlsOnly from "./bucket-tls-only";
import bucketUnguarded from "./bucket-unguarded";
import budgetPresent from "./budget-present";
import codebuildEncryption from "./codebuild-encryption";
import customerManagedKey from "./customer-managed-key";
import databaseEncryption from "./database-encryption";
import databaseForceTls from "./database-force-tls";
import databasePublic from "./database-public";
import deadLetterQueue from "./dead-letter-queue";
import deadLetterTarget from "./dead-letter-target";
import deletionProtection from "./deletion-protection";
import dlmCopyEncryption from "./dlm-copy-encryption";
import ebsEncryption from "./ebs-encryption";
import ecrTagMutable from "./ecr-tag-mutable";
import ecsImageTag from "./ecs-image-tag";
import ecsVolumeTransit from "./ecs-volume-transit";
import efsEncryption from "./efs-encryption";
import eksEndpointPublic from "./eks-endpoint-public";
import eksNodeRemoteAccess from "./eks-node-remote-access";
import elasticacheEncryption from "./elasticache-encryption";
import emrEncryption from "./emr-encryption";
import emrPublicAccess from "./emr-public-access";
import emrTransit from "./emr-transit";
import encryptionDefaultImplicit from "./encryption-default-implicit";
import encryptionSwitchedOff from "./encryption-switched-off";
import globalAccelerator from "./global-accelerator";
import glueEncryption from "./glue-encryption";
import helmChartVersion from "./helm-chart-version";
import helmImageTag from "./helm-image-tag";
import helmValuesPublic from "./helm-values-public";
import iamPrivilegeEscalation from "./iam-privilege-escalation";
import iamWildcard from "./iam-wildcard";
import imageSharedPublicly from "./image-shared-publicly";
import instanceInPublicSubnet from "./instance-in-public-subnet";
import instanceMetadataV2 from "./instance-metadata-v2";
import instanceVolumeEncryption from "./instance-volume-encryption";
import kmsRotation from "./kms-rotation";
import kubernetesContainerLimits from "./kubernetes-container-limits";
import kubernetesContainerProbes from "./kubernetes-container-probes";
import kubernetesGatewayPublic from "./kubernetes-gateway-public";
import kubernetesImageTag from "./kubernetes-image-tag";
import kubernetesIngressPublic from "./kubernetes-ingress-public";
import kubernetesNetworkPolicyOpen from "./kubernetes-network-policy-open";
import kubernetesPodSecurity from "./kubernetes-pod-security";
import kubernetesServicePublic from "./kubernetes-service-public";
import lambdaPermissionPublic from "./lambda-permission-public";
import lightsailPortsOpen from "./lightsail-ports-open";
import loadBalancerPlain from "./load-balancer-plain";
import loadBalancerPublic from "./load-balancer-public";
import loadBalancerWithoutWaf from "./load-balancer-without-waf";
import logRetention from "./log-retention";
import networkAclOpen from "./network-acl-open";
import prefixListOpen from "./prefix-list-open";
import publicIp from "./public-ip";
import requiredTags from "./required-tags";
import resourcePolicyPublic from "./resource-policy-public";
import s3PublicAccessBlock from "./s3-public-access-block";
import s3PublicAcl from "./s3-public-acl";
import searchDomainPublic from "./search-domain-public";
import searchEncryption from "./search-encryption";
import securityGroupOpen from "./security-group-open";
import securityGroupUnionOpen from "./security-group-union-open";
import serviceEndpointPublic from "./service-endpoint-public";
import serviceTransitEncryption from "./service-transit-encryption";
import snsEncryption from "./sns-encryption";
import spotGpuProduction from "./spot-gpu-production";
import ssmParameterPlain from "./ssm-parameter-plain";
import storageClassEncryption from "./storage-class-encryption";
import storeReachedFromEdge from "./store-reached-from-edge";
import streamEncryption from "./stream-encryption";
import subnetPublicIp from "./subnet-public-ip";
import transferProtocol from "./transfer-protocol";
import workspacesEncryption from "./workspaces-encryption";

/** The cases of every rule. */
export const allCases: readonly RuleCases[] = [
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
    argoRevision,
    awsImageTag,
    batchImageTag,
    ecrTagMutable,
    ecsImageTag,
    helmChartVersion,
    helmImageTag,
    kubernetesImageTag,
    databaseForceTls,
    ecsVolumeTransit,
    emrTransit,
    loadBalancerPlain,
    serviceTransitEncryption,
    transferProtocol,
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
    bucketTlsOnly,
    bucketUnguarded,
    budgetPresent,
    deadLetterQueue,
    instanceInPublicSubnet,
    loadBalancerWithoutWaf,
    securityGroupUnionOpen,
    storeReachedFromEdge,
];
