import { dirname } from "node:path";
import { parseArguments, usage } from "./arguments";
import { isOutward, processInterrupts } from "./engine";
import { SandboxError } from "./errors";
import { runSandbox } from "./run";
import { availableStacks } from "./stack-file";

const projectDir = dirname(__dirname);

async function main(): Promise<number> {
    const parsed = parseArguments(process.argv.slice(2), process.cwd());
    if (parsed.kind === "help") {
        console.log(usage(availableStacks(projectDir)));
        return 0;
    }
    if (parsed.kind === "wrong") {
        console.error(`${parsed.problem}\n\n${usage(availableStacks(projectDir))}`);
        return 2;
    }
    const { command, stack, configFile } = parsed;
    if (command !== "reset" && configFile === undefined && !availableStacks(projectDir).includes(stack)) {
        console.error(`there is no stack ${stack} (no Pulumi.${stack}.yaml)\n\n${usage(availableStacks(projectDir))}`);
        return 2;
    }
    // the program runs in this process: nothing in it may find a way to a real account, or print between the engine's lines
    const environment = { ...process.env };
    for (const name of Object.keys(process.env).filter(isOutward)) {
        delete process.env[name];
    }
    console.log = console.error;
    console.info = console.error;
    const result = await runSandbox({
        ...parsed,
        projectDir,
        checkConfig: async (raw, project) => {
            const { parseConfig } = require("../config/parse") as typeof import("../config/parse");
            return parseConfig(raw, project);
        },
        interrupts: processInterrupts(),
        environment,
    });
    return result.code;
}

main().then(
    (code) => process.exit(code),
    (error: unknown) => {
        console.error(error instanceof SandboxError ? `sandbox: ${error.message}` : error);
        process.exit(1);
    },
);
