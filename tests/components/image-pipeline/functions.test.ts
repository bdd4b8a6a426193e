import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { sharedImage } from "../../../components/image-pipeline/image-function";
import { processorNames, processorTypes, visibilitySeconds } from "../../../components/image-pipeline/model-types";
import { statementOf, statementsOf } from "../../support/policies";
import { recordingOf } from "./deploy";

describe("image pipeline: upload function", () => {
    it("is an image of the shared account with 30 seconds", async () => {
        const recording = await recordingOf("dev");
        const upload = recording.inputsOf(aws.lambda.Function, "upload-function");
        assert.equal(upload.name, "mediaviz-dev-upload");
        assert.equal(upload.packageType, "Image");
        assert.equal(upload.imageUri, "444444444444.dkr.ecr.us-east-2.amazonaws.com/mediaviz-shared:upload-1.0.0");
        assert.equal(upload.timeout, 30);
        assert.deepEqual(upload.tracingConfig, { mode: "Active" });
        assert.equal(upload.loggingConfig?.logGroup, "/aws/lambda/mediaviz-dev-upload");
        assert.equal(upload.vpcConfig, undefined);
    });

    it("may put uploads and nothing else", async () => {
        const policy = (await recordingOf("dev")).inputsOf(aws.iam.RolePolicy, "upload-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(policy)), [
            "WriteLogs",
            "WriteTraces",
            "ReadSettings",
            "PutUploads",
            "EncryptUploads",
        ]);
        const put = statementOf(policy, "PutUploads");
        assert.deepEqual(put.Action, ["s3:PutObject"]);
        assert.match(String(put.Resource?.[0]), /:::.*\/uploads\/\*$|uploads\/\*$/);
        const everywhere = Object.values(statementsOf(policy)).filter(({ Resource }) => Resource?.includes("*"));
        assert.deepEqual(
            everywhere.map(({ Sid }) => Sid),
            ["WriteTraces"],
        );
    });
});

describe("image pipeline: processors on Lambda", () => {
    for (const name of processorNames) {
        const { slug } = processorTypes[name];
        it(`${slug} runs for up to 300 s in the network, and no more than it was given at once`, async () => {
            const recording = await recordingOf("prod");
            const processor = recording.inputsOf(aws.lambda.Function, `processors-${slug}-function`);
            assert.equal(processor.name, `mediaviz-prod-${slug}`);
            assert.equal(
                processor.imageUri,
                `444444444444.dkr.ecr.us-east-2.amazonaws.com/mediaviz-shared:${slug}-1.0.0`,
            );
            assert.equal(processor.timeout, 300);
            assert.equal(processor.reservedConcurrentExecutions, 50);
            assert.ok(processor.vpcConfig?.subnetIds.length === 3);
            assert.equal(processor.environment?.variables?.["DB_HOST"], "proxy.example");
            assert.equal(processor.environment?.variables?.["DB_NAME"], "imaige");
            assert.equal(
                Object.keys(processor.environment?.variables ?? {}).some((key) => /PASS|SECRET/.test(key)),
                false,
            );
        });

        it(`${slug} takes batches of its own queue, and gives back only what failed`, async () => {
            const source = (await recordingOf("prod")).inputsOf(
                aws.lambda.EventSourceMapping,
                `processors-${slug}-source`,
            );
            assert.match(String(source.eventSourceArn), new RegExp(`mediaviz-prod-${slug}$`));
            assert.deepEqual(source.functionResponseTypes, ["ReportBatchItemFailures"]);
            assert.deepEqual(source.scalingConfig, { maximumConcurrency: 40 });
            assert.equal(source.batchSize, 5);
        });

        it(`${slug} may read its queue and images, and connect to the database`, async () => {
            const policy = (await recordingOf("dev")).inputsOf(aws.iam.RolePolicy, `processors-${slug}-policy`).policy;
            assert.deepEqual(Object.keys(statementsOf(policy)), [
                "WriteLogs",
                "WriteTraces",
                "ReadSettings",
                "TakeMessages",
                "ReadImages",
                "ReadEncrypted",
                "ConnectToDatabase",
            ]);
            assert.deepEqual(statementOf(policy, "TakeMessages").Action, [
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
            ]);
            assert.match(
                String(statementOf(policy, "TakeMessages").Resource?.[0]),
                new RegExp(`mediaviz-dev-${slug}$`),
            );
            assert.deepEqual(statementOf(policy, "ReadImages").Action, ["s3:GetObject"]);
            assert.deepEqual(statementOf(policy, "ConnectToDatabase").Resource, [
                "arn:aws:rds-db:us-east-2:111111111111:dbuser:prx-0123/postgres",
            ]);
        });
    }

    it("name a digest as registries do", () => {
        const digest = `sha256:${"a".repeat(64)}`;
        assert.equal(
            sharedImage("444444444444", "us-east-2", digest),
            `444444444444.dkr.ecr.us-east-2.amazonaws.com/mediaviz-shared@${digest}`,
        );
    });

    it("hide a message for six times their time-out, as far as SQS allows", () => {
        assert.equal(visibilitySeconds(300), 1800);
        assert.equal(visibilitySeconds(7200), 43_200);
    });
});
