import assert from "node:assert/strict";
import { type Autonaming, autoname, isAutonamed } from "../../../sandbox/cloud/naming";
import { type Bag, bagOf, UNKNOWN } from "../../../sandbox/cloud/wire";

const seed = Buffer.from("seed of this deployment");

function name(type: string, inputs: Bag = {}, more: { olds?: Bag; autonaming?: Autonaming; name?: string } = {}): Bag {
    const { olds = {}, autonaming, name: logical = "Web" } = more;
    return autoname({ type, name: logical, seed, autonaming, olds }, inputs);
}

describe("sandbox/cloud/naming", () => {
    it("names as Pulumi does: logical name and seven hexadecimal digits", () => {
        const inputs = name("aws:iam/role:Role");
        assert.match(String(inputs["name"]), /^Web-[0-9a-f]{7}$/);
        assert.deepEqual(inputs["__defaults"], ["name"]);
        assert.deepEqual(inputs, name("aws:iam/role:Role"), "the same seed gives the same name");
    });

    it("uses each type's own naming input and form", () => {
        assert.match(String(name("aws:s3/bucket:Bucket")["bucket"]), /^web-[0-9a-f]{7}$/);
        assert.match(String(name("aws:rds/instance:Instance")["identifier"]), /^Web[0-9a-f]{7}$/);
        assert.match(String(name("aws:kms/alias:Alias")["name"]), /^alias\/Web-[0-9a-f]{7}$/);
        assert.match(String(name("aws:eks/nodeGroup:NodeGroup")["nodeGroupName"]), /^Web-/);
        assert.match(String(name("aws:glue/catalogDatabase:CatalogDatabase")["name"]), /^web_[a-z]{8}$/);
        assert.match(String(name("aws:sqs/queue:Queue", { fifoQueue: true })["name"]), /^Web-[0-9a-f]{7}\.fifo$/);
    });

    it("keeps within the service's length", () => {
        const long = "a-very-long-logical-name-for-a-load-balancer";
        assert.equal(String(name("aws:lb/loadBalancer:LoadBalancer", {}, { name: long })["name"]).length, 32);
    });

    it("leaves given names, prefixes, unknown names and types without a name alone", () => {
        for (const [type, inputs] of [
            ["aws:iam/role:Role", { name: "mine" }],
            ["aws:iam/role:Role", { namePrefix: "mine-" }],
            ["aws:iam/role:Role", { name: UNKNOWN }],
            ["aws:ec2/vpc:Vpc", {}],
            ["aws:route53/record:Record", {}],
            ["aws:rds/cluster:Cluster", {}],
        ] as const) {
            assert.deepEqual(name(type, inputs), inputs, type);
        }
    });

    it("keeps a name it made up, and makes a new one once the program's own is taken away", () => {
        const olds = { name: "Web-0000000", __defaults: ["name"] };
        assert.equal(name("aws:iam/role:Role", {}, { olds })["name"], "Web-0000000");
        assert.match(String(name("aws:iam/role:Role", {}, { olds: { name: "mine" } })["name"]), /^Web-/);
    });

    it("obeys the stack's autonaming", () => {
        const proposedName = "dev-Web";
        const asked = (mode: Autonaming["mode"], type = "aws:s3/bucket:Bucket") =>
            name(type, {}, { autonaming: { proposedName, mode } });
        assert.equal(asked("propose")["bucket"], "dev-web");
        assert.equal(asked("enforce")["bucket"], "dev-Web");
        assert.deepEqual(asked("disable"), {});
    });

    it("names Kubernetes objects with eight digits and marks them", () => {
        const inputs = name("kubernetes:core/v1:Secret", { metadata: { namespace: "a" } }, { name: "db" });
        const metadata = bagOf(inputs["metadata"]);
        assert.match(String(metadata["name"]), /^db-[0-9a-f]{8}$/);
        assert.deepEqual(metadata["annotations"], { "pulumi.com/autonamed": "true" });
        assert.equal(isAutonamed("kubernetes:core/v1:Secret", inputs), true);
        const again = name("kubernetes:core/v1:Secret", { metadata: {} }, { olds: inputs, name: "db" });
        assert.equal(bagOf(again["metadata"])["name"], metadata["name"]);
        const named = { metadata: { name: "fixed" } };
        assert.deepEqual(name("kubernetes:core/v1:Secret", named), named);
    });
});
