import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { Command, CommanderError } from "commander";
import { formatFaults } from "../../config/faults";
import { parseConfig } from "../../config/parse";
import { STAND_IN_KEY } from "../../sandbox/stack-config";
import { rawConfigOf, stackFilePath } from "../../sandbox/stack-file";
import { describeChanges, type PreviewStep, tenantChanges } from "./changes";
import { StackDocument, TenantError } from "./stack-document";

/** What the command needs of the world. */
export interface TenantWorld {
    readonly projectDir: string;
    /** Previews a stack and gives the steps. */
    readonly preview: (stack: string) => Promise<readonly PreviewStep[]>;
    readonly print: (text: string) => void;
    readonly complain: (text: string) => void;
}

interface Edit {
    readonly stack: string;
    readonly tenant: string;
    readonly change: (document: StackDocument) => void;
}

/** Runs `npm run tenant -- ...` and gives the exit code. */
export async function runTenantCommand(args: readonly string[], world: TenantWorld): Promise<number> {
    try {
        await tenantProgram(world).parseAsync([...args], { from: "user" });
        return 0;
    } catch (error) {
        if (error instanceof TenantError) {
            world.complain(error.message);
            return 1;
        }
        if (error instanceof CommanderError) {
            return error.exitCode;
        }
        throw error;
    }
}

function tenantProgram(world: TenantWorld): Command {
    const program = new Command("tenant")
        .description("Tenants of the ML platform, in the stack files")
        .exitOverride()
        .configureOutput({ writeOut: world.print, writeErr: world.complain });
    const withStack = (command: Command) =>
        command
            .requiredOption("--stack <stack>", "stack whose file is edited")
            .exitOverride()
            .configureOutput({ writeOut: world.print, writeErr: world.complain });

    withStack(program.command("list").description("tenants of a stack")).action(({ stack }: { stack: string }) => {
        const tenants = open(stack, world).document.list();
        world.print(
            tenants
                .map(({ name, memoryOptimized, staging, protected: kept }) =>
                    [
                        name.padEnd(20),
                        memoryOptimized ? "memory-optimised" : "general-purpose ",
                        staging ? "production and staging" : "production            ",
                        kept ? "protected" : "",
                    ]
                        .join("  ")
                        .trimEnd(),
                )
                .join("\n") || `stack ${stack} has no tenants`,
        );
    });
    withStack(program.command("add <name>").description("a new tenant"))
        .option("--memory-optimized", "8 GiB of memory a vCPU instead of 4", false)
        .option("--staging", "a second, smaller cluster", false)
        .action(
            async (name: string, options: { stack: string; memoryOptimized: boolean; staging: boolean }) =>
                await edit({ ...options, tenant: name, change: (file) => file.add({ name, ...options }) }, world),
        );
    withStack(program.command("remove <name>").description("a tenant whose data may go"))
        .option("--unprotect", "let its data go; deploy, and remove it then", false)
        .action(
            async (name: string, { stack, unprotect }: { stack: string; unprotect: boolean }) =>
                await edit(
                    {
                        stack,
                        tenant: name,
                        change: (file) => (unprotect ? file.unprotect(name) : file.remove(name)),
                    },
                    world,
                ),
        );
    return program;
}

function open(stack: string, { projectDir }: TenantWorld): { readonly path: string; readonly document: StackDocument } {
    const path = stackFilePath(projectDir, stack);
    try {
        return { path, document: new StackDocument(readFileSync(path, "utf8")) };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            throw new TenantError(`there is no stack ${stack} (no ${path}); name another with --stack`);
        }
        throw error;
    }
}

/** Changes the file, unless what comes of it isn't valid; then shows what that means for the tenant. */
async function edit({ stack, tenant, change }: Edit, world: TenantWorld): Promise<void> {
    const { path, document } = open(stack, world);
    change(document);
    const text = document.toString();
    const parsed = parseConfig(rawConfigOf(text, "platforms", STAND_IN_KEY.placeholder));
    if (!parsed.ok) {
        throw new TenantError(formatFaults(parsed.faults));
    }
    writeFileSync(path, text);
    world.print(`${relative(world.projectDir, path)}: changed; the preview of tenant ${tenant} follows`);
    world.print(describeChanges(tenantChanges(await world.preview(stack), tenant), tenant));
}
