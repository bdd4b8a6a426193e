import assert from "node:assert/strict";
import { invoke } from "../../../sandbox/cloud/functions";
import { sessionOf } from "../../../sandbox/cloud/session";
import { type Bag, isSecret } from "../../../sandbox/cloud/wire";

const session = sessionOf({ region: "ap-south-1", allowedAccountIds: '["111122223333"]' });

describe("sandbox/cloud/functions", () => {
    it("answers for the provider's account and region", () => {
        assert.equal(invoke("aws:index/getCallerIdentity:getCallerIdentity", {}, session)["accountId"], "111122223333");
        const zones = invoke(
            "aws:index/getAvailabilityZones:getAvailabilityZones",
            { excludeNames: ["ap-south-1b"] },
            session,
        );
        assert.deepEqual(zones["names"], ["ap-south-1a", "ap-south-1c"]);
        assert.deepEqual(zones["zoneIds"], ["aps1-az1", "aps1-az3"]);
    });

    it("fills the rest of a result in by type", () => {
        const vpc = invoke("aws:ec2/getVpc:getVpc", { id: "vpc-1" }, session);
        assert.equal(vpc["arn"], "arn:aws:ec2:ap-south-1:111122223333:vpc/vpc-1");
        assert.deepEqual([vpc["tags"], vpc["cidrBlockAssociations"], vpc["default"]], [{}, [], false]);
    });

    it("keeps credentials secret", () => {
        assert.equal(
            isSecret(invoke("aws:ecr/getAuthorizationToken:getAuthorizationToken", {}, session)["password"]),
            true,
        );
        assert.equal(isSecret(invoke("aws:ssm/getParameter:getParameter", { name: "/own" }, session)["value"]), true);
        const image = invoke("aws:ssm/getParameter:getParameter", { name: "/aws/service/x/image_id" }, session);
        assert.match(String(image["value"]), /^ami-[0-9a-f]{17}$/);
    });

    it("renders policy documents as the provider does", () => {
        const statements: readonly Bag[] = [
            {
                sid: "Read",
                actions: ["s3:GetObject", "s3:GetBucket"],
                resources: ["*"],
                principals: [{ type: "AWS", identifiers: ["arn:aws:iam::1:root"] }],
                conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
            },
            { effect: "Deny", actions: ["s3:*"], principals: [{ type: "*", identifiers: ["*"] }] },
        ];
        const { json } = invoke("aws:iam/getPolicyDocument:getPolicyDocument", { statements }, session);
        assert.deepEqual(JSON.parse(String(json)), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "Read",
                    Effect: "Allow",
                    Action: ["s3:GetBucket", "s3:GetObject"],
                    Resource: "*",
                    Principal: { AWS: "arn:aws:iam::1:root" },
                    Condition: { Bool: { "aws:SecureTransport": "true" } },
                },
                { Effect: "Deny", Action: "s3:*", Principal: "*" },
            ],
        });
    });

    it("names an unknown function and where to add it", () => {
        assert.throws(
            () => invoke("aws:ec2/getNothing:getNothing", {}, session),
            /doesn't know the function aws:ec2\/getNothing:getNothing: add it to FUNCTIONS in sandbox\/cloud\/functions\.ts/,
        );
    });
});
