import { status } from "@grpc/grpc-js";
import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { CloudError } from "../resources";
import type { Session } from "../session";
import { serviceComponent, taskDefinitionComponent } from "./awsx-ecs";
import { applicationLoadBalancerComponent, repositoryComponent } from "./awsx-lb";
import { vpcComponent } from "./awsx-vpc";
import { Builder } from "./builder";
import { clusterComponent } from "./eks-cluster";
import { vpcCniAddonComponent } from "./eks-cni";
import { managedNodeGroupComponent } from "./eks-managed";
import { addonComponent, nodeGroupSecurityGroupComponent, nodeGroupV2Component } from "./eks-nodes";
import { manifestComponent } from "./yaml";

/** Remote components, by type. To add one, build the children its plugin builds and return `build.done(outputs)`. */
const COMPONENTS: { readonly [type: string]: (build: Builder) => Promise<ConstructResponse> } = {
    "awsx:ec2:Vpc": vpcComponent,
    "awsx:ecr:Repository": repositoryComponent,
    "awsx:ecs:EC2Service": serviceComponent,
    "awsx:ecs:EC2TaskDefinition": taskDefinitionComponent,
    "awsx:ecs:FargateService": serviceComponent,
    "awsx:ecs:FargateTaskDefinition": taskDefinitionComponent,
    "awsx:lb:ApplicationLoadBalancer": applicationLoadBalancerComponent,
    "eks:index:Addon": addonComponent,
    "eks:index:Cluster": clusterComponent,
    "eks:index:ManagedNodeGroup": managedNodeGroupComponent,
    "eks:index:NodeGroupSecurityGroup": nodeGroupSecurityGroupComponent,
    "eks:index:NodeGroupV2": nodeGroupV2Component,
    "eks:index:VpcCniAddon": vpcCniAddonComponent,
    "kubernetes:yaml/v2:ConfigFile": manifestComponent,
    "kubernetes:yaml/v2:ConfigGroup": manifestComponent,
};

/** Builds a remote component's children the way its plugin does. */
export async function construct(request: ConstructRequest, session: Session): Promise<ConstructResponse> {
    const component = COMPONENTS[request.getType()];
    if (component === undefined) {
        throw new CloudError(
            status.UNIMPLEMENTED,
            `the sandbox can't build ${request.getType()}: add it to COMPONENTS in sandbox/cloud/construct/index.ts`,
        );
    }
    const build = new Builder(request, session);
    await build.start();
    return component(build);
}
