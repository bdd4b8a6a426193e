import assert from "node:assert/strict";
import { check } from "../../../sandbox/cloud/check";
import { type Bag, bagOf, secret, UNKNOWN } from "../../../sandbox/cloud/wire";

function run(type: string, news: Bag, namespace = "default") {
    const seed = Buffer.from("seed");
    return check({ type, name: "thing", seed, autonaming: undefined, olds: {}, namespace }, news);
}

const reasons = (type: string, news: Bag) =>
    run(type, news).failures.map(({ property, reason }) => `${property}: ${reason}`);

describe("sandbox/cloud/check", () => {
    it("refuses missing, unknown and ill-typed properties", () => {
        assert.deepEqual(reasons("aws:ec2/subnet:Subnet", { cidrBlok: "a", tags: "x", ipv4NetmaskLength: "ten" }), [
            'cidrBlok: unexpected property: aws:ec2/subnet:Subnet has no input "cidrBlok"',
            "tags: expected a map, got a string",
            "ipv4NetmaskLength: expected a number, got a string",
            'vpcId: missing required property: aws:ec2/subnet:Subnet needs "vpcId"',
        ]);
    });

    it("accepts what isn't known yet and what reads as the right type", () => {
        const news = { vpcId: UNKNOWN, tags: UNKNOWN, ipv4NetmaskLength: "24", mapPublicIpOnLaunch: "true" };
        assert.deepEqual(run("aws:ec2/subnet:Subnet", news), { inputs: news, failures: [] });
    });

    it("turns policy documents into JSON and keeps secrets wrapped", () => {
        const { inputs } = run("aws:iam/policy:Policy", { name: "a", policy: secret({ Statement: [] }) });
        assert.deepEqual(inputs["policy"], secret('{"Statement":[]}'));
    });

    it("sets pulumi-aws's own defaults and notes them", () => {
        const { inputs } = run("aws:ec2/securityGroup:SecurityGroup", { vpcId: "vpc-1" });
        assert.equal(inputs["description"], "Managed by Pulumi");
        assert.deepEqual(inputs["__defaults"], ["name", "description"]);
    });

    it("puts namespaced objects into the provider's namespace, and no others", () => {
        const namespaceOf = (type: string, metadata: Bag = { name: "a" }) =>
            bagOf(
                run(type, type.includes("Deployment") ? { metadata, spec: {} } : { metadata }, "mine").inputs[
                    "metadata"
                ],
            )["namespace"];
        assert.equal(namespaceOf("kubernetes:apps/v1:Deployment"), "mine");
        assert.equal(namespaceOf("kubernetes:core/v1:Secret", { namespace: "own" }), "own");
        assert.equal(namespaceOf("kubernetes:core/v1:Namespace"), undefined);
        assert.equal(namespaceOf("kubernetes:argoproj.io/v1alpha1:Rollout"), undefined);
    });

    it("takes any inputs of a custom resource", () => {
        assert.deepEqual(
            reasons("kubernetes:argoproj.io/v1alpha1:Rollout", { metadata: { name: "a" }, anything: 1 }),
            [],
        );
    });
});
