/** Which argument of a component decides a property of a resource that the component makes. */
interface Mend {
    /** Component type, as in a URN. */
    readonly component: string;
    readonly type: string;
    /** Property of the child, without indices; a finding below it is meant too. */
    readonly property: string;
    readonly argument: string;
}

/**
 * Arguments of awsx 3 and eks 4, from their type declarations. Children of components of one's own program are mended in that
 * component's code, which the finding names by type.
 */
const mends: readonly Mend[] = [
    {
        component: "eks:index:Cluster",
        type: "aws:eks/cluster:Cluster",
        property: "vpcConfig.endpointPublicAccess",
        argument: "endpointPublicAccess: false and endpointPrivateAccess: true",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:eks/cluster:Cluster",
        property: "vpcConfig.publicAccessCidrs",
        argument: "publicAccessCidrs",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:eks/cluster:Cluster",
        property: "vpcConfig",
        argument: "endpointPublicAccess: false and endpointPrivateAccess: true",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:eks/cluster:Cluster",
        property: "encryptionConfig",
        argument: "encryptionConfigKeyArn",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:eks/cluster:Cluster",
        property: "enabledClusterLogTypes",
        argument: "enabledClusterLogTypes",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        property: "blockDeviceMappings",
        argument: "nodeRootVolumeEncrypted: true",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        property: "networkInterfaces",
        argument: "nodeAssociatePublicIpAddress: false",
    },
    {
        component: "eks:index:Cluster",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        property: "metadataOptions",
        argument: "skipDefaultNodeGroup: true, and node groups of your own",
    },
    {
        component: "eks:index:NodeGroupV2",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        property: "networkInterfaces",
        argument: "nodeAssociatePublicIpAddress: false",
    },
    {
        component: "eks:index:NodeGroupV2",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        property: "blockDeviceMappings",
        argument: "nodeRootVolumeEncrypted: true",
    },
    {
        component: "awsx:lb:ApplicationLoadBalancer",
        type: "aws:lb/loadBalancer:LoadBalancer",
        property: "internal",
        argument: "internal: true",
    },
    {
        component: "awsx:lb:ApplicationLoadBalancer",
        type: "aws:ec2/securityGroup:SecurityGroup",
        property: "ingress",
        argument: "securityGroups, or defaultSecurityGroup.args.ingress",
    },
    {
        component: "awsx:lb:ApplicationLoadBalancer",
        type: "aws:lb/listener:Listener",
        property: "protocol",
        argument: "listener with protocol HTTPS and certificateArn",
    },
    {
        component: "awsx:lb:NetworkLoadBalancer",
        type: "aws:lb/loadBalancer:LoadBalancer",
        property: "internal",
        argument: "internal: true",
    },
    {
        component: "awsx:ecs:FargateService",
        type: "aws:ecs/service:Service",
        property: "networkConfiguration.assignPublicIp",
        argument: "assignPublicIp: false, or networkConfiguration",
    },
    {
        component: "awsx:ecs:FargateService",
        type: "aws:ecs/taskDefinition:TaskDefinition",
        property: "containerDefinitions",
        argument: "taskDefinitionArgs.container.image",
    },
    {
        component: "awsx:ecs:FargateTaskDefinition",
        type: "aws:ecs/taskDefinition:TaskDefinition",
        property: "containerDefinitions",
        argument: "container.image",
    },
    {
        component: "awsx:ecs:FargateService",
        type: "aws:cloudwatch/logGroup:LogGroup",
        property: "",
        argument: "taskDefinitionArgs.logGroup",
    },
    {
        component: "awsx:ecr:Repository",
        type: "aws:ecr/repository:Repository",
        property: "imageTagMutability",
        argument: 'imageTagMutability: "IMMUTABLE"',
    },
    {
        component: "awsx:ecr:Repository",
        type: "aws:ecr/repository:Repository",
        property: "encryptionConfigurations",
        argument: "encryptionConfigurations",
    },
    {
        component: "awsx:ec2:Vpc",
        type: "aws:ec2/subnet:Subnet",
        property: "mapPublicIpOnLaunch",
        argument: "subnetSpecs without a Public subnet",
    },
];

function short(component: string): string {
    const [pkg, module, name] = component.split(":");
    return module === "index" || module === undefined ? `${pkg}.${name}` : `${pkg}.${module}.${name}`;
}

function stands(path: string, property: string): boolean {
    const plain = path.replace(/\[[^\]]*\]/g, "");
    return property === "" || plain === property || plain.startsWith(`${property}.`);
}

/** Names the component a user can change, and its argument, for a resource made by one; empty for others. */
export function componentHint(components: readonly string[], type: string, path: string): string {
    const inner = components.at(-1);
    if (inner === undefined || type.startsWith(inner)) {
        return "";
    }
    for (const component of [...components].reverse()) {
        const mend = mends.find(
            (entry) => entry.component === component && entry.type === type && stands(path, entry.property),
        );
        if (mend !== undefined) {
            return ` (made by ${short(component)}: set its ${mend.argument})`;
        }
    }
    return ` (made by ${short(inner)})`;
}
