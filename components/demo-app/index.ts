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
    tracingEnvironment,
    type Workload,
    workloads,
} from "./contract";
import { schemaJob } from "./database-job";
import { ApiGateway } from "./gateway";
import { GitOps } from "./gitops";
import { Identity } from "./identity";
import { injectedContainers, Mesh, MeshControlPlane } from "./mesh";
import { metricsServer } from "./metrics-server";
import { appNamespace } from "./namespace";
import { NetworkPolicies } from "./network-policies";
import { Observability } from "./observability";
import { collectorUrl } from "./observability/names";
import { databaseOf, isReplicated, openingsOf, podMetadataOf, registriesOf, secretSourceOf, xrayOf } from "./phases";
import { SecretStore } from "./secret-store";
import { Security } from "./security";
import { type DeploymentTarget, deploymentTarget } from "./target";
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

        const namespace = appNamespace(
            `${name}-namespace`,
            { namespace: args.namespace, inMesh: args.mesh !== undefined },
            { parent: this, provider: target.provider, protect },
        ).metadata.name;
        const place = { namespaceName: args.namespace, namespace };
        const { serviceAccounts } = new Identity(
            `${name}-identity`,
            // the operator makes the account of a replicated database itself
            { namespace, workloads: workloads.filter((workload) => workload !== "postgres" || !isReplicated(args)) },
            inCluster,
        );
        const networkPolicies = new NetworkPolicies(
            `${name}-network`,
            { namespace, openings: openingsOf(args) },
            inCluster,
        );
        const tools = this.tools(name, args, target, place, inCluster);
        // no pod before the policies that fence it in, and before what has to see it start
        const afterTools = { ...inCluster, dependsOn: [networkPolicies, ...tools] };

        const database = databaseOf(
            `${name}-database`,
            args,
            { namespace, serviceAccount: serviceAccounts.postgres ?? "", target, protect },
            afterTools,
        );
        const password =
            args.security === undefined
                ? database.appPassword
                : new SecretStore(
                      `${name}-secrets`,
                      {
                          namespace,
                          source: secretSourceOf(args, target, database.appPasswordValue),
                          refreshMinutes: args.security.secretRefreshMinutes,
                      },
                      inCluster,
                  ).password;
        const schema =
            args.database.initImage === undefined
                ? database
                : schemaJob(
                      `${name}-db-init`,
                      { namespace, image: args.database.initImage, database: database.address, password },
                      { parent: this, provider: target.provider, dependsOn: [database, networkPolicies] },
                  );
        const collector = args.observability === undefined ? undefined : collectorUrl;
        const backend = {
            workload: "backend" as const,
            namespace,
            serviceAccount: serviceAccounts.backend,
            image: args.backend.image,
            replicas: args.backend.replicas,
            autoscaling: args.backend.autoscaling,
            contract: backendContract,
            environment: { ...backendEnvironment(database.address), ...tracingEnvironment("backend", collector) },
            secretEnvironment: { [backendPasswordVariable]: password },
            podMetadata: podMetadataOf(args, backendContract, "stable"),
        };
        new WebTier(`${name}-backend`, backend, { ...inCluster, dependsOn: [schema, ...tools] });
        if (args.mesh?.canaryImage !== undefined) {
            new WebTier(
                `${name}-backend-canary`,
                {
                    ...backend,
                    image: args.mesh.canaryImage,
                    canary: true,
                    // two autoscalers over the same labels stop both: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
                    autoscaling: undefined,
                    podMetadata: podMetadataOf(args, backendContract, "canary"),
                },
                { ...inCluster, dependsOn: [schema, ...tools] },
            );
        }
        new WebTier(
            `${name}-frontend`,
            {
                workload: "frontend",
                namespace,
                serviceAccount: serviceAccounts.frontend,
                image: args.frontend.image,
                replicas: args.frontend.replicas,
                autoscaling: args.frontend.autoscaling,
                contract: frontendContract,
                environment: {
                    ...frontendEnvironment(`http://backend:${backendContract.port}`),
                    ...tracingEnvironment("frontend", collector),
                },
                podMetadata: podMetadataOf(args, frontendContract),
            },
            afterTools,
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

    /** What the phases that are on put beside the app. Those that the app's pods have to wait for are the result. */
    private tools(
        name: string,
        args: DemoAppArgs,
        target: DeploymentTarget,
        place: { readonly namespaceName: string; readonly namespace: pulumi.Output<string> },
        inCluster: pulumi.ComponentResourceOptions,
    ): readonly pulumi.Resource[] {
        const inMesh = args.mesh !== undefined;
        if (args.frontend.autoscaling !== undefined || args.backend.autoscaling !== undefined) {
            if (target.eks === undefined) {
                metricsServer(`${name}-metrics-server`, { parent: this, provider: target.provider });
            } else {
                target.eks.addon("metrics-server");
            }
        }
        const first: pulumi.Resource[] = [];
        if (args.mesh !== undefined) {
            const controlPlane = new MeshControlPlane(`${name}-istio`, inCluster);
            first.push(controlPlane);
            new Mesh(
                `${name}-mesh`,
                {
                    ...args.mesh,
                    ...place,
                    openToOutside: args.apiGateway !== undefined || args.frontend.ingressNamespace !== undefined,
                },
                { ...inCluster, dependsOn: controlPlane },
            );
        }
        if (args.observability !== undefined) {
            const { xray: _, ...settings } = args.observability;
            first.push(
                new Observability(
                    `${name}-observability`,
                    {
                        ...settings,
                        ...place,
                        inMesh,
                        storageClass: target.storageClass,
                        managedControlPlane: target.eks !== undefined,
                        xray: xrayOf(args, target),
                    },
                    inCluster,
                ),
            );
        }
        if (args.security !== undefined) {
            new Security(
                `${name}-security`,
                {
                    ...args.security,
                    ...place,
                    allowedRegistries: registriesOf(args),
                    injectedContainers: inMesh ? injectedContainers : [],
                },
                inCluster,
            );
        }
        if (args.apiGateway !== undefined) {
            new ApiGateway(
                `${name}-gateway`,
                { ...args.apiGateway, namespace: place.namespace, monitored: args.observability !== undefined },
                { ...inCluster, dependsOn: first },
            );
        }
        if (args.gitops !== undefined) {
            new GitOps(`${name}-gitops`, { ...args.gitops, namespace: place.namespace }, inCluster);
        }
        return first;
    }
}
