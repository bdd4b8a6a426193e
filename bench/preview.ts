/**
 * How long a person waits for `npm run preview -- dev`, against a bare program with as many trivial resources: the same
 * command, engine and stand-in cloud, without our components, config and policies. Both in turn, so that a busy machine
 * slows both.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { median, seconds } from "./statistics";

const repository = dirname(__dirname);
const ROUNDS = 5;

interface Timing {
    readonly firstOutput: number;
    readonly total: number;
    readonly resources: number;
}

export async function run(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "bench-preview-"));
    try {
        const ours = () => preview(["npm", "run", "--silent", "preview", "--", "dev"], join(folder, "ours"));
        // both caches warm: the first preview of a machine also gets the CLI
        const { resources } = await ours();
        const bareProject = writeBareProject(folder, resources);
        const bareCommand = [
            process.execPath,
            "--import",
            "tsx",
            join(repository, "tests", "support", "run-sandbox.ts"),
            bareProject,
            join(folder, "bare-sandbox"),
            "0",
            "preview",
            "dev",
        ];
        const bare = () => preview(bareCommand, join(folder, "unused"));
        await bare();
        const timings: { ours: Timing[]; bare: Timing[] } = { ours: [], bare: [] };
        for (let round = 0; round < ROUNDS; round += 1) {
            timings.bare.push(await bare());
            timings.ours.push(await ours());
        }
        report(timings.ours, timings.bare, resources);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function report(ours: readonly Timing[], bare: readonly Timing[], resources: number): void {
    const row = (name: string, timings: readonly Timing[]) => {
        const total = timings.map((timing) => timing.total);
        console.log(
            `${name}: first output ${seconds(median(timings.map((timing) => timing.firstOutput)))}, ` +
                `end ${seconds(median(total))} (${seconds(Math.min(...total))} to ${seconds(Math.max(...total))})`,
        );
    };
    console.log(
        `${resources} resources, median of ${ROUNDS} rounds, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
    );
    row("npm run preview -- dev", ours);
    row("bare program          ", bare);
    const ratio = median(ours.map((timing) => timing.total)) / median(bare.map((timing) => timing.total));
    console.log(`ratio ${ratio.toFixed(2)}`);
}

/** The engine's first line counts as first output, not the sandbox's own. */
function preview(command: readonly string[], sandboxDir: string): Promise<Timing> {
    const [program = "", ...args] = command;
    const start = performance.now();
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, {
            cwd: repository,
            env: { ...process.env, PLATFORMS_SANDBOX_DIR: sandboxDir },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let firstOutput: number | undefined;
        const output = { stdout: "", stderr: "" };
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            firstOutput ??= performance.now() - start;
            output.stdout += text;
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            output.stderr += text;
        });
        child.once("error", reject);
        child.once("close", (code) => {
            const total = performance.now() - start;
            const created = /\+ (\d+) to create/.exec(output.stdout)?.[1];
            if (code !== 0 || firstOutput === undefined || created === undefined) {
                reject(new Error(`${command.join(" ")} ended with ${code}:\n${output.stdout}${output.stderr}`));
                return;
            }
            resolve({ firstOutput, total, resources: Number(created) });
        });
    });
}

/** As many resources as ours, the stack itself included, of the cheapest kind. */
function writeBareProject(folder: string, resources: number): string {
    const project = join(folder, "bare");
    mkdirSync(project);
    symlinkSync(join(repository, "node_modules"), join(project, "node_modules"));
    writeFileSync(join(project, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
    writeFileSync(join(project, "Pulumi.dev.yaml"), "config: {}\n");
    writeFileSync(
        join(project, "index.ts"),
        `import { RandomId } from "@pulumi/random";
export = async () => {
    for (let index = 0; index < ${resources - 1}; index += 1) {
        new RandomId("resource-" + index, { byteLength: 4 });
    }
};
`,
    );
    return project;
}
