import { spawn, spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { Command } from "commander";
import { addresses, composeArguments, ensurePasswords, type LocalCommand, localFiles } from "./local/compose";

const files = localFiles(dirname(__dirname));

/** Hands a command to Docker Compose, whose output and exit code are this program's. */
async function run(command: LocalCommand): Promise<number> {
    if (spawnSync("docker", ["compose", "version"], { stdio: "ignore" }).status !== 0) {
        console.error("Docker with its Compose plugin is needed: https://docs.docker.com/compose/install/");
        return 1;
    }
    ensurePasswords(files);
    const code = await new Promise<number>((resolve, reject) => {
        const docker = spawn("docker", composeArguments(files, command), { stdio: "inherit" });
        docker.once("error", reject);
        docker.once("close", (status) => resolve(status ?? 1));
    });
    if (command.kind === "up" && code === 0) {
        console.log(`\n${addresses(files)}`);
    }
    return code;
}

async function main(): Promise<void> {
    const act = async (command: LocalCommand) => {
        process.exitCode = await run(command);
    };
    const program = new Command("npm run local --").description("Taskava's surroundings on this machine, in Docker.");
    program
        .command("up")
        .description("start everything and wait until it is healthy")
        .action(() => act({ kind: "up" }));
    program
        .command("down")
        .description("stop everything; data stays")
        .option("--volumes", "delete the data as well")
        .action(({ volumes }: { volumes?: boolean }) => act({ kind: "down", volumes: volumes ?? false }));
    program
        .command("logs")
        .description("show what services say")
        .argument("[services...]", "only these")
        .option("-f, --follow", "go on as they speak")
        .action((services: string[], { follow }: { follow?: boolean }) =>
            act({ kind: "logs", services, follow: follow ?? false }),
        );
    program
        .command("status")
        .description("show what runs, and how well")
        .action(() => act({ kind: "status" }));
    await program.parseAsync();
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
});
