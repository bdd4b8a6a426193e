/** What the component is told. The shape is that of `platforms:demoApp` in a stack file, with the stack's own values beside it. */

export interface EksArgs {
    /** Environment name in names and tags. @default the stack's */
    readonly environment?: string;
    /** AWS account, 12 digits. */
    readonly accountId: string;
    /** AWS region code, for example `us-east-2`. */
    readonly region: string;
    /** Role that the deployer assumes. @default the deployer's own credentials */
    readonly assumeRoleArn?: string;
    /** External id that the role asks for. @default none */
    readonly externalId?: string;
    /** IPv4 range of the VPC, /16 to /24. */
    readonly vpcCidr: string;
    /** Availability zones, 2 to 4. */
    readonly availabilityZones: number;
    /** Ways out of the private subnets. */
    readonly natGateways: "none" | "single" | "per-az";
    /** Minor version of Kubernetes, for example `1.33`. */
    readonly kubernetesVersion: string;
    /** Networks that reach the cluster's API from outside. Empty: it is private. */
    readonly publicAccessCidrs: readonly string[];
    /** The nodes that the app runs on. */
    readonly nodes: NodesArgs;
    /** Days that the logs of network and control plane are kept. */
    readonly logRetentionDays: number;
}

export interface NodesArgs {
    /** EC2 instance types, the first one that has capacity is taken. */
    readonly instanceTypes: readonly string[];
    readonly minSize: number;
    readonly maxSize: number;
    /** @default minSize */
    readonly desiredSize?: number;
    /** Buy spare capacity. */
    readonly spot: boolean;
}

export interface TierArgs {
    /** Image with a pinned tag or digest. */
    readonly image: string;
    /** Pods, 2 to 50. */
    readonly replicas: number;
}

export interface FrontendArgs extends TierArgs {
    /** Namespace whose pods may call the frontend. @default none */
    readonly ingressNamespace?: string;
}

export interface DatabaseSettings {
    /** Image of PostgreSQL 16 with a pinned tag or digest. */
    readonly image: string;
    /** Size of the volume, for example `10Gi`. */
    readonly storage: string;
    /** StorageClass of the volume. @default encrypted gp3 on EKS, the cluster's own elsewhere */
    readonly storageClass?: string;
}

/**
 * @example
 * new DemoApp("demo-app", { environment: config.environment, tags: config.tags, ...config.demoApp });
 */
export interface DemoAppArgs {
    /** Environment of the stack. `prod` protects the database from deletion. */
    readonly environment: string;
    /** Tags on AWS resources beside the standard ones. @default none */
    readonly tags?: Readonly<Record<string, string>>;
    /** Kubernetes namespace of the app. */
    readonly namespace: string;
    /** Context of the deployer's kubeconfig: the app goes to that cluster. This or `eks`. */
    readonly kubeContext?: string;
    /** The app brings an EKS cluster along. This or `kubeContext`. */
    readonly eks?: EksArgs;
    readonly frontend: FrontendArgs;
    readonly backend: TierArgs;
    readonly database: DatabaseSettings;
}
