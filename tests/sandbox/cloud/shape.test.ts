import assert from "node:assert/strict";
import { declarationFile, parseShape, resultOf, shapeOf } from "../../../sandbox/cloud/shape";

describe("sandbox/cloud/shape", () => {
    it("finds a type's declaration from its token", () => {
        const found = [
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:index/getRegion:getRegion",
            "random:index/randomPassword:RandomPassword",
            "kubernetes:core/v1:Service",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
            "kubernetes:storage.k8s.io/v1:CSIDriver",
            "kubernetes:helm.sh/v3:Release",
        ].map((token) => declarationFile(token)?.split("@pulumi/")[1]);
        assert.deepEqual(found, [
            "aws/ec2/securityGroup.d.ts",
            "aws/getRegion.d.ts",
            "random/randomPassword.d.ts",
            "kubernetes/core/v1/service.d.ts",
            "kubernetes/networking/v1/networkPolicy.d.ts",
            "kubernetes/rbac/v1/clusterRoleBinding.d.ts",
            "kubernetes/storage/v1/csidriver.d.ts",
            "kubernetes/helm/v3/release.d.ts",
        ]);
    });

    it("has no declaration for a custom resource, an unknown type or a package that isn't installed", () => {
        for (const token of [
            "kubernetes:argoproj.io/v1alpha1:Rollout",
            "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshot",
            "aws:ec2/nothing:Nothing",
            "gcp:compute/instance:Instance",
        ]) {
            assert.equal(declarationFile(token), undefined, token);
            assert.equal(shapeOf(token), undefined, token);
        }
    });

    it("reads kinds, what is required, and what may stay unset", () => {
        const subnet = shapeOf("aws:ec2/subnet:Subnet");
        assert.equal(subnet?.inputs.get("vpcId")?.required, true);
        assert.equal(subnet?.inputs.get("cidrBlock")?.required, false);
        assert.equal(subnet?.inputs.get("ipv4NetmaskLength")?.kind, "number");
        assert.equal(subnet?.inputs.get("tags")?.kind, "map");
        assert.equal(subnet?.inputs.has("arn"), false);
        assert.deepEqual(subnet?.outputs.get("arn"), { kind: "string", optional: false });
        assert.deepEqual(subnet?.outputs.get("mapPublicIpOnLaunch"), { kind: "boolean", optional: true });
        assert.deepEqual(subnet?.outputs.get("tagsAll"), { kind: "map", optional: false });
        assert.equal(shapeOf("aws:lb/loadBalancer:LoadBalancer")?.outputs.get("securityGroups")?.kind, "list");
        assert.equal(shapeOf("aws:iam/policy:Policy")?.inputs.get("policy")?.policyDocument, true);
        assert.equal(shapeOf("aws:ecr/lifecyclePolicy:LifecyclePolicy")?.inputs.get("policy")?.policyDocument, true);
    });

    it("takes replacement from the documentation of the input alone", () => {
        const shape = parseShape(
            [
                "export declare class Thing extends pulumi.CustomResource {",
                "    readonly a: pulumi.Output<string>;",
                "}",
                "export interface ThingArgs {",
                "    /**",
                "     * The size. Changing this forces a new resource to be created.",
                "     */",
                "    a?: pulumi.Input<string | undefined>;",
                "    /**",
                "     * The colour.",
                "     */",
                "    b: pulumi.Input<{",
                "        [key: string]: pulumi.Input<string>;",
                "    }>;",
                "    c?: pulumi.Input<boolean>;",
                "}",
            ].join("\n"),
            "Thing",
        );
        assert.deepEqual(
            [...shape.inputs].map(([name, { kind, required, replaces }]) => [name, kind, required, replaces]),
            [
                ["a", "string", false, true],
                ["b", "map", true, false],
                ["c", "boolean", false, false],
            ],
        );
    });

    it("reads the fields of a function's result", () => {
        const fields = resultOf("aws:ec2/getVpc:getVpc");
        assert.equal(fields.get("cidrBlock"), "string");
        assert.equal(fields.get("enableDnsSupport"), "boolean");
        assert.equal(fields.get("tags"), "map");
        assert.equal(fields.has("filters"), false, "optional fields stay out");
    });
});
