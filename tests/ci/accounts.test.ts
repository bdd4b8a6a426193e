import assert from "node:assert/strict";
import { misplaced } from "../support/accounts";

const urn = (types: string, name: string) => `urn:pulumi:dev::platforms::${types}::${name}`;
const provider = (platform: string, name: string, account: string, region: string) => ({
    urn: urn(`platforms:${platform}:P$pulumi:providers:aws`, name),
    newState: { type: "pulumi:providers:aws", inputs: { allowedAccountIds: JSON.stringify([account]), region } },
});
const bucket = (platform: string, by?: string) => ({
    urn: urn(`platforms:${platform}:P$aws:s3/bucket:Bucket`, "b"),
    newState: { type: "aws:s3/bucket:Bucket", ...(by === undefined ? {} : { provider: `${by}::id` }) },
});
const config = {
    webApp: { accountId: "111111111111", region: "us-west-2", recovery: { region: "us-east-2" } },
    demoApp: { eks: { accountId: "222222222222", region: "us-west-2" } },
};
const web = provider("web-app", "aws", "111111111111", "us-west-2");
const demo = provider("demo-app", "aws", "222222222222", "us-west-2");

describe("the place of resources", () => {
    it("is right in the platform's own account and regions", () => {
        const recovery = provider("web-app", "recovery", "111111111111", "us-east-2");
        assert.deepEqual(misplaced([web, demo, recovery, bucket("web-app", web.urn)], config), []);
    });

    it("is wrong at a provider of another platform, at a default one, and at none", () => {
        assert.match(misplaced([web, demo, bucket("web-app", demo.urn)], config)[0] ?? "", /of another platform/);
        const byDefault = urn("pulumi:providers:aws", "default_7_0_0");
        assert.match(misplaced([web, bucket("web-app", byDefault)], config)[0] ?? "", /made by urn.*default_7_0_0/);
        assert.match(misplaced([web, bucket("web-app")], config)[0] ?? "", /made by no provider/);
    });

    it("is wrong where a provider takes another account, any account, or another region", () => {
        const fault = (account: string, region: string) =>
            misplaced([provider("web-app", "aws", account, region)], config);
        assert.match(fault("222222222222", "us-west-2")[0] ?? "", /allows \["222222222222"\]/);
        assert.match(fault("111111111111", "eu-west-1")[0] ?? "", /acts in eu-west-1/);
        const open = { ...web, newState: { ...web.newState, inputs: { region: "us-west-2" } } };
        assert.match(misplaced([open], config)[0] ?? "", /allows undefined/);
    });
});
