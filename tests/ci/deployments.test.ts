import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repository } from "../support/sandbox";

/** https://github.com/pulumi/pulumi/blob/v3.225.0/sdk/go/common/apitype/deployments.go, the parts in use; the CLI ignores unknown keys silently. */
const deploymentFile = z.strictObject({
    settings: z.strictObject({
        executorContext: z.strictObject({ executorImage: z.strictObject({ reference: z.string() }) }),
        sourceContext: z.strictObject({ git: z.strictObject({ branch: z.string() }) }),
        gitHub: z.strictObject({
            repository: z.string(),
            deployCommits: z.boolean(),
            previewPullRequests: z.boolean(),
            pullRequestTemplate: z.boolean(),
            paths: z.array(z.string()),
        }),
        operationContext: z.strictObject({
            oidc: z.strictObject({
                aws: z.strictObject({ duration: z.string(), roleArn: z.string(), sessionName: z.string() }),
            }),
            preRunCommands: z.array(z.string()),
            options: z.strictObject({
                skipInstallDependencies: z.boolean(),
                skipIntermediateDeployments: z.boolean(),
                deleteAfterDestroy: z.boolean(),
                remediateIfDriftDetected: z.boolean(),
            }),
        }),
    }),
});

describe("settings of Pulumi Deployments", () => {
    const stacks = readdirSync(repository).flatMap((file) => /^Pulumi\.(\w+)\.deploy\.yaml$/.exec(file)?.[1] ?? []);
    const settingsOf = (stack: string) =>
        deploymentFile.parse(parse(readFileSync(join(repository, `Pulumi.${stack}.deploy.yaml`), "utf8"))).settings;

    it("are there for each stack on AWS", () => {
        assert.deepEqual(stacks.sort(), ["dev", "prod", "qa", "shared"]);
    });

    for (const stack of stacks) {
        it(`of ${stack} have keys that the product knows, follow main and preview pull requests`, () => {
            const { sourceContext, gitHub, operationContext } = settingsOf(stack);
            assert.equal(sourceContext.git.branch, "refs/heads/main");
            assert.equal(gitHub.previewPullRequests, true);
            assert.ok(gitHub.paths.includes(`Pulumi.${stack}.yaml`));
            assert.equal(operationContext.oidc.aws.sessionName, `pulumi-deployments-${stack}`);
        });
    }

    it("deploy a merge to dev by themselves, and to no other stack", () => {
        assert.deepEqual(
            stacks.filter((stack) => settingsOf(stack).gitHub.deployCommits),
            ["dev"],
        );
    });

    it("use the CLI of CI", () => {
        const workflow = readFileSync(join(repository, ".github", "workflows", "pull-request.yml"), "utf8");
        const [, version] = /pulumi-version: ([\d.]+)/.exec(workflow) ?? [];
        for (const stack of stacks) {
            assert.equal(settingsOf(stack).executorContext.executorImage.reference.split(":")[1], version);
        }
    });
});
