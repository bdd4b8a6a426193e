import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { EncryptionKey, type EncryptionKeyArgs } from "../../../components/foundation/key";
import {
    cloudTrailMayUseKey,
    eventBridgeMayUseKey,
    logsMayUseKey,
    servicesMayUseKey,
} from "../../../components/foundation/key-statements";
import { record, rejection, resolved, testPlace } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";

const args: EncryptionKeyArgs = { ...testPlace, description: "Shop data" };
const build = (more: Partial<EncryptionKeyArgs> = {}) => record(() => new EncryptionKey("shop", { ...args, ...more }));
const policyWith = async (statements: EncryptionKeyArgs["statements"]) =>
    (await build({ statements })).recording.inputsOf(aws.kms.Key).policy;

describe("EncryptionKey", () => {
    it("rotates, and is given to the account's policies alone", async () => {
        const { recording, result } = await build();
        const { policy, ...key } = recording.inputsOf(aws.kms.Key);
        assert.deepEqual(key, {
            description: "Shop data",
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            multiRegion: false,
        });
        assert.deepEqual(statementsOf(policy), {
            AccountPolicies: {
                Sid: "AccountPolicies",
                Effect: "Allow",
                Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
                Action: ["kms:*"],
                Resource: ["*"],
            },
        });
        assert.deepEqual(recording.names(aws.kms.Alias), []);
        assert.match(await resolved(result.keyId), /^key-/);
    });

    it("speaks of its partition", async () => {
        const { recording } = await build({ region: "us-gov-west-1" });
        const account = statementOf(recording.inputsOf(aws.kms.Key).policy, "AccountPolicies");
        assert.deepEqual(account.Principal, { AWS: ["arn:aws-us-gov:iam::111111111111:root"] });
    });

    it("has administrators who can't use it, an alias and replicas where asked for", async () => {
        const { recording } = await build({
            administratorArns: ["arn:aws:iam::111111111111:role/keys"],
            alias: "shop/data",
            multiRegion: true,
            deletionWindowDays: 7,
        });
        const key = recording.inputsOf(aws.kms.Key);
        assert.deepEqual([key.multiRegion, key.deletionWindowInDays], [true, 7]);
        const administrators = statementOf(key.policy, "Administrators");
        assert.deepEqual(administrators.Principal, { AWS: ["arn:aws:iam::111111111111:role/keys"] });
        for (const action of administrators.Action) {
            assert.doesNotMatch(action, /^kms:(\*|Encrypt|Decrypt|ReEncrypt|GenerateDataKey)/);
        }
        assert.equal(recording.inputsOf(aws.kms.Alias).name, "alias/shop/data");
    });

    it("refuses a bad window, alias and sids that are given twice", () => {
        const statement = logsMayUseKey(testPlace);
        assert.equal(
            rejection(
                () =>
                    new EncryptionKey("shop", {
                        ...args,
                        deletionWindowDays: 5,
                        alias: "alias/shop!",
                        statements: [statement, statement],
                    }),
            ),
            "EncryptionKey shop can't be built:\n" +
                "  deletionWindowDays must be a whole number from 7 to 30, got 5\n" +
                '  alias must be letters, digits, / _ - without the prefix alias/ and not aws/..., got "alias/shop!"\n' +
                "  statements must have a sid of its own each, got CloudWatchLogs, CloudWatchLogs",
        );
    });
});

describe("key statements", () => {
    it("let services act for resources of the account only", async () => {
        const policy = await policyWith([servicesMayUseKey("111111111111", ["sns", "cloudwatch"])]);
        assert.deepEqual(statementOf(policy, "Services"), {
            Sid: "Services",
            Effect: "Allow",
            Principal: { Service: ["sns.amazonaws.com", "cloudwatch.amazonaws.com"] },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: ["*"],
            Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        });
    });

    it("hold EventBridge to topics and queues of the account, since it doesn't say whose rule it is", async () => {
        const policy = await policyWith(eventBridgeMayUseKey(testPlace));
        assert.deepEqual(statementOf(policy, "EventBridgeQueues").Condition, {
            StringLike: { "kms:EncryptionContext:aws:sqs:arn": "arn:aws:sqs:us-east-1:111111111111:*" },
        });
        assert.deepEqual(statementOf(policy, "EventBridgeTopics").Condition, {
            StringLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-east-1:111111111111:*" },
        });
    });

    it("hold CloudTrail to one trail", async () => {
        const policy = await policyWith(cloudTrailMayUseKey(testPlace, "audit"));
        const source = { "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111111111111:trail/audit" };
        assert.deepEqual(statementOf(policy, "CloudTrailEncrypts").Condition, {
            StringEquals: source,
            StringLike: {
                "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111111111111:trail/*",
            },
        });
        assert.deepEqual(statementOf(policy, "CloudTrailDescribes").Condition, { StringEquals: source });
    });

    it("name log groups", async () => {
        const policy = await policyWith([logsMayUseKey(testPlace, ["/aws/lambda/shop-*", "/shop"])]);
        const logs = statementOf(policy, "CloudWatchLogs");
        assert.deepEqual(logs.Principal, { Service: ["logs.us-east-1.amazonaws.com"] });
        assert.deepEqual(logs.Condition, {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": [
                    "arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/shop-*",
                    "arn:aws:logs:us-east-1:111111111111:log-group:/shop",
                ],
            },
        });
    });
});
