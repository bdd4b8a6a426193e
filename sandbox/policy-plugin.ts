import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SandboxDirectories } from "./directories";
import { writeAtomically } from "./files";

/**
 * Puts the program that runs policy packs where the engine looks for it when no language plugin is installed: among the
 * plugins of the sandbox's own PULUMI_HOME (on PATH it would be found too, with a warning in every preview). A pulumi
 * that ships its language plugins never asks for it.
 */
export function installPolicyPlugin(directories: SandboxDirectories): void {
    const quoted = [
        process.execPath,
        "--import",
        pathToFileURL(require.resolve("tsx")).href,
        join(__dirname, "policy-host.ts"),
    ].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    writeAtomically(
        join(directories.home, "plugins", "analyzer-policy-nodejs-v1.0.0", "pulumi-analyzer-policy-nodejs"),
        `#!/bin/sh\nexec ${quoted.join(" ")} "$@"\n`,
        0o700,
    );
}
