import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import { DemoApp, type DemoAppArgs } from "../../../components/demo-app";
import { rejection, resolved } from "../../support/mocks";
import { deploy, eksArgs, localArgs } from "./deploy";

const kubernetesProvider = "pulumi:providers:kubernetes";
const { StorageClass } = k8s.storage.v1;
const { PersistentVolumeClaim } = k8s.core.v1;

describe("DemoApp on a kubeconfig context", () => {
    it("acts in that context only, with every Kubernetes object", async () => {
        const { recording, result } = await deploy(localArgs);
        const provider = recording.resource(kubernetesProvider);
        assert.deepEqual(provider.inputs, { context: "kind-demo", clusterIdentifier: "kind-demo" });
        const objects = recording.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.ok(objects.length > 20);
        for (const { name, provider } of objects) {
            assert.match(provider, /demo-app-kubernetes/, name);
        }
        assert.equal(result.portForward, "kubectl --context kind-demo port-forward -n demo-app svc/frontend 5000:5000");
        assert.equal(result.frontendUrl, "http://frontend.demo-app.svc:5000");
        assert.equal(result.backendUrl, "http://backend.demo-app.svc:8000");
        assert.equal(await resolved(result.clusterName), undefined);
    });

    it("has nothing to do with AWS, and leaves the StorageClass to the cluster", async () => {
        const { recording } = await deploy(localArgs);
        assert.deepEqual(
            recording.resources.filter(({ type }) => /^(aws|awsx|eks):|providers:(aws|awsx|eks)$/.test(type)),
            [],
        );
        assert.deepEqual(recording.all(StorageClass), []);
        assert.equal(recording.inputsOf(PersistentVolumeClaim).spec?.storageClassName, undefined);
    });

    it("takes another namespace", async () => {
        const { recording, result } = await deploy({ ...localArgs, namespace: "shop" });
        assert.equal(result.namespace, "shop");
        const inNamespaces = new Set(
            recording.resources
                .filter(({ type }) => type.startsWith("kubernetes:"))
                .map(({ type, inputs }) => {
                    const metadata = inputs["metadata"] as { name?: string; namespace?: string };
                    return type.endsWith(":Namespace") ? metadata.name : metadata.namespace;
                }),
        );
        assert.deepEqual([...inNamespaces], ["shop"]);
    });
});

describe("DemoApp on EKS", () => {
    it("brings network and cluster along, in the account and region that it is told", async () => {
        const { recording, result } = await deploy(eksArgs);
        const { inputs } = recording.resource("pulumi:providers:aws");
        assert.equal(inputs["region"], "us-east-2");
        assert.equal(inputs["allowedAccountIds"], JSON.stringify(["111111111111"]));
        const cluster = recording.resource("eks:index:Cluster").inputs;
        assert.equal(cluster["name"], "demo-app-dev");
        assert.equal(cluster["version"], "1.33");
        assert.deepEqual(cluster["publicAccessCidrs"], ["203.0.113.0/24"]);
        assert.deepEqual(recording.inputsOf(aws.eks.NodeGroup).scalingConfig, {
            minSize: 2,
            maxSize: 4,
            desiredSize: 2,
        });
        assert.equal(await resolved(result.clusterName), "demo-app-dev");
        assert.equal(result.portForward, "kubectl port-forward -n demo-app svc/frontend 5000:5000");
    });

    it("deploys the same objects as on a local cluster, and a StorageClass", async () => {
        const kubernetes = async (args: DemoAppArgs) =>
            (await deploy(args)).recording.resources
                .filter(({ type }) => type.startsWith("kubernetes:") && !type.endsWith(":StorageClass"))
                .map(({ name, inputs }) => [
                    name,
                    JSON.stringify(inputs).replace('"storageClassName":"gp3-encrypted",', ""),
                ])
                .sort();
        const onEks = await kubernetes(eksArgs);
        const volumes = (objects: string[][]) => objects.filter(([name]) => name?.endsWith("-volume"));
        const others = (objects: string[][]) => objects.filter(([name]) => !name?.endsWith("-volume"));
        assert.deepEqual(others(onEks), others(await kubernetes(localArgs)));
        assert.match(volumes(onEks)[0]?.[1] ?? "", /gp3-encrypted/);
    });

    it("deletes volumes with their claim outside of production, and keeps them there", async () => {
        const dev = (await deploy(eksArgs)).recording;
        assert.equal(dev.inputsOf(StorageClass).reclaimPolicy, "Delete");
        assert.equal(dev.inputsOf(PersistentVolumeClaim).spec?.storageClassName, "gp3-encrypted");

        const prod = (await deploy({ ...eksArgs, environment: "prod" })).recording;
        const { metadata, ...storageClass } = prod.inputsOf(StorageClass, "demo-app-cluster-storage-class");
        assert.equal(metadata?.name, "gp3-encrypted-retained");
        assert.equal(metadata?.annotations, undefined, "the cluster's own class is the default");
        const { kmsKeyId, ...parameters } = storageClass.parameters ?? {};
        assert.match(kmsKeyId ?? "", /^arn:aws:kms:/);
        assert.deepEqual(parameters, { type: "gp3", encrypted: "true" });
        assert.equal(storageClass.provisioner, "ebs.csi.aws.com");
        assert.equal(storageClass.reclaimPolicy, "Retain");
        assert.equal(storageClass.volumeBindingMode, "WaitForFirstConsumer");
        assert.equal(storageClass.allowVolumeExpansion, true);
        assert.equal(prod.inputsOf(PersistentVolumeClaim).spec?.storageClassName, "gp3-encrypted-retained");
    });

    it("has a name of its own environment where one is given", async () => {
        assert.ok(eksArgs.eks);
        const { recording } = await deploy({
            ...eksArgs,
            environment: "qa",
            eks: { ...eksArgs.eks, environment: "staging" },
        });
        assert.equal(recording.resource("eks:index:Cluster").inputs["name"], "demo-app-staging");
    });
});

describe("DemoApp's args", () => {
    const refused = (args: Partial<DemoAppArgs>) => rejection(() => new DemoApp("demo-app", { ...localArgs, ...args }));

    it("name one cluster", () => {
        assert.equal(
            refused({ kubeContext: undefined }),
            "DemoApp demo-app can't be built:\n  kubeContext or eks must be given, one of them: got neither",
        );
        assert.equal(
            refused({ eks: eksArgs.eks }),
            "DemoApp demo-app can't be built:\n  kubeContext or eks must be given, one of them: got both",
        );
    });

    it("are refused all at once: too few pods and images that say nothing of what runs", () => {
        assert.equal(
            refused({
                frontend: { image: "example/frontend", replicas: 1 },
                backend: { image: "example/backend:latest", replicas: 51 },
                database: { image: "registry.example.com:5000/postgres", storage: "10Gi" },
            }),
            [
                "DemoApp demo-app can't be built:",
                "  frontend.replicas must be a whole number from 2 to 50, got 1",
                "  backend.replicas must be a whole number from 2 to 50, got 51",
                '  frontend.image must have a tag other than latest, or a digest, got "example/frontend"',
                '  backend.image must have a tag other than latest, or a digest, got "example/backend:latest"',
                '  database.image must have a tag other than latest, or a digest, got "registry.example.com:5000/postgres"',
            ].join("\n"),
        );
    });
});
