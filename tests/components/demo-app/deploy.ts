import { DemoApp, type DemoAppArgs } from "../../../components/demo-app";
import { type RecordedResource, type Recording, record } from "../../support/mocks";

export const localArgs: DemoAppArgs = {
    environment: "local",
    namespace: "demo-app",
    kubeContext: "kind-demo",
    frontend: { image: "registry.example.com/frontend:1.2.3", replicas: 2 },
    backend: { image: "registry.example.com/backend:1.2.3", replicas: 3 },
    database: { image: "postgres:16.15-alpine3.24", storage: "10Gi" },
};

/** Each phase as `{}` in a stack file switches it on. */
export const phases = {
    observability: {
        retentionDays: 7,
        metricsStorage: "10Gi",
        logsStorage: "10Gi",
        tracesStorage: "5Gi",
        xray: false,
    },
    security: { enforcement: "deny", allowedRegistries: [], secretRefreshMinutes: 60 },
    mesh: { timeoutSeconds: 5, retries: 2, canaryWeight: 0 },
    apiGateway: { hostname: "demo-app.internal", requestsPerMinute: 600 },
    gitops: { repository: "https://git.example.com/demo.git", path: "deploy/demo", revision: "v1.2.3" },
} as const satisfies Pick<DemoAppArgs, "observability" | "security" | "mesh" | "apiGateway" | "gitops">;

export const eksArgs: DemoAppArgs = {
    ...localArgs,
    environment: "dev",
    kubeContext: undefined,
    eks: {
        accountId: "111111111111",
        region: "us-east-2",
        vpcCidr: "10.40.0.0/16",
        availabilityZones: 3,
        natGateways: "single",
        kubernetesVersion: "1.33",
        publicAccessCidrs: ["203.0.113.0/24"],
        nodes: { instanceTypes: ["t3.large"], minSize: 2, maxSize: 4, spot: false },
        logRetentionDays: 30,
    },
};

/** What the providers would have added, as far as the app reads it. */
function outputsOf({ type, name, inputs }: RecordedResource): Record<string, unknown> | undefined {
    if (type === "random:index/randomPassword:RandomPassword") {
        return { result: `generated-${name}` };
    }
    // autonaming of the Kubernetes provider
    const { metadata } = inputs;
    return metadata ? { metadata: { name: `${name}-1a2b3c4d`, ...metadata } } : undefined;
}

/** The app as its program registers it. */
export async function deploy(args: DemoAppArgs): Promise<{ readonly recording: Recording; readonly result: DemoApp }> {
    return record(() => new DemoApp("demo-app", args), { outputs: outputsOf, stack: args.environment });
}
