import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { registryOf } from "./admission";
import type { DemoAppArgs } from "./args";
import type { WebContract } from "./contract";
import { Database } from "./database";
import { clusterImage, DatabaseCluster } from "./database-cluster";
import { gatewayNamespace } from "./gateway";
import { appLabels } from "./labels";
import { mergedMetrics, versionLabel } from "./mesh";
import type { Openings } from "./network-policies";
import { collectorGateway, observabilityNamespace } from "./observability/names";
import { readerAccount, type SecretSource } from "./secret-store";
import type { DeploymentTarget } from "./target";
import type { PodMetadata } from "./web-tier";

/** What the phases that are on ask of the network. */
export function openingsOf(args: DemoAppArgs): Openings {
    const ingress = args.frontend.ingressNamespace;
    return {
        ingressNamespaces: [
            ...(ingress === undefined ? [] : [ingress]),
            ...(args.apiGateway === undefined || ingress === gatewayNamespace ? [] : [gatewayNamespace]),
        ],
        observability: args.observability !== undefined,
        mesh: args.mesh !== undefined,
        replicatedDatabase: isReplicated(args),
        databaseJobs: args.database.initImage !== undefined || (isReplicated(args) && args.eks === undefined),
    };
}

/** What the mesh wants on the pods of a web tier. */
export function podMetadataOf(args: DemoAppArgs, contract: WebContract, version?: "stable" | "canary"): PodMetadata {
    if (args.mesh === undefined) {
        return {};
    }
    return {
        // said on the pods too, so that switching the mesh on makes them anew
        labels: { "sidecar.istio.io/inject": "true", ...(version === undefined ? {} : { [versionLabel]: version }) },
        annotations: args.observability && mergedMetrics(contract.port, contract.metricsPath),
    };
}

export const isReplicated = (args: DemoAppArgs): boolean => args.database.mode === "cloudnative-pg";

/** Images that the app's own pods have, and so the registries that may be pulled from. */
export function registriesOf(args: DemoAppArgs): readonly string[] {
    const images = [
        args.frontend.image,
        args.backend.image,
        args.database.image,
        args.database.initImage,
        args.mesh?.canaryImage,
        isReplicated(args) ? clusterImage : undefined,
        // the operator's own image starts each server
        isReplicated(args) ? "ghcr.io/cloudnative-pg/cloudnative-pg" : undefined,
        args.mesh === undefined ? undefined : "docker.io/istio/proxyv2",
    ].filter((image) => image !== undefined);
    return [...new Set([...images.map(registryOf), ...(args.security?.allowedRegistries ?? [])])].sort();
}

export interface DatabaseParts {
    readonly namespace: pulumi.Input<string>;
    readonly serviceAccount: pulumi.Input<string>;
    readonly target: DeploymentTarget;
    readonly protect: boolean;
}

/** One server, or a replicated cluster. */
export function databaseOf(
    name: string,
    args: DemoAppArgs,
    parts: DatabaseParts,
    opts: pulumi.ComponentResourceOptions,
): Database | DatabaseCluster {
    const { namespace, protect, target } = parts;
    const { storage, image } = args.database;
    const storageClass = args.database.storageClass ?? target.storageClass;
    if (!isReplicated(args)) {
        const { serviceAccount } = parts;
        const inMesh = args.mesh !== undefined;
        return new Database(name, { namespace, serviceAccount, image, storage, storageClass, protect, inMesh }, opts);
    }
    return new DatabaseCluster(
        name,
        {
            namespace,
            storage,
            storageClass,
            protect,
            instances: args.database.instances ?? 3,
            backupSchedule: args.database.backupSchedule ?? "0 2 * * *",
            monitored: args.observability !== undefined,
            backup:
                target.eks === undefined
                    ? { kind: "dump", image, retentionDays: args.database.backupRetentionDays ?? 7 }
                    : { kind: "snapshot", snapshotClass: snapshotClass(name, target.eks, opts) },
        },
        opts,
    );
}

/** Snapshots of EBS volumes that stay when the object that stands for them goes. */
function snapshotClass(
    name: string,
    eks: NonNullable<DeploymentTarget["eks"]>,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
    const controller = eks.addon("snapshot-controller");
    const snapshots = new k8s.apiextensions.CustomResource(
        `${name}-snapshot-class`,
        {
            apiVersion: "snapshot.storage.k8s.io/v1",
            kind: "VolumeSnapshotClass",
            metadata: { name: "ebs-retained", labels: appLabels() },
            // https://github.com/kubernetes-sigs/aws-ebs-csi-driver/tree/master/examples/kubernetes/snapshot
            driver: "ebs.csi.aws.com",
            deletionPolicy: "Retain",
        },
        { parent: opts.parent, provider: eks.provider, dependsOn: controller },
    );
    return snapshots.metadata.name;
}

/** Where the backend's password comes from, for the operator that copies it. */
export function secretSourceOf(args: DemoAppArgs, target: DeploymentTarget, value: pulumi.Input<string>): SecretSource {
    if (args.eks === undefined || target.eks === undefined) {
        return { kind: "kubernetes", value };
    }
    const reader = { namespace: args.namespace, serviceAccount: readerAccount };
    return { kind: "aws", region: args.eks.region, ...target.eks.storedSecret("backend-database", value, reader) };
}

/** X-Ray, where it is asked for. */
export function xrayOf(args: DemoAppArgs, target: DeploymentTarget) {
    if (!args.observability?.xray || args.eks === undefined || target.eks === undefined) {
        return undefined;
    }
    const account = { namespace: observabilityNamespace, serviceAccount: collectorGateway };
    return { region: args.eks.region, roleArn: target.eks.tracingRole(account) };
}
