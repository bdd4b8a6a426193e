import type * as pulumi from "@pulumi/pulumi";

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
    /** Pods, 2 to 50; with autoscaling the fewest. */
    readonly replicas: number;
    /** Let the load decide on the number of pods. @default it doesn't */
    readonly autoscaling?: AutoscalingArgs;
}

export interface AutoscalingArgs {
    /** Most pods, up to 50. */
    readonly maxReplicas: number;
    /** Percent of the CPU request that pods use on average. */
    readonly targetCpuPercent: number;
}

export interface FrontendArgs extends TierArgs {
    /** Namespace whose pods may call the frontend. @default none */
    readonly ingressNamespace?: string;
}

export interface DatabaseSettings {
    /** One server, or a replicated cluster of the operator CloudNativePG. @default "single" */
    readonly mode?: "single" | "cloudnative-pg";
    /** Servers of the replicated cluster. @default 3 */
    readonly instances?: number;
    /** When backups of the replicated cluster are taken: cron, five fields, UTC. @default "0 2 * * *" */
    readonly backupSchedule?: string;
    /** Days that dumps of the replicated cluster are kept, outside of EKS. @default 7 */
    readonly backupRetentionDays?: number;
    /** Image that brings the schema up to date before the backend starts. @default none */
    readonly initImage?: string;
    /** Image of PostgreSQL 16 with a pinned tag or digest. */
    readonly image: string;
    /** Size of the volume, for example `10Gi`. */
    readonly storage: string;
    /** StorageClass of the volume. @default encrypted gp3 on EKS, the cluster's own elsewhere */
    readonly storageClass?: string;
}

/** Metrics, logs, traces, dashboards and alerts. */
export interface ObservabilitySettings {
    /** Days that metrics, logs and traces are kept. */
    readonly retentionDays: number;
    /** Sizes of the volumes, for example `10Gi`. */
    readonly metricsStorage: string;
    readonly logsStorage: string;
    readonly tracesStorage: string;
    /** Where alerts go. @default nowhere */
    readonly alertWebhookUrl?: pulumi.Input<string>;
    /** Send traces to AWS X-Ray too; only on EKS. */
    readonly xray: boolean;
}

/** Roles for people, admission policies and secrets from a store. */
export interface SecuritySettings {
    /** What Gatekeeper does with a pod that breaks a rule. */
    readonly enforcement: "deny" | "warn" | "dryrun";
    /** Starts of image names that may run beside those of the configured images; each ends with `/`. */
    readonly allowedRegistries: readonly string[];
    /** Minutes between looks for a rotated secret. */
    readonly secretRefreshMinutes: number;
}

/** Istio around the app. */
export interface MeshSettings {
    /** Seconds that a call between tiers may take, retries included. */
    readonly timeoutSeconds: number;
    /** Tries after the first. */
    readonly retries: number;
    /** Image of a second version of the backend. @default none */
    readonly canaryImage?: string;
    /** Percent of calls that the second version gets. */
    readonly canaryWeight: number;
}

/** Envoy Gateway in front of the frontend. */
export interface ApiGatewaySettings {
    /** Name that clients call. */
    readonly hostname: string;
    /** Requests a minute that each gateway pod lets through. */
    readonly requestsPerMinute: number;
}

/** A folder of Git that Argo CD keeps in place in the app's namespace. */
export interface GitOpsSettings {
    readonly repository: string;
    readonly path: string;
    /** Tag or commit. */
    readonly revision: string;
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
    /** @default off */
    readonly observability?: ObservabilitySettings;
    /** @default off */
    readonly security?: SecuritySettings;
    /** @default off */
    readonly mesh?: MeshSettings;
    /** @default off */
    readonly apiGateway?: ApiGatewaySettings;
    /** @default off */
    readonly gitops?: GitOpsSettings;
}
