import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { changesOf, Engine, resourcesOf, type StateResource } from "./engine";

/** Counts of the resources below a component, by the last part of their type. */
function children(resources: readonly StateResource[], component: string): { [type: string]: number } {
    const counts: { [type: string]: number } = {};
    const inside = new Set<string>();
    for (const { urn, type, parent } of resources) {
        if (parent !== undefined && inside.has(parent)) {
            const kind = type.split(":").at(-1) ?? type;
            counts[kind] = (counts[kind] ?? 0) + 1;
            inside.add(urn);
        } else if (urn.endsWith(`:${component}`) && parent?.includes("pulumi:pulumi:Stack")) {
            inside.add(urn);
        }
    }
    return counts;
}

function find(resources: readonly StateResource[], type: string, name: string): StateResource {
    const found = resources.find((resource) => resource.type === type && resource.urn.endsWith(`::${name}`));
    assert.ok(found, `${type} ${name}`);
    return found;
}

/** Up, an empty second preview, a clean refresh, and down to nothing; what stood in between is handed to `look`. */
async function wholeLife(program: PulumiFn, look: (resources: readonly StateResource[]) => void): Promise<void> {
    const engine = new Engine();
    try {
        await engine.run(program, (stack) => stack.preview());
        await engine.run(program, async (stack) => {
            await stack.up();
            look(resourcesOf(await stack.exportStack()));
        });
        await engine.run(program, async (stack) => {
            assert.deepEqual(changesOf((await stack.preview()).changeSummary), {}, "second preview");
            assert.deepEqual(changesOf((await stack.refresh()).summary.resourceChanges), {}, "refresh");
            await stack.destroy();
            assert.deepEqual(resourcesOf(await stack.exportStack()), []);
        });
        assert.deepEqual(engine.held(), []);
    } finally {
        engine.remove();
    }
}

/** Counts as measured with the real plugins (awsx 3.9, eks 4.3). */
describe("remote components on the stand-in cloud", function () {
    this.timeout(60_000);

    it("build a VPC and an EKS cluster with default nodes", async () => {
        const program = async () => {
            const vpc = new awsx.ec2.Vpc("net", {
                natGateways: { strategy: "Single" },
                subnetStrategy: "Auto",
                tags: { team: "a" },
            });
            const cluster = new eks.Cluster("k", {
                vpcId: vpc.vpcId,
                publicSubnetIds: vpc.publicSubnetIds,
                privateSubnetIds: vpc.privateSubnetIds,
            });
            const own = new k8s.Provider("own", { kubeconfig: cluster.kubeconfigJson });
            new k8s.core.v1.Namespace("n", {}, { provider: own });
            return { issuer: cluster.oidcProviderUrl, subnets: vpc.privateSubnetIds };
        };
        await wholeLife(program, (resources) => {
            assert.deepEqual(children(resources, "net"), {
                Eip: 1,
                InternetGateway: 1,
                NatGateway: 1,
                Route: 6,
                RouteTable: 6,
                RouteTableAssociation: 6,
                Subnet: 6,
                Vpc: 1,
            });
            assert.deepEqual(children(resources, "k"), {
                Addon: 3,
                Cluster: 1,
                ConfigMap: 1,
                Group: 1,
                InstanceProfile: 1,
                LaunchTemplate: 1,
                Role: 2,
                RolePolicyAttachment: 4,
                SecurityGroup: 2,
                SecurityGroupRule: 6,
                ServiceRole: 2,
                VpcCniAddon: 1,
                kubernetes: 1,
            });
            const cluster = find(resources, "aws:eks/cluster:Cluster", "k-eksCluster").inputs ?? {};
            const vpcConfig = cluster["vpcConfig"] as { [key: string]: unknown };
            assert.deepEqual(
                Object.keys(vpcConfig).sort(),
                ["securityGroupIds", "subnetIds"],
                "no endpointPublicAccess",
            );
            assert.equal(cluster["enabledClusterLogTypes"], undefined);
            assert.equal(cluster["encryptionConfig"], undefined);
            const template = find(resources, "aws:ec2/launchTemplate:LaunchTemplate", "k-launchTemplate").inputs ?? {};
            assert.equal(template["metadataOptions"], undefined);
            assert.deepEqual(template["blockDeviceMappings"], []);
            const [networkInterface] = template["networkInterfaces"] as { associatePublicIpAddress: unknown }[];
            assert.equal(networkInterface?.associatePublicIpAddress, "true");
            const subnet = find(resources, "aws:ec2/subnet:Subnet", "net-public-1").inputs ?? {};
            assert.equal(subnet["mapPublicIpOnLaunch"], true);
            assert.equal(subnet["cidrBlock"], "10.0.32.0/20");
            const rules = resources.filter(({ type }) => type === "aws:ec2/securityGroupRule:SecurityGroupRule");
            const open = rules.filter(({ inputs }) => JSON.stringify(inputs).includes("0.0.0.0/0"));
            assert.deepEqual(
                open.map(({ inputs }) => inputs?.["type"]),
                ["egress", "egress"],
            );
        });
    });

    it("build a private EKS cluster and node groups of its own in the provider's region", async () => {
        const program = async () => {
            const provider = new aws.Provider("mumbai", { region: "ap-south-1", allowedAccountIds: ["111122223333"] });
            const providers = { aws: provider };
            const key = new aws.kms.Key("key", {}, { provider });
            const role = new aws.iam.Role("nodes", { assumeRolePolicy: "{}" }, { provider });
            const cluster = new eks.Cluster(
                "k",
                {
                    vpcId: "vpc-1",
                    privateSubnetIds: ["subnet-1", "subnet-2"],
                    skipDefaultNodeGroup: true,
                    authenticationMode: "API",
                    endpointPrivateAccess: true,
                    endpointPublicAccess: false,
                    encryptionConfigKeyArn: key.arn,
                    enabledClusterLogTypes: ["audit"],
                    createOidcProvider: true,
                },
                { providers },
            );
            new eks.ManagedNodeGroup("managed", { cluster, nodeRole: role, enableIMDSv2: true }, { providers });
            new eks.NodeGroupV2(
                "own",
                { cluster, instanceProfileName: "profile", nodeAssociatePublicIpAddress: false },
                { providers },
            );
            return { url: cluster.oidcProviderUrl };
        };
        await wholeLife(program, (resources) => {
            assert.deepEqual(children(resources, "k"), {
                Addon: 2,
                Cluster: 1,
                OpenIdConnectProvider: 1,
                Role: 1,
                RolePolicyAttachment: 1,
                SecurityGroup: 2,
                SecurityGroupRule: 6,
                ServiceRole: 1,
                VpcCniAddon: 1,
                kubernetes: 1,
            });
            assert.deepEqual(children(resources, "own"), {
                Group: 1,
                LaunchTemplate: 1,
                SecurityGroup: 1,
                SecurityGroupRule: 5,
            });
            assert.deepEqual(children(resources, "managed"), { LaunchTemplate: 1, NodeGroup: 1 });
            const cluster = find(resources, "aws:eks/cluster:Cluster", "k-eksCluster");
            assert.match(String(cluster.outputs?.["arn"]), /^arn:aws:eks:ap-south-1:111122223333:cluster\//);
            const { vpcConfig, encryptionConfig } = cluster.inputs as { [key: string]: { [key: string]: unknown } };
            assert.equal(vpcConfig?.["endpointPublicAccess"], false);
            assert.match(JSON.stringify(encryptionConfig), /arn:aws:kms:ap-south-1:111122223333:key/);
        });
    });

    it("build ECS services, load balancers, registries and manifests, insecure defaults included", async () => {
        const program = async () => {
            const balancer = new awsx.lb.ApplicationLoadBalancer("web", { subnetIds: ["subnet-1", "subnet-2"] });
            new awsx.ecr.Repository("Images");
            new awsx.ecs.FargateService("app", {
                networkConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
                taskDefinitionArgs: {
                    container: {
                        name: "app",
                        image: "nginx:1.27",
                        cpu: 256,
                        memory: 600,
                        portMappings: [{ containerPort: 80, targetGroup: balancer.defaultTargetGroup }],
                    },
                },
            });
            const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
            const yaml = [
                "apiVersion: v1",
                "kind: ConfigMap",
                "metadata: { name: settings, namespace: a }",
                "data: { x: '1' }",
                "---",
                "apiVersion: argoproj.io/v1alpha1",
                "kind: Rollout",
                "metadata: { name: app }",
                "spec: { replicas: 2 }",
            ].join("\n");
            new k8s.yaml.v2.ConfigGroup("manifests", { yaml }, { provider });
            new k8s.helm.v3.Release("chart", { chart: "argo-cd", namespace: "argocd" }, { provider });
            return { url: balancer.loadBalancer.dnsName };
        };
        await wholeLife(program, (resources) => {
            assert.deepEqual(children(resources, "web"), {
                Listener: 1,
                LoadBalancer: 1,
                SecurityGroup: 1,
                TargetGroup: 1,
            });
            assert.deepEqual(children(resources, "Images"), { LifecyclePolicy: 1, Repository: 1 });
            assert.deepEqual(children(resources, "app"), {
                FargateTaskDefinition: 1,
                LogGroup: 1,
                Role: 2,
                RolePolicyAttachment: 1,
                Service: 1,
                TaskDefinition: 1,
            });
            assert.deepEqual(children(resources, "manifests"), { ConfigMap: 1, Rollout: 1 });
            const group = find(resources, "aws:ec2/securityGroup:SecurityGroup", "web").inputs ?? {};
            assert.match(JSON.stringify(group["ingress"]), /0\.0\.0\.0\/0.*::\/0/);
            assert.equal(find(resources, "aws:lb/listener:Listener", "web-0").inputs?.["protocol"], "HTTP");
            const task = find(resources, "aws:ecs/taskDefinition:TaskDefinition", "app").inputs ?? {};
            assert.deepEqual([task["cpu"], task["memory"]], ["256", "1024"]);
            assert.match(String(task["containerDefinitions"]), /"awslogs-group":"app-[0-9a-f]{7}"/);
            const service = find(resources, "aws:ecs/service:Service", "app").inputs ?? {};
            assert.match(JSON.stringify(service["loadBalancers"]), /"containerName":"app","containerPort":80/);
        });
    });

    it("says what it can't build", async () => {
        const engine = new Engine();
        const program = async () => {
            new eks.Cluster("k", { autoMode: { enabled: true } });
        };
        try {
            await assert.rejects(
                engine.run(program, (stack) => stack.preview()),
                /the sandbox can't build eks\.Cluster with autoMode: add it to sandbox\/cloud\/construct\/eks-cluster\.ts/,
            );
        } finally {
            engine.remove();
        }
    });
});
