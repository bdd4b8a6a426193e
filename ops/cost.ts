import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { isOutward } from "../sandbox/engine";
import { runSandbox } from "../sandbox/run";
import { availableStacks } from "../sandbox/stack-file";
import { estimate } from "./cost/estimate";
import type { Plan } from "./cost/plan";
import { costTable, pastBudget } from "./cost/table";

const projectDir = dirname(__dirname);

/** The plan of a stack that doesn't exist yet, so that everything is in it. Policies are none of a price's business. */
async function planOf(stack: string): Promise<Plan> {
    const sandboxDir = mkdtempSync(join(tmpdir(), "platforms-cost-"));
    try {
        const { parseConfig } = require("../config/parse") as typeof import("../config/parse");
        const { code, stdout, stderr } = await runSandbox({
            command: "preview",
            stack,
            flags: ["--json"],
            projectDir,
            sandboxDir,
            policy: false,
            capture: true,
            checkConfig: async (raw, project) => parseConfig(raw, project),
        });
        if (code !== 0) {
            throw new Error(`the stack could not be planned:\n${stdout}${stderr}`);
        }
        return JSON.parse(stdout) as Plan;
    } finally {
        rmSync(sandboxDir, { recursive: true, force: true });
    }
}

async function cost(stack: string, { json, strict }: { json?: boolean; strict?: boolean }): Promise<number> {
    const stacks = availableStacks(projectDir);
    if (!stacks.includes(stack)) {
        console.error(`there is no stack ${stack}; there are ${stacks.join(", ")}`);
        return 2;
    }
    const platforms = estimate(await planOf(stack));
    process.stdout.write(`${json ? JSON.stringify(platforms, undefined, 2) : costTable(stack, platforms)}\n`);
    return strict && pastBudget(platforms).length > 0 ? 1 : 0;
}

async function main(): Promise<void> {
    // the program runs in this process: nothing in it may find a way to a real account, or print among the figures
    for (const name of Object.keys(process.env).filter(isOutward)) {
        delete process.env[name];
    }
    console.log = console.error;
    console.info = console.error;
    await new Command("npm run cost --")
        .description("What a stack costs a month, by platform and service, from its plan and the committed price list.")
        .argument("<stack>", "stack whose plan is priced")
        .option("--json", "figures for programs")
        .option("--strict", "end with 1 when a platform is past its budget")
        .action(async (stack: string, options: { json?: boolean; strict?: boolean }) => {
            process.exitCode = await cost(stack, options);
        })
        .parseAsync();
}

main().then(
    () => process.exit(),
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
    },
);
