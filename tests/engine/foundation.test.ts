import assert from "node:assert/strict";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { Platform, type PlatformArgs } from "../../components/foundation/platform";
import { repository, TemporarySandbox } from "../support/sandbox";
import { changesOf, Engine, resourcesOf, type StateResource } from "./cloud/engine";

interface Registered extends StateResource {
    readonly dependencies?: readonly string[];
    readonly provider?: string;
    readonly protect?: boolean;
}

interface ShopArgs extends PlatformArgs {
    readonly zones: number;
    readonly protect: boolean;
}

/** A platform with one of each part. */
class Shop extends Platform {
    readonly outputs: Record<string, unknown>;

    constructor(name: string, args: ShopArgs) {
        super("test:index:Shop", name, "shop", args);
        const { Network } =
            require("../../components/foundation/network") as typeof import("../../components/foundation/network");
        const { Cluster } =
            require("../../components/foundation/cluster") as typeof import("../../components/foundation/cluster");
        const { irsaRole } =
            require("../../components/foundation/irsa") as typeof import("../../components/foundation/irsa");
        const { EncryptionKey } =
            require("../../components/foundation/key") as typeof import("../../components/foundation/key");
        const { servicesMayUseKey } =
            require("../../components/foundation/key-statements") as typeof import("../../components/foundation/key-statements");
        const { PrivateBucket } =
            require("../../components/foundation/bucket") as typeof import("../../components/foundation/bucket");
        const { LogBucket } =
            require("../../components/foundation/log-bucket") as typeof import("../../components/foundation/log-bucket");
        const { QueueWithDlq } =
            require("../../components/foundation/queue") as typeof import("../../components/foundation/queue");
        const { AlarmTopic } =
            require("../../components/foundation/alarms") as typeof import("../../components/foundation/alarms");
        const place = { accountId: args.accountId, region: args.region };
        const network = new Network(
            `${name}-network`,
            {
                ...place,
                cidr: "10.20.0.0/16",
                availabilityZones: args.zones,
                natGateways: "single",
                clusterNames: ["shop"],
            },
            this.inAws(),
        );
        const cluster = new Cluster(
            `${name}-cluster`,
            {
                ...place,
                clusterName: "shop",
                version: "1.35",
                vpcId: network.vpcId,
                publicSubnetIds: network.publicSubnetIds,
                privateSubnetIds: network.privateSubnetIds,
                nodeGroups: {
                    standard: { instanceTypes: ["t3.large"], minSize: 2, maxSize: 4 },
                    gpu: { instanceTypes: ["g5.xlarge"], minSize: 0, maxSize: 1, gpu: true },
                },
                administratorRoleArns: { operators: `arn:aws:iam::${args.accountId}:role/operators` },
                protect: args.protect,
            },
            this.inAws(),
        );
        irsaRole(`${name}-api`, { cluster, namespace: "shop", serviceAccount: "api" }, this.inAws());
        const key = new EncryptionKey(
            `${name}-data`,
            { ...place, description: "Shop data", statements: [servicesMayUseKey(args.accountId, ["sqs", "s3"])] },
            this.inAws(),
        );
        const logs = new LogBucket(`${name}-logs`, { ...place, sources: ["s3", "load-balancer"] }, this.inAws());
        const bucket = new PrivateBucket(
            `${name}-media`,
            { ...place, keyArn: key.arn, logBucketName: logs.bucketName, eventBridge: true, protect: args.protect },
            this.inAws(),
        );
        const alarms = new AlarmTopic(`${name}-alarms`, { ...place, emails: ["ops@example.com"] }, this.inAws());
        const queue = new QueueWithDlq(
            `${name}-jobs`,
            { keyArn: key.arn, visibilityTimeoutSeconds: 1800, consumerTimeoutSeconds: 300, alarmTopicArn: alarms.arn },
            this.inAws(),
        );
        this.outputs = {
            vpcId: network.vpcId,
            privateSubnetIds: network.privateSubnetIds,
            natPublicIps: network.natPublicIps,
            clusterName: cluster.clusterName,
            oidcIssuer: cluster.oidcIssuer,
            oidcProviderArn: cluster.oidcProviderArn,
            securityGroupId: cluster.securityGroupId,
            bucket: bucket.bucketName,
            queue: queue.url,
        };
        this.registerOutputs();
    }
}

const program =
    (zones = 2, protect = false) =>
    async () =>
        new Shop("shop", { environment: "dev", accountId: "123456789012", region: "us-east-2", zones, protect })
            .outputs;

/** Resources that one depends on, itself or by one of its properties, however many steps away. */
function requirements(of: Registered, all: readonly Registered[]): ReadonlySet<string> {
    const byUrn = new Map(all.map((resource) => [resource.urn, resource]));
    const found = new Set<string>();
    const walk = (resource: Registered | undefined) => {
        for (const urn of resource?.dependencies ?? []) {
            if (!found.has(urn)) {
                found.add(urn);
                walk(byUrn.get(urn));
            }
        }
    };
    walk(of);
    return found;
}

describe("foundation parts on the engine", function () {
    this.timeout(300_000);
    const engine = new Engine();
    let outputs: OutputMap;
    let state: readonly Registered[];
    const all = (type: string) => state.filter((resource) => resource.type === type);
    const one = (type: string, ending = "") => {
        const found = all(type).filter((resource) => resource.urn.endsWith(ending));
        assert.equal(found.length, 1, `${type} *${ending}: ${found.map((resource) => resource.urn).join(", ")}`);
        return found[0] as Registered;
    };

    after(() => engine.remove());

    it("are previewed, deployed and then left alone", async () => {
        await engine.run(program(), async (stack) => {
            const preview = await stack.preview();
            assert.ok((preview.changeSummary["create"] ?? 0) > 100, JSON.stringify(preview.changeSummary));
            // The Automation API fails a run that leaks promises; what it only grumbles about would stand here.
            assert.doesNotMatch(preview.stdout + preview.stderr, /warning:|error:/i);
            const up = await stack.up();
            assert.doesNotMatch(up.stdout + up.stderr, /warning:|error:/i);
            outputs = up.outputs;
            state = resourcesOf(await stack.exportStack());
        });
        await engine.run(program(), async (stack) => {
            const second = await stack.preview();
            assert.deepEqual(changesOf(second.changeSummary), {}, second.stdout);
        });
    });

    it("hand on what others build upon", () => {
        const value = (key: string) => outputs[key]?.value as unknown;
        assert.match(String(value("vpcId")), /^vpc-/);
        assert.equal((value("privateSubnetIds") as unknown[]).length, 2);
        assert.equal((value("natPublicIps") as unknown[]).length, 1);
        assert.equal(value("clusterName"), "shop");
        assert.match(String(value("oidcIssuer")), /^oidc\.eks\.us-east-2\.amazonaws\.com\/id\/\w+$/);
        assert.match(String(value("oidcProviderArn")), /^arn:aws:iam::123456789012:oidc-provider\/oidc\.eks\./);
        assert.match(String(value("securityGroupId")), /^sg-/);
    });

    it("all act in the platform's account and region, and lie under it", () => {
        const provider = one("pulumi:providers:aws", "shop-aws");
        const aws = state.filter((resource) => resource.type.startsWith("aws:") && resource.id !== undefined);
        assert.ok(aws.length > 80, `${aws.length} resources`);
        for (const resource of aws) {
            assert.equal(resource.provider, `${provider.urn}::${provider.id}`, resource.urn);
            assert.match(resource.urn, /::test:index:Shop\$/);
        }
    });

    it("wait for each other as AWS needs it", () => {
        const needs = (resource: Registered, type: string) =>
            [...requirements(resource, state)].some((urn) => urn.split("::")[2]?.split("$").at(-1) === type);
        const cluster = one("aws:eks/cluster:Cluster");
        assert.ok(needs(cluster, "aws:cloudwatch/logGroup:LogGroup"), "cluster after its log group");
        for (const group of all("aws:eks/nodeGroup:NodeGroup")) {
            assert.ok(needs(group, "aws:eks/cluster:Cluster"), "nodes after the cluster");
            assert.ok(needs(group, "aws:eks/addon:Addon"), "nodes after the pod network");
            assert.ok(needs(group, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), "nodes after their policies");
        }
        for (const addon of ["shop-cluster-coredns", "shop-cluster-aws-ebs-csi-driver"]) {
            assert.ok(needs(one("aws:eks/addon:Addon", addon), "aws:eks/nodeGroup:NodeGroup"), `${addon} after nodes`);
        }
        const kubernetes = one("pulumi:providers:kubernetes", "shop-cluster-kubernetes");
        assert.ok(needs(kubernetes, "aws:eks/nodeGroup:NodeGroup"), "workloads after nodes");
        const storage = one("kubernetes:storage.k8s.io/v1:StorageClass");
        assert.equal(storage.provider, `${kubernetes.urn}::${kubernetes.id}`);
    });

    it("break no policy that blocks", async () => {
        const sandbox = new TemporarySandbox(repository);
        try {
            const configFile = sandbox.stackFile("config:\n  platforms:environment: dev\n");
            // Not a preview: there most policy documents are still unknown.
            const up = await sandbox.run("up", "dev", [], { configFile, program: program() });
            assert.equal(up.code, 0, up.stdout + up.stderr);
            assert.match(up.stdout, /platforms@v/, "the pack has run");
            assert.doesNotMatch(up.stdout, /\[mandatory\]/);
        } finally {
            sandbox.remove();
        }
    });

    it("gain a zone without moving the others", async () => {
        await engine.run(program(3), async (stack) => {
            await stack.up();
            const later: readonly Registered[] = resourcesOf(await stack.exportStack());
            const subnets = (of: readonly Registered[]) =>
                of
                    .filter((resource) => resource.type === "aws:ec2/subnet:Subnet")
                    .map((resource) => `${resource.id} ${resource.inputs?.["cidrBlock"]}`);
            assert.equal(subnets(state).length, 4);
            assert.equal(subnets(later).length, 6);
            assert.deepEqual(
                subnets(state).filter((subnet) => !subnets(later).includes(subnet)),
                [],
            );
            // AWS can't move a node group to other subnets; the new one stands before the old one goes.
            const replaced = state.filter(
                (resource) =>
                    resource.id !== undefined &&
                    !later.some(({ urn, id }) => urn === resource.urn && id === resource.id),
            );
            assert.deepEqual([...new Set(replaced.map((resource) => resource.type))], ["aws:eks/nodeGroup:NodeGroup"]);
        });
    });

    it("are protected where they hold data, and go entirely where not", async () => {
        await engine.run(program(2, true), async (stack) => {
            await stack.up();
            const kept = (resourcesOf(await stack.exportStack()) as readonly Registered[])
                .filter((resource) => resource.protect && resource.id !== undefined)
                .map((resource) => resource.type);
            for (const type of ["aws:eks/cluster:Cluster", "aws:s3/bucket:Bucket", "aws:kms/key:Key"]) {
                assert.ok(kept.includes(type), `${type} among ${kept.join(", ")}`);
            }
            await assert.rejects(stack.destroy(), /protect/);
        });
        await engine.run(program(), async (stack) => {
            await stack.up();
            await stack.destroy();
            assert.deepEqual(resourcesOf(await stack.exportStack()), []);
        });
        assert.deepEqual(engine.held(), []);
    });
});
