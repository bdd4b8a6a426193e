import * as pulumi from "@pulumi/pulumi";
import { DemoApp, type DemoAppArgs } from "../../../components/demo-app";

/** A resource as the program registered it. */
export interface Registered {
    readonly type: string;
    readonly name: string;
    // biome-ignore lint/suspicious/noExplicitAny: inputs of any resource, read by tests that know which
    readonly inputs: any;
}

export const localArgs: DemoAppArgs = {
    environment: "local",
    namespace: "demo-app",
    kubeContext: "kind-demo",
    frontend: { image: "registry.example.com/frontend:1.2.3", replicas: 2 },
    backend: { image: "registry.example.com/backend:1.2.3", replicas: 3 },
    database: { image: "postgres:16.15-alpine3.24", storage: "10Gi" },
};

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

/** What a provider would have computed and the program reads. */
function outputsOf(type: string, name: string, inputs: Registered["inputs"]): Record<string, unknown> {
    if (type === "random:index/randomPassword:RandomPassword") {
        return { result: `generated-${name}` };
    }
    // autonaming of the Kubernetes provider
    return inputs.metadata ? { metadata: { name: `${name}-1a2b3c4d`, ...inputs.metadata } } : {};
}

/** Builds the app against recorded stand-ins and hands back what was registered, once all of it was. */
export async function deploy(args: DemoAppArgs): Promise<readonly Registered[]> {
    const registered: Registered[] = [];
    await pulumi.runtime.setMocks(
        {
            newResource: ({ type, name, inputs, id }) => {
                registered.push({ type, name, inputs });
                return { id: id || `${name}-id`, state: { ...inputs, ...outputsOf(type, name, inputs) } };
            },
            call: ({ token }) => {
                throw new Error(`unexpected call of ${token}`);
            },
        },
        "platforms",
        args.environment,
    );
    new DemoApp("demo-app", args);
    await pulumi.runtime.disconnect();
    return registered;
}
