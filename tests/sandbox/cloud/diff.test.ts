import assert from "node:assert/strict";
import { diff } from "../../../sandbox/cloud/diff";
import { type Bag, secret, UNKNOWN } from "../../../sandbox/cloud/wire";

const IMMUTABLE = { configMap: false, secret: false };

function changes(type: string, olds: Bag, news: Bag, ignored: readonly string[] = [], mutable = IMMUTABLE): string[] {
    const found = diff(type, olds, news, ignored, mutable);
    return [...found.changes].map(([path, { change, replaces }]) => `${path} ${change}${replaces ? " replaces" : ""}`);
}

describe("sandbox/cloud/diff", () => {
    it("is blind to key order, secret wrapping, the provider's notes and absent against null", () => {
        const olds = { tags: { a: "1", b: "2" }, password: secret("x"), port: 80, __defaults: ["name"] };
        const news = { port: "80", password: "x", tags: { b: "2", a: "1" }, description: null };
        assert.deepEqual(changes("aws:rds/instance:Instance", olds, news), []);
    });

    it("writes paths as the engine does", () => {
        const olds = { a: { b: [{ c: 1 }] }, tags: { "kubernetes.io/x": "1" } };
        const news = { a: { b: [{ c: 2 }, { c: 3 }] }, tags: {} };
        assert.deepEqual(changes("aws:ec2/vpc:Vpc", olds, news), [
            "a.b[0].c update",
            "a.b[1] add",
            'tags["kubernetes.io/x"] delete',
        ]);
    });

    it("takes an unknown for a change, and an asset for its hash", () => {
        const sig = "4dabf18193072939515e22adb298388d";
        const asset = (hash: string, path: string) => ({ [sig]: "c44067f5952c0a294b673a41bacd8c17", hash, path });
        assert.deepEqual(changes("aws:ec2/vpc:Vpc", { x: "1" }, { x: UNKNOWN }), ["x update"]);
        assert.deepEqual(changes("aws:ec2/vpc:Vpc", { x: asset("1", "a") }, { x: asset("1", "b") }), []);
        assert.deepEqual(changes("aws:ec2/vpc:Vpc", { x: asset("1", "a") }, { x: asset("2", "a") }), ["x update"]);
    });

    it("replaces for what the table, the documentation and the name say, and updates otherwise", () => {
        assert.deepEqual(changes("aws:ec2/subnet:Subnet", { cidrBlock: "a" }, { cidrBlock: "b" }), [
            "cidrBlock update replaces",
        ]);
        assert.deepEqual(changes("aws:ec2/subnet:Subnet", { tags: { a: "1" } }, { tags: { a: "2" } }), [
            "tags.a update",
        ]);
        assert.deepEqual(changes("aws:s3/bucket:Bucket", { bucket: "a" }, { bucket: "b" }), ["bucket update replaces"]);
        assert.deepEqual(changes("aws:rds/instance:Instance", { identifier: "a" }, { identifier: "b" }), [
            "identifier update",
        ]);
        assert.deepEqual(changes("aws:ecs/taskDefinition:TaskDefinition", { cpu: "1", tags: {} }, { cpu: "2" }), [
            "cpu update replaces",
            "tags delete",
        ]);
        assert.deepEqual(changes("aws:sqs/queue:Queue", { region: "a" }, { region: "b" }), ["region update replaces"]);
        assert.deepEqual(changes("random:index/randomPassword:RandomPassword", { length: 1 }, { length: 2 }), [
            "length update replaces",
        ]);
    });

    it("knows what Kubernetes won't change in place", () => {
        const metadata = { name: "a", namespace: "b" };
        assert.deepEqual(
            changes(
                "kubernetes:apps/v1:Deployment",
                { metadata, spec: { replicas: 1, selector: { matchLabels: { app: "a" } } } },
                { metadata, spec: { replicas: 2, selector: { matchLabels: { app: "b" } } } },
            ),
            ["spec.replicas update", "spec.selector.matchLabels.app update replaces"],
        );
        const moved = { ...metadata, namespace: "c" };
        assert.deepEqual(changes("kubernetes:core/v1:Service", { metadata }, { metadata: moved }), [
            "metadata.namespace update replaces",
        ]);
        const [olds, news] = [{ data: { a: "1" } }, { data: { a: "2" } }];
        assert.deepEqual(changes("kubernetes:core/v1:ConfigMap", olds, news), ["data.a update replaces"]);
        const mutable = { configMap: true, secret: false };
        assert.deepEqual(changes("kubernetes:core/v1:ConfigMap", olds, news, [], mutable), ["data.a update"]);
        assert.deepEqual(changes("kubernetes:argoproj.io/v1alpha1:Rollout", { spec: { a: 1 } }, { spec: { a: 2 } }), [
            "spec.a update",
        ]);
    });

    it("leaves ignored paths out", () => {
        const olds = { a: { b: 1 }, ab: 1 };
        assert.deepEqual(changes("aws:ec2/vpc:Vpc", olds, { a: { b: 2 }, ab: 2 }, ["a"]), ["ab update"]);
    });

    it("deletes first only what can't stand beside its successor", () => {
        const deletes = (type: string, olds: Bag, news: Bag) =>
            diff(type, olds, news, [], IMMUTABLE).deleteBeforeReplace;
        const type = "aws:lb/targetGroup:TargetGroup";
        assert.equal(deletes(type, { name: "a", port: 1 }, { name: "a", port: 2 }), true);
        assert.equal(deletes(type, { name: "a", port: 1 }, { name: "b", port: 1 }), false);
        assert.equal(deletes(type, { name: "a", tags: {} }, { name: "a" }), false, "an update deletes nothing");
        const made = { name: "a", __defaults: ["name"] };
        assert.equal(deletes(type, { ...made, port: 1 }, { ...made, port: 2 }), false);
        assert.equal(deletes("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "a" }, { role: "b" }), true);
    });
});
