/**
 * What the SDK's `cmd/run-policy-pack` does, without its ts-node: that would type-check the pack on every run (7 s)
 * though tsx already runs TypeScript. Arguments: the engine's address, the pack's folder, then options of the runtime.
 */
import * as runPolicyPack from "@pulumi/pulumi/cmd/run-policy-pack/run";

/** The SDK's declarations leave it out, like all that is for Pulumi's own hosts. */
const { run } = runPolicyPack as unknown as {
    run(options: {
        argv: { _: string[] };
        programStarted(): void;
        reportLoggedError(error: unknown): void;
        typeScript: boolean;
    }): Promise<unknown>;
};

const [, folder = "."] = process.argv.slice(2);
const reported = new Set<unknown>();
let failed = false;

// A pack that died with exit code 0 would look to the engine like one without objections.
const onUncaught = (error: unknown) => {
    failed = true;
    if (!reported.has(error)) {
        console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    }
};
process.on("uncaughtException", onUncaught);
process.on("unhandledRejection", onUncaught);
process.on("exit", (code) => {
    if (code === 0 && failed) {
        process.exitCode = 1;
    }
});

void run({
    argv: { _: [folder] },
    programStarted: () => undefined,
    reportLoggedError: (error) => reported.add(error),
    typeScript: false,
});
