/** Runs the sandbox on a project from a process of its own: `<project folder> <sandbox folder> <latency> <command...>`. */
import { resolve } from "node:path";
import { parseArguments } from "../../sandbox/arguments";
import { processInterrupts } from "../../sandbox/engine";
import { runSandbox } from "../../sandbox/run";

const [projectDir = ".", sandboxDir, latency = "0", ...args] = process.argv.slice(2);
const parsed = parseArguments(args, process.cwd());
if (parsed.kind !== "run") {
    throw new Error(JSON.stringify(parsed));
}
void runSandbox({
    ...parsed,
    projectDir: resolve(projectDir),
    sandboxDir,
    latencyMs: Number(latency),
    interrupts: processInterrupts(),
}).then((finished) => process.exit(finished.code));
