import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import { Cluster, type ClusterArgs } from "../../../components/foundation/cluster";
import { irsaRole } from "../../../components/foundation/irsa";
import { record, rejection, resolved, testPlace } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";

const standard = { instanceTypes: ["t3.large"], minSize: 2, maxSize: 4 } as const;
const args: ClusterArgs = {
    ...testPlace,
    clusterName: "shop-dev",
    version: "1.34",
    vpcId: "vpc-1",
    publicSubnetIds: ["subnet-public-1"],
    privateSubnetIds: ["subnet-private-1", "subnet-private-2"],
    nodeGroups: { standard },
};
const build = (more: Partial<ClusterArgs> = {}) => record(() => new Cluster("shop", { ...args, ...more }));
const refused = (more: Partial<ClusterArgs>) => rejection(() => new Cluster("shop", { ...args, ...more }));

describe("Cluster", () => {
    it("is private, logs everything and leaves nothing to the component's defaults", async () => {
        const { recording } = await build();
        const { encryptionConfigKeyArn, accessEntries, ...cluster } = recording.inputsOf(eks.Cluster);
        assert.match(String(encryptionConfigKeyArn), /shop-data-key$/);
        assert.deepEqual(accessEntries, {});
        assert.deepEqual(cluster, {
            name: "shop-dev",
            version: "1.34",
            vpcId: "vpc-1",
            publicSubnetIds: ["subnet-public-1"],
            privateSubnetIds: ["subnet-private-1", "subnet-private-2"],
            endpointPrivateAccess: true,
            endpointPublicAccess: false,
            enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            authenticationMode: "API",
            providerCredentialOpts: {},
            deletionProtection: false,
            skipDefaultNodeGroup: true,
            skipDefaultSecurityGroups: true,
            createOidcProvider: false,
            bootstrapSelfManagedAddons: false,
            useDefaultVpcCni: true,
            kubeProxyAddonOptions: {
                enabled: false,
                resolveConflictsOnCreate: "OVERWRITE",
                resolveConflictsOnUpdate: "OVERWRITE",
            },
            corednsAddonOptions: {
                enabled: false,
                resolveConflictsOnCreate: "OVERWRITE",
                resolveConflictsOnUpdate: "OVERWRITE",
            },
        });
    });

    it("is reached from outside by the networks given and no others", async () => {
        const { recording } = await build({ publicAccessCidrs: ["203.0.113.0/24"] });
        const cluster = recording.inputsOf(eks.Cluster);
        assert.equal(cluster.endpointPublicAccess, true);
        assert.equal(cluster.endpointPrivateAccess, true);
        assert.deepEqual(cluster.publicAccessCidrs, ["203.0.113.0/24"]);
    });

    it("keeps control plane logs in a group that exists first, encrypted and with an end", async () => {
        const { recording } = await build({ logRetentionDays: 90 });
        const group = recording.inputsOf(aws.cloudwatch.LogGroup);
        assert.equal(group.name, "/aws/eks/shop-dev/cluster");
        assert.equal(group.retentionInDays, 90);
        assert.match(String(group.kmsKeyId), /shop-data-key$/);
        const types = recording.resources.map((resource) => resource.type);
        assert.ok(types.indexOf("aws:cloudwatch/logGroup:LogGroup") < types.indexOf("eks:index:Cluster"));
    });

    it("lets Logs and Auto Scaling use its key, for this cluster's logs and this account only", async () => {
        const { recording } = await build();
        const policy = recording.inputsOf(aws.kms.Key).policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), [
            "AccountPolicies",
            "CloudWatchLogs",
            "AutoScalingVolumes",
            "AutoScalingVolumeGrants",
        ]);
        assert.deepEqual(statementOf(policy, "CloudWatchLogs").Condition, {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": [
                    "arn:aws:logs:us-east-1:111111111111:log-group:/aws/eks/shop-dev/*",
                ],
            },
        });
        const grants = statementOf(policy, "AutoScalingVolumeGrants");
        assert.equal(grants.Principal, "*");
        assert.deepEqual(grants.Action, ["kms:CreateGrant"]);
        assert.deepEqual(grants.Condition, {
            StringEquals: { "kms:CallerAccount": "111111111111" },
            ArnEquals: {
                "aws:PrincipalArn":
                    "arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
            },
            Bool: { "kms:GrantIsForAWSResource": "true" },
        });
    });

    it("uses a key that it is given", async () => {
        const keyArn = "arn:aws:kms:us-east-1:111111111111:key/given";
        const { recording } = await build({ keyArn });
        assert.deepEqual(recording.names(aws.kms.Key), []);
        assert.equal(recording.inputsOf(eks.Cluster).encryptionConfigKeyArn, keyArn);
        assert.equal(recording.inputsOf(aws.cloudwatch.LogGroup).kmsKeyId, keyArn);
    });

    it("starts nodes with IMDSv2 out of reach of pods, encrypted gp3 and no public address", async () => {
        const { recording } = await build({ tags: { Project: "shop" } });
        const template = recording.inputsOf(aws.ec2.LaunchTemplate);
        assert.deepEqual(template.metadataOptions, {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        const ebs = template.blockDeviceMappings?.[0]?.ebs;
        assert.deepEqual(
            { ...ebs, kmsKeyId: undefined },
            {
                volumeType: "gp3",
                volumeSize: 50,
                encrypted: "true",
                deleteOnTermination: "true",
                kmsKeyId: undefined,
            },
        );
        assert.match(String(ebs?.kmsKeyId), /shop-data-key$/);
        assert.deepEqual(template.networkInterfaces, [
            {
                deviceIndex: 0,
                associatePublicIpAddress: "false",
                deleteOnTermination: "true",
                securityGroups: ["sg-shop-control-plane"],
            },
        ]);
        assert.deepEqual(
            template.tagSpecifications?.map((spec) => [spec.resourceType, spec.tags]),
            ["instance", "volume", "network-interface"].map((type) => [
                type,
                { Name: "shop-standard", Project: "shop" },
            ]),
        );
    });

    it("makes standard, spot, Graviton and GPU groups in private subnets", async () => {
        const { recording } = await build({
            nodeGroups: {
                standard: { ...standard, desiredSize: 3 },
                spot: { instanceTypes: ["m6i.large", "m5.large"], minSize: 0, maxSize: 8, spot: true },
                graviton: { instanceTypes: ["m7g.large"], minSize: 1, maxSize: 2 },
                gpu: { instanceTypes: ["g5.xlarge"], minSize: 0, maxSize: 2, gpu: true, labels: { model: "evidence" } },
            },
        });
        const group = (key: string) => recording.inputsOf(aws.eks.NodeGroup, `shop-${key}`);
        assert.deepEqual(recording.names(aws.eks.NodeGroup), [
            "shop-gpu",
            "shop-graviton",
            "shop-spot",
            "shop-standard",
        ]);
        const plain = group("standard");
        assert.deepEqual(
            [plain.clusterName, plain.version, plain.amiType, plain.capacityType, plain.taints],
            ["shop-dev", "1.34", "AL2023_x86_64_STANDARD", "ON_DEMAND", []],
        );
        assert.deepEqual(plain.scalingConfig, { minSize: 2, maxSize: 4, desiredSize: 3 });
        assert.deepEqual(plain.subnetIds, ["subnet-private-1", "subnet-private-2"]);
        assert.equal(plain.remoteAccess, undefined);
        assert.equal(group("spot").capacityType, "SPOT");
        assert.deepEqual(group("spot").instanceTypes, ["m6i.large", "m5.large"]);
        assert.equal(group("graviton").amiType, "AL2023_ARM_64_STANDARD");
        const gpu = group("gpu");
        assert.equal(gpu.amiType, "AL2023_x86_64_NVIDIA");
        assert.deepEqual(gpu.taints, [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }]);
        assert.deepEqual(gpu.labels, { "nvidia.com/gpu.present": "true", model: "evidence" });
        assert.equal(
            recording.inputsOf(aws.ec2.LaunchTemplate, "shop-gpu-template").blockDeviceMappings?.[0]?.ebs?.volumeSize,
            100,
        );
    });

    it("gives nodes the two policies that EKS asks for, and the network plugin and volumes roles of their own", async () => {
        const { recording } = await build();
        const attached = recording
            .all(aws.iam.RolePolicyAttachment)
            .map(({ name, inputs }) => [name, String(inputs["policyArn"]).replace("arn:aws:iam::aws:policy/", "")]);
        assert.deepEqual(attached.sort(), [
            ["shop-ebs-csi-role-policy", "service-role/AmazonEBSCSIDriverPolicy"],
            ["shop-node-AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerRegistryPullOnly"],
            ["shop-node-AmazonEKSWorkerNodePolicy", "AmazonEKSWorkerNodePolicy"],
            ["shop-vpc-cni-role-policy", "AmazonEKS_CNI_Policy"],
        ]);
        const csi = recording.inputsOf(aws.iam.RolePolicy, "shop-ebs-csi-role-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(csi)), ["GrantVolumesTheKey", "UseKey"]);
        for (const statement of Object.values(statementsOf(csi))) {
            assert.equal(statement.Resource?.length, 1);
            assert.match(String(statement.Resource?.[0]), /:kms:.*shop-data-key$/);
        }
    });

    it("has the four add-ons, with network policies enforced", async () => {
        const { recording } = await build({ addonVersions: { coredns: "v1.12.4-eksbuild.1" } });
        const addon = (name: string) => recording.inputsOf(aws.eks.Addon, `shop-${name}`);
        assert.deepEqual(recording.names(aws.eks.Addon), [
            "shop-aws-ebs-csi-driver",
            "shop-coredns",
            "shop-kube-proxy",
            "shop-vpc-cni",
        ]);
        assert.equal(addon("vpc-cni").configurationValues, '{"enableNetworkPolicy":"true"}');
        assert.match(String(addon("vpc-cni").serviceAccountRoleArn), /shop-vpc-cni-role$/);
        assert.equal(addon("coredns").addonVersion, "v1.12.4-eksbuild.1");
        assert.equal(addon("kube-proxy").addonVersion, undefined);
    });

    it("names its issuer to IAM without a thumbprint", async () => {
        const { recording, result } = await build();
        assert.deepEqual(recording.resource(aws.iam.OpenIdConnectProvider).inputs, {
            url: "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
            clientIdLists: ["sts.amazonaws.com"],
        });
        assert.equal(await resolved(result.oidcIssuer), "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE");
        assert.equal(await resolved(result.clusterName), "shop-dev");
        assert.equal(await resolved(result.securityGroupId), "sg-shop-control-plane");
    });

    it("has a Kubernetes provider of its own, and encrypted volumes as default", async () => {
        const { recording } = await build();
        const provider = recording.inputsOf(k8s.Provider);
        assert.deepEqual(JSON.parse(String(provider.kubeconfig)), { kind: "Config", clusters: [{ name: "shop-dev" }] });
        const storage = recording.resource(k8s.storage.v1.StorageClass);
        assert.match(storage.provider, /shop-kubernetes/);
        const parameters = recording.inputsOf(k8s.storage.v1.StorageClass).parameters;
        assert.equal(parameters?.["encrypted"], "true");
        assert.match(String(parameters?.["kmsKeyId"]), /shop-data-key$/);
    });

    it("lets administrators in, and the deployer by the role that it assumes", async () => {
        const { recording } = await build({
            deployerRoleArn: "arn:aws:iam::111111111111:role/deployer",
            administratorRoleArns: { operators: "arn:aws:iam::111111111111:role/operators" },
        });
        const cluster = recording.inputsOf(eks.Cluster);
        assert.deepEqual(cluster.providerCredentialOpts, { roleArn: "arn:aws:iam::111111111111:role/deployer" });
        assert.deepEqual(cluster.accessEntries?.["operators"], {
            principalArn: "arn:aws:iam::111111111111:role/operators",
            accessPolicies: {
                admin: {
                    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                    accessScope: { type: "cluster" },
                },
            },
        });
    });

    it("can't be deleted in AWS either where it is protected", async () => {
        const { recording } = await build({ protect: true });
        assert.equal(recording.inputsOf(eks.Cluster).deletionProtection, true);
    });

    it("tells all that is wrong at once", () => {
        const message = refused({
            clusterName: "shop dev",
            version: "latest",
            publicAccessCidrs: ["0.0.0.0/0", "10.0.0.0/16", "home"],
            logRetentionDays: 8,
            nodeGroups: {
                gpu: { instanceTypes: ["t3.large"], minSize: 3, maxSize: 2, gpu: true },
                Mixed: { instanceTypes: ["m6i.large", "m6g.large"], minSize: 1, maxSize: 2, desiredSize: 3 },
            },
        });
        for (const expected of [
            /clusterName is not a name for EKS: EKS cluster name "shop dev" breaks the rule/,
            /version must be a Kubernetes version such as 1\.34, got "latest"/,
            /publicAccessCidrs must be IPv4 networks of \/24 or narrower, got "0\.0\.0\.0\/0"/,
            /publicAccessCidrs must be IPv4 networks of \/24 or narrower, got "10\.0\.0\.0\/16"/,
            /publicAccessCidrs must be IPv4 networks of \/24 or narrower, got "home"/,
            /nodeGroups\.gpu\.gpu needs types with NVIDIA GPUs, got t3\.large/,
            /nodeGroups\.gpu\.minSize must be at most maxSize \(2\), got 3/,
            /nodeGroups\.Mixed must be a short lower-case name/,
            /nodeGroups\.Mixed\.instanceTypes must be of one architecture, got x86_64 and arm64/,
            /nodeGroups\.Mixed\.desiredSize must be from minSize \(1\) to maxSize \(2\), got 3/,
            /logRetentionDays must be one of/,
        ]) {
            assert.match(message, expected);
        }
    });

    it("refuses a cluster of tainted nodes only, and GPUs that nobody could use", () => {
        const gpu = { instanceTypes: ["g4dn.xlarge"], minSize: 0, maxSize: 1 };
        assert.match(refused({ nodeGroups: { gpu: { ...gpu, gpu: true } } }), /must have a group without taints/);
        assert.match(
            refused({ nodeGroups: { standard, gpu } }),
            /nodeGroups\.gpu\.gpu must be true for g4dn\.xlarge: without it the GPUs would stay unused/,
        );
    });
});

describe("irsaRole", () => {
    const role = (more: object = {}) =>
        record(() => {
            const cluster = new Cluster("shop", args);
            return irsaRole("app", { cluster, namespace: "shop", serviceAccount: "api", ...more });
        });

    it("trusts one service account of one cluster", async () => {
        const { recording } = await role();
        assert.deepEqual(statementsOf(recording.inputsOf(aws.iam.Role, "app").assumeRolePolicy), {
            ServiceAccount: {
                Sid: "ServiceAccount",
                Effect: "Allow",
                Principal: { Federated: ["arn:aws:iam::111111111111:shop-oidc"] },
                Action: ["sts:AssumeRoleWithWebIdentity"],
                Condition: {
                    StringEquals: {
                        "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub": "system:serviceaccount:shop:api",
                        "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:aud": "sts.amazonaws.com",
                    },
                },
            },
        });
        assert.equal(recording.names(aws.iam.RolePolicy).includes("app-policy"), false);
    });

    it("may do what its statements and policies say", async () => {
        const { recording } = await role({
            statements: [{ sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }],
            managedPolicyArns: { ecr: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly" },
        });
        assert.deepEqual(statementOf(recording.inputsOf(aws.iam.RolePolicy, "app-policy").policy, "Read").Resource, [
            "arn:aws:s3:::shop/*",
        ]);
        assert.ok(recording.names(aws.iam.RolePolicyAttachment).includes("app-ecr"));
    });

    it("refuses wildcards", async () => {
        const { result: cluster } = await build();
        assert.equal(
            rejection(() => irsaRole("app", { cluster, namespace: "*", serviceAccount: "api-*" })),
            "Service account role app can't be built:\n" +
                '  namespace must be a Kubernetes name without wildcards, got "*"\n' +
                '  serviceAccount must be a Kubernetes name without wildcards, got "api-*"',
        );
    });
});
