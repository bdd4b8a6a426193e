import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { MlClusterConfig } from "../../../config/platforms/ml-tenant";
import { clusterResource, scalingMachineName, tenantResource } from "../../../config/tenant-names";
import { protectedBy } from "../../foundation/arn";
import type { TenantScope } from "./args";
import { applications, classifications } from "./configurations";
import { coreFleet, type FleetSizes, masterFleet, taskFleet } from "./fleets";
import type { TenantIdentities } from "./identity";
import { MemoryScaling } from "./memory-scaling";
import type { TenantNetwork } from "./network";
import { lakePrefix } from "./statements";

export type ClusterRole = "production" | "staging";

export interface EmrClusterArgs extends Omit<MlClusterConfig, "instanceTypes"> {
    readonly scope: TenantScope;
    readonly role: ClusterRole;
    readonly instanceTypes: readonly string[];
    readonly identities: TenantIdentities;
    readonly network: TenantNetwork;
    readonly securityConfiguration: pulumi.Input<string>;
    readonly keyArn: pulumi.Input<string>;
    readonly logsBucketName: pulumi.Input<string>;
    readonly topicArn: pulumi.Input<string>;
    readonly protect: boolean;
}

/** One EMR cluster: primary and core nodes, task nodes that come and go with the memory that jobs need. */
export class EmrCluster extends pulumi.ComponentResource {
    readonly clusterName: string;
    readonly clusterId: pulumi.Output<string>;
    readonly cluster: aws.emr.Cluster;

    constructor(name: string, args: EmrClusterArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:ml-platform:EmrCluster", name, {}, opts);
        const { scope, identities, network } = args;
        this.clusterName = tenantResource(scope, clusterResource(args.role));
        const sizes: FleetSizes = args;
        this.cluster = new aws.emr.Cluster(
            `${name}-cluster`,
            {
                name: this.clusterName,
                releaseLabel: scope.emrRelease,
                applications: [...applications],
                serviceRole: identities.serviceRoleArn,
                securityConfiguration: args.securityConfiguration,
                logUri: pulumi.interpolate`s3://${args.logsBucketName}/emr/${args.role}/`,
                logEncryptionKmsKeyId: args.keyArn,
                ec2Attributes: {
                    instanceProfile: identities.instanceProfileArn,
                    // EMR takes the one where the fleets are easiest to have; no SSH key: people come by Session Manager
                    subnetIds: scope.privateSubnetIds,
                    emrManagedMasterSecurityGroup: network.masterGroupId,
                    emrManagedSlaveSecurityGroup: network.coreGroupId,
                    serviceAccessSecurityGroup: network.serviceGroupId,
                },
                masterInstanceFleet: masterFleet(sizes),
                coreInstanceFleet: coreFleet(sizes),
                // three primary nodes on three machines: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha-placementgroup.html
                placementGroupConfigs:
                    args.masters === 3 ? [{ instanceRole: "MASTER", placementStrategy: "SPREAD" }] : undefined,
                configurationsJson: pulumi.output(scope.lake.bucketName).apply((bucket) =>
                    JSON.stringify(
                        classifications({
                            region: scope.region,
                            warehouse: `s3://${bucket}/${lakePrefix("iceberg", scope.tenant)}`,
                        }),
                    ),
                ),
                ebsRootVolumeSize: 50,
                keepJobFlowAliveWhenNoSteps: true,
                autoTerminationPolicy:
                    args.idleHours === undefined ? undefined : { idleTimeout: args.idleHours * 3600 },
                // EMR turns it on by itself where there are three primary nodes
                terminationProtection: args.protect,
                unhealthyNodeReplacement: true,
                scaleDownBehavior: "TERMINATE_AT_TASK_COMPLETION",
                stepConcurrencyLevel: args.role === "production" ? 10 : 3,
                tags: { Cluster: args.role },
            },
            // nodes start with their rules and rights in place, and end while they still have them
            { ...protectedBy(this, args.protect), dependsOn: [network, identities] },
        );
        this.clusterId = this.cluster.id;
        new aws.emr.InstanceFleet(
            `${name}-task`,
            { clusterId: this.clusterId, ...taskFleet(sizes) },
            // the scaling below sets them from then on
            { parent: this, ignoreChanges: ["targetSpotCapacity"] },
        );
        new MemoryScaling(
            `${name}-scaling`,
            {
                clusterName: this.clusterName,
                machineName: scalingMachineName(scope, args.role),
                clusterId: this.clusterId,
                roleArn: identities.scalingRoleArn,
                topicArn: args.topicArn,
                memoryThresholdPercent: args.memoryThresholdPercent,
                memoryReleasePercent: args.memoryReleasePercent,
                min: args.taskMinSpot,
                max: args.taskMaxSpot,
                step: args.scalingStep,
            },
            { parent: this },
        );
        this.registerOutputs({ clusterId: this.clusterId });
    }
}
