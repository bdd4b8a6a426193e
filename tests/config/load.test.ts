import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { loadConfig } from "../../config/load";
import { rawConfig } from "../support/stack-file";

/** Puts a stack file where the engine puts it for a program. */
function give(stackFile: string): void {
    const { values, secretKeys } = rawConfig(stackFile);
    pulumi.runtime.setAllConfig({ ...values }, [...secretKeys]);
}

describe("loadConfig", () => {
    before(async () => {
        await pulumi.runtime.setMocks(
            { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) },
            "platforms",
            "dev",
        );
    });

    afterEach(() => pulumi.runtime.setAllConfig({}));

    it("returns the typed config of the running stack", () => {
        give("config: {platforms:environment: dev, platforms:demoApp: {kubeContext: kind-demo}}");
        const { environment, demoApp } = loadConfig();
        assert.equal(environment, "dev");
        assert.equal(demoApp?.kubeContext, "kind-demo");
        assert.equal(demoApp?.namespace, "demo-app");
    });

    it("throws one RunError with every fault, which Pulumi prints without a stack trace", () => {
        give("config: {platforms:environment: D, platforms:demoApp: {backend: {replicas: 1}}}");
        assert.throws(loadConfig, (error) => {
            assert.ok(pulumi.RunError.isInstance(error));
            assert.equal(
                error.message,
                [
                    "the config of stack dev has faults:",
                    "platforms:demoApp: expected exactly one of kubeContext and eks, got neither; add the one that this stack deploys to",
                    "platforms:demoApp.backend.replicas: expected a whole number from 2 to 50, got 1; set it with `pulumi config set --path 'platforms:demoApp.backend.replicas' <value>`",
                    "platforms:environment: expected a short lower-case environment name such as dev, got \"D\"; set it with `pulumi config set 'platforms:environment' <value>`",
                ].join("\n"),
            );
            return true;
        });
    });

    it("knows which keys the engine decrypted, and keeps them out of the message", () => {
        const stack = (value: string) =>
            `config: {platforms:environment: dev, platforms:demoApp: {kubeContext: k, frontend: {image: ${value}}}}`;
        give(stack("hunter2"));
        assert.throws(loadConfig, /got "hunter2"/);
        give(stack("{secure: hunter2}"));
        assert.throws(loadConfig, (error: Error) => {
            assert.match(error.message, /got a text \(hidden, it may be a secret\)/);
            assert.doesNotMatch(error.message, /hunter2/);
            return true;
        });
    });
});
