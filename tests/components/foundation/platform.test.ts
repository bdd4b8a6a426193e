import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { architectureOf, hasNvidiaGpu } from "../../../components/foundation/instance-types";
import { Platform, type PlatformArgs } from "../../../components/foundation/platform";
import { policyDocument } from "../../../components/foundation/policy-document";
import { record, resolved, testPlace } from "../../support/mocks";

class Shop extends Platform {
    constructor(args: PlatformArgs) {
        super("test:index:Shop", "shop", "shop", args);
        new aws.sns.Topic("direct", {}, this.inAws());
        const part = new pulumi.ComponentResource("test:index:Part", "part", {}, this.inAws());
        new aws.sns.Topic("inherited", {}, { parent: part });
        this.registerOutputs();
    }
}

describe("Platform", () => {
    const args: PlatformArgs = { ...testPlace, environment: "dev" };

    it("acts in its account and region only, with standard tags, by the deployer's own credentials", async () => {
        const { recording } = await record(() => new Shop({ ...args, tags: { Team: "web" } }));
        const provider = recording.resource(aws.Provider, "shop-aws").inputs;
        assert.equal(provider["region"], "us-east-1");
        assert.deepEqual(JSON.parse(String(provider["allowedAccountIds"])), ["111111111111"]);
        assert.deepEqual(JSON.parse(String(provider["defaultTags"])), {
            tags: { Project: "shop", Environment: "dev", ManagedBy: "pulumi", Team: "web" },
        });
        assert.equal(provider["assumeRoles"], undefined);
    });

    it("assumes a role, with the external id that it asks for", async () => {
        const assumeRoleArn = "arn:aws:iam::111111111111:role/deployer";
        const { recording } = await record(() => new Shop({ ...args, assumeRoleArn, externalId: "shop-1" }));
        assert.deepEqual(JSON.parse(String(recording.resource(aws.Provider, "shop-aws").inputs["assumeRoles"])), [
            { roleArn: assumeRoleArn, externalId: "shop-1", sessionName: "pulumi-dev" },
        ]);
    });

    it("hands its provider on to parts and what they make", async () => {
        const { recording } = await record(() => new Shop(args));
        for (const name of ["direct", "inherited"]) {
            assert.match(recording.resource(aws.sns.Topic, name).provider, /::shop-aws::/, name);
        }
    });
});

describe("policyDocument", () => {
    it("leaves out what a statement doesn't have, and waits for what isn't known yet", async () => {
        const text = await resolved(
            policyDocument([
                {
                    sid: "Read",
                    actions: ["s3:GetObject"],
                    resources: [pulumi.output("arn:aws:s3:::a/*")],
                    conditions: { StringEquals: { "aws:SourceAccount": pulumi.output("1") } },
                },
                { sid: "Trust", effect: "Deny", actions: ["sts:AssumeRole"], principals: { aws: ["2"] } },
            ]),
        );
        assert.equal(
            text,
            '{"Version":"2012-10-17","Statement":[' +
                '{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::a/*"],"Condition":{"StringEquals":{"aws:SourceAccount":"1"}}},' +
                '{"Sid":"Trust","Effect":"Deny","Principal":{"AWS":["2"]},"Action":["sts:AssumeRole"]}]}',
        );
    });
});

describe("instance types", () => {
    for (const [type, architecture, gpu] of [
        ["t3.large", "x86_64", false],
        ["m7g.large", "arm64", false],
        ["c6gn.xlarge", "arm64", false],
        ["im4gn.large", "arm64", false],
        ["a1.large", "arm64", false],
        ["g4dn.xlarge", "x86_64", true],
        ["g4ad.xlarge", "x86_64", false],
        ["g5.xlarge", "x86_64", true],
        ["g5g.xlarge", "arm64", true],
        ["p6-b200.48xlarge", "x86_64", true],
        ["inf2.xlarge", "x86_64", false],
    ] as const) {
        it(`knows that ${type} is ${architecture} with${gpu ? "" : "out"} NVIDIA GPUs`, () => {
            assert.equal(architectureOf(type), architecture);
            assert.equal(hasNvidiaGpu(type), gpu);
        });
    }
});
