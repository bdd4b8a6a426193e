import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { SharedServices } from "../../../components/shared-services";
import { sharedSystem } from "../../../config/platforms/shared-services";
import { type Recording, record } from "../../support/mocks";
import { statementOf, statementsOf } from "../../support/policies";

const system = {
    accountId: "444444444444",
    region: "us-east-2",
    workloads: {
        dev: { accountId: "111111111111", role: { callerExternalId: "acme-dev-in", readArtifacts: ["models"] } },
        prod: {
            accountId: "333333333333",
            role: {
                callerExternalId: "acme-prod-in",
                trustedRoles: ["uploader"],
                writeArtifacts: ["models"],
                manageZones: ["acme.example.com"],
                maxSessionSeconds: 7200,
            },
        },
        audit: { accountId: "555555555555" },
    },
    images: { "acme/functions": { lambda: true, keepTagged: 50 }, "acme/api": {} },
    charts: ["acme/charts/api"],
    artifacts: { models: {} },
    zones: ["acme.example.com"],
    state: { bucketName: "acme-state", keyArn: "arn:aws:kms:us-east-2:444444444444:key/k" },
    github: {
        images: { repository: "acme/app", branch: "main", pushImages: true },
        preview: { repository: "acme/infra", environment: "preview", stateStacks: ["dev"] },
        prod: {
            repository: "acme/infra",
            environment: "prod",
            stateStacks: ["prod"],
            stateWrite: true,
            assumeRoles: ["arn:aws:iam::333333333333:role/deployer"],
        },
    },
    budget: { monthlyUsd: 10, emails: ["ops@example.com"] },
};

async function recordSystem(more: Record<string, unknown> = {}): Promise<Recording> {
    const config = sharedSystem.parse({ ...system, ...more });
    const { recording } = await record(
        () => new SharedServices("shared-acme", { ...config, environment: "shared", system: "acme" }),
    );
    return recording;
}

describe("shared services", () => {
    let recording: Recording;
    before(async () => {
        recording = await recordSystem();
    });

    it("keeps images and charts under immutable tags, scanned and encrypted with its own key", () => {
        assert.deepEqual(
            recording.all(aws.ecr.Repository).map(({ inputs }) => inputs["name"]),
            ["acme/functions", "acme/api", "acme/charts/api"],
        );
        for (const { inputs } of recording.all(aws.ecr.Repository)) {
            assert.equal(inputs["imageTagMutability"], "IMMUTABLE");
            assert.deepEqual(inputs["imageScanningConfiguration"], { scanOnPush: true });
            assert.match(JSON.stringify(inputs["encryptionConfigurations"]), /"KMS".*shared-acme-key-key/);
            assert.notEqual(inputs["forceDelete"], true);
        }
        const scanning = recording.inputsOf(aws.ecr.RegistryScanningConfiguration);
        assert.equal(scanning.scanType, "ENHANCED");
        assert.equal(scanning.rules?.[0]?.scanFrequency, "CONTINUOUS_SCAN");
    });

    it("scans at pushes only where basic scanning is asked for", async () => {
        const basic = (await recordSystem({ imageScanning: "basic" })).inputsOf(aws.ecr.RegistryScanningConfiguration);
        assert.deepEqual([basic.scanType, basic.rules?.[0]?.scanFrequency], ["BASIC", "SCAN_ON_PUSH"]);
    });

    it("lets exactly the workload accounts pull, and Lambda where functions run from the repository", () => {
        const functions = recording.inputsOf(aws.ecr.RepositoryPolicy, "acme-functions-pull").policy;
        assert.deepEqual(Object.keys(statementsOf(functions)), ["WorkloadAccounts", "WorkloadFunctions"]);
        assert.deepEqual(statementOf(functions, "WorkloadAccounts").Principal, {
            AWS: ["arn:aws:iam::111111111111:root", "arn:aws:iam::333333333333:root", "arn:aws:iam::555555555555:root"],
        });
        assert.deepEqual(statementOf(functions, "WorkloadAccounts").Action, [
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
        ]);
        assert.deepEqual(statementOf(functions, "WorkloadFunctions").Condition, {
            ArnLike: {
                "aws:SourceArn": ["111111111111", "333333333333", "555555555555"].map(
                    (account) => `arn:aws:lambda:us-east-2:${account}:function:*`,
                ),
            },
        });
        assert.deepEqual(
            Object.keys(statementsOf(recording.inputsOf(aws.ecr.RepositoryPolicy, "acme-api-pull").policy)),
            ["WorkloadAccounts"],
        );
    });

    it("gives no pull policy where there is no workload", async () => {
        const alone = await recordSystem({ workloads: {} });
        assert.deepEqual(alone.names(aws.ecr.RepositoryPolicy), []);
    });

    it("keeps as many images as asked for", () => {
        const policy = JSON.parse(
            String(recording.inputsOf(aws.ecr.LifecyclePolicy, "acme-functions-lifecycle").policy),
        ) as { rules: { selection: { tagStatus: string; countNumber: number } }[] };
        assert.deepEqual(
            policy.rules.map(({ selection }) => [selection.tagStatus, selection.countNumber]),
            [
                ["untagged", 14],
                ["tagged", 50],
            ],
        );
    });

    it("trusts a workload account's own roles only, by external id, for a session of the given length", () => {
        const dev = recording.inputsOf(aws.iam.Role, "workload-dev");
        assert.deepEqual([dev.name, dev.maxSessionDuration], ["acme-shared-dev", 3600]);
        assert.deepEqual(statementsOf(dev.assumeRolePolicy), {
            WorkloadAccount: {
                Sid: "WorkloadAccount",
                Effect: "Allow",
                Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
                Action: ["sts:AssumeRole"],
                Condition: {
                    StringEquals: { "sts:ExternalId": "acme-dev-in" },
                    ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/acme-dev-*"] },
                },
            },
        });
        const prod = recording.inputsOf(aws.iam.Role, "workload-prod");
        assert.equal(prod.maxSessionDuration, 7200);
        assert.match(String(prod.assumeRolePolicy), /role\/uploader"/);
        assert.equal(recording.all(aws.iam.Role).filter(({ name }) => name.includes("audit")).length, 0);
    });

    it("gives a workload what its config names and no more", () => {
        const sids = (ending: string) =>
            Object.keys(statementsOf(recording.inputsOf(aws.iam.RolePolicy, ending).policy));
        assert.deepEqual(sids("workload-dev-policy"), [
            "RegistryLogin",
            "PullImages",
            "ReadListBuckets",
            "ReadArtifacts",
            "ReadEncrypted",
        ]);
        assert.deepEqual(sids("workload-prod-policy"), [
            "RegistryLogin",
            "PullImages",
            "WriteListBuckets",
            "WriteArtifacts",
            "WriteEncrypted",
            "ChangeRecords",
            "FollowChanges",
        ]);
        const dev = recording.inputsOf(aws.iam.RolePolicy, "workload-dev-policy").policy;
        assert.deepEqual(statementOf(dev, "ReadArtifacts").Action, ["s3:GetObject"]);
        assert.deepEqual(statementOf(dev, "ReadEncrypted").Action, ["kms:Decrypt"]);
    });

    it("binds each GitHub role to a repository and an environment or branch, never to a pattern", () => {
        const subject = (ending: string) =>
            statementOf(recording.inputsOf(aws.iam.Role, ending).assumeRolePolicy, "GitHubJobs").Condition;
        const exactly = (sub: string) => ({
            StringEquals: {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": sub,
            },
        });
        assert.deepEqual(subject("github-images-role"), exactly("repo:acme/app:ref:refs/heads/main"));
        assert.deepEqual(subject("github-prod-role"), exactly("repo:acme/infra:environment:prod"));
        assert.equal(recording.all(aws.iam.OpenIdConnectProvider).length, 1);
    });

    it("lets a preview read the state of its stacks, and a deployment write it too", () => {
        const preview = recording.inputsOf(aws.iam.RolePolicy, "github-preview-policy").policy;
        assert.deepEqual(Object.keys(statementsOf(preview)), ["ListState", "ReadState", "StateKey"]);
        assert.deepEqual(statementOf(preview, "StateKey").Action, ["kms:Decrypt"]);
        const prod = recording.inputsOf(aws.iam.RolePolicy, "github-prod-policy").policy;
        assert.deepEqual(statementOf(prod, "WriteState").Resource, [
            "arn:aws:s3:::acme-state/.pulumi/stacks/platforms/prod.*",
            "arn:aws:s3:::acme-state/.pulumi/history/platforms/prod/*",
            "arn:aws:s3:::acme-state/.pulumi/backups/platforms/prod/*",
            "arn:aws:s3:::acme-state/.pulumi/locks/organization/platforms/prod/*",
        ]);
        assert.deepEqual(statementOf(prod, "AssumeDeployers").Resource, ["arn:aws:iam::333333333333:role/deployer"]);
    });

    it("closes the account as a whole", () => {
        assert.equal(recording.inputsOf(aws.ebs.EncryptionByDefault).enabled, true);
        assert.match(String(recording.inputsOf(aws.ebs.DefaultKmsKey).keyArn), /shared-acme-key-key/);
        assert.deepEqual(recording.inputsOf(aws.s3.AccountPublicAccessBlock), {
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(recording.inputsOf(aws.emr.BlockPublicAccessConfiguration), {
            blockPublicSecurityGroupRules: true,
        });
        assert.equal(recording.inputsOf(aws.iam.AccountPasswordPolicy).minimumPasswordLength, 14);
        assert.equal(recording.inputsOf(aws.accessanalyzer.Analyzer).type, "ACCOUNT");
        assert.equal(recording.all(aws.guardduty.Detector).length, 1);
        assert.equal(recording.all(aws.securityhub.Account).length, 1);
    });

    it("leaves out what the config switches off", async () => {
        const bare = await recordSystem({
            baseline: { guardDuty: false, securityHub: false, accessAnalyzer: false },
            github: {},
        });
        for (const type of [
            aws.guardduty.Detector,
            aws.securityhub.Account,
            aws.securityhub.StandardsSubscription,
            aws.accessanalyzer.Analyzer,
            aws.iam.OpenIdConnectProvider,
        ]) {
            assert.deepEqual(bare.names(type), []);
        }
        assert.equal(bare.all(aws.ebs.EncryptionByDefault).length, 1);
    });
});
