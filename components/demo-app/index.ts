import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { DemoAppArgs } from "./args";
import { checkArgs } from "./checks";
import {
    backendContract,
    backendEnvironment,
    backendPasswordVariable,
    frontendContract,
    frontendEnvironment,
    type Workload,
} from "./contract";
import { Database } from "./database";
import { Identity } from "./identity";
import { appNamespace } from "./namespace";
import { NetworkPolicies } from "./network-policies";
import { deploymentTarget } from "./target";
import { WebTier } from "./web-tier";

export type { DemoAppArgs } from "./args";

/** The three-tier app of frontend, backend and PostgreSQL, on a cluster of its own or on one that is there. */
export class DemoApp extends pulumi.ComponentResource {
    /** Namespace of the app. */
    public readonly namespace: string;
    /** Address of the frontend within the cluster. */
    public readonly frontendUrl: string;
    /** Address of the backend within the cluster. */
    public readonly backendUrl: string;
    /** Name of the EKS cluster, where the app brought one along. */
    public readonly clusterName: pulumi.Output<string | undefined>;
    /** Command that makes the frontend reachable at http://localhost:5000. */
    public readonly portForward: string;

    constructor(name: string, args: DemoAppArgs, opts?: pulumi.ComponentResourceOptions) {
        checkArgs(name, args);
        super("platforms:demo-app:DemoApp", name, {}, opts);
        const protect = (args.eks?.environment ?? args.environment) === "prod";

        const target = deploymentTarget(name, { ...args, protect }, { parent: this });
        const generator = new random.Provider(`${name}-random`, {}, { parent: this });
        const inCluster = { parent: this, providers: [target.provider, generator] };

        const namespace = appNamespace(`${name}-namespace`, args, {
            parent: this,
            provider: target.provider,
            protect,
        }).metadata.name;
        const { serviceAccounts } = new Identity(`${name}-identity`, { namespace }, inCluster);
        const networkPolicies = new NetworkPolicies(
            `${name}-network`,
            { namespace, ingressNamespace: args.frontend.ingressNamespace },
            inCluster,
        );

        const database = new Database(
            `${name}-database`,
            {
                namespace,
                serviceAccount: serviceAccounts.postgres,
                image: args.database.image,
                storage: args.database.storage,
                storageClass: args.database.storageClass ?? target.storageClass,
                protect,
            },
            // no pod before the policies that fence it in
            { ...inCluster, dependsOn: networkPolicies },
        );
        new WebTier(
            `${name}-backend`,
            {
                workload: "backend",
                namespace,
                serviceAccount: serviceAccounts.backend,
                image: args.backend.image,
                replicas: args.backend.replicas,
                contract: backendContract,
                environment: backendEnvironment(database.host),
                secretEnvironment: { [backendPasswordVariable]: database.appPassword },
            },
            { ...inCluster, dependsOn: database },
        );
        new WebTier(
            `${name}-frontend`,
            {
                workload: "frontend",
                namespace,
                serviceAccount: serviceAccounts.frontend,
                image: args.frontend.image,
                replicas: args.frontend.replicas,
                contract: frontendContract,
                environment: frontendEnvironment(`http://backend:${backendContract.port}`),
            },
            { ...inCluster, dependsOn: networkPolicies },
        );

        // Names are given, so they are known in previews of clusters that don't exist yet.
        const url = (workload: Workload, port: number) => `http://${workload}.${args.namespace}.svc:${port}`;
        this.namespace = args.namespace;
        this.frontendUrl = url("frontend", frontendContract.port);
        this.backendUrl = url("backend", backendContract.port);
        this.clusterName = pulumi.output(target.clusterName);
        this.portForward = `kubectl${target.kubectlContext} port-forward -n ${args.namespace} svc/frontend ${frontendContract.port}:${frontendContract.port}`;
        this.registerOutputs({
            namespace: this.namespace,
            frontendUrl: this.frontendUrl,
            backendUrl: this.backendUrl,
            clusterName: this.clusterName,
            portForward: this.portForward,
        });
    }
}
