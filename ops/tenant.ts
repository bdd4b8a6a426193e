import { dirname } from "node:path";
import { isOutward } from "../sandbox/engine";
import { SandboxError } from "../sandbox/errors";
import { runSandbox } from "../sandbox/run";
import type { PreviewStep } from "./tenant/changes";
import { runTenantCommand } from "./tenant/command";
import { TenantError } from "./tenant/stack-document";

const projectDir = dirname(__dirname);
const say = console.log;

/** By the sandbox: real engine, program and policies, and no account. */
async function preview(stack: string): Promise<readonly PreviewStep[]> {
    for (const name of Object.keys(process.env).filter(isOutward)) {
        delete process.env[name];
    }
    const { code, stdout, stderr } = await runSandbox({
        command: "preview",
        stack,
        flags: ["--json"],
        projectDir,
        capture: true,
    });
    if (code !== 0) {
        throw new TenantError(`the file is valid, but its preview failed:\n${stdout}${stderr}`);
    }
    return (JSON.parse(stdout) as { steps?: PreviewStep[] }).steps ?? [];
}

runTenantCommand(process.argv.slice(2), { projectDir, preview, print: say, complain: console.error }).then(
    (code) => process.exit(code),
    (error: unknown) => {
        console.error(error instanceof SandboxError ? `sandbox: ${error.message}` : error);
        process.exit(1);
    },
);
