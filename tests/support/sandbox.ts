import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudRecord, type RecordedResource } from "../../sandbox/cloud/record";
import { type Command, runSandbox, type SandboxOptions } from "../../sandbox/run";

export const repository = join(__dirname, "..", "..");
export const fixture = join(repository, "tests", "engine", "fixture");

/** Environment of a person who has nothing of Pulumi's or AWS's set. */
export function plainEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([name]) => !/^(PULUMI|AWS|PLATFORMS)_/.test(name));
    return { ...Object.fromEntries(kept), ...extra };
}

export interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
    /** What the sandbox itself said. */
    readonly said: string;
}

export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A sandbox in a temporary folder: the developer's own is never touched. */
export class TemporarySandbox {
    readonly folder = mkdtempSync(join(tmpdir(), "sandbox-test-"));

    constructor(readonly projectDir: string = fixture) {}

    async run(
        command: Command,
        stack: string,
        flags: readonly string[] = [],
        options: Partial<SandboxOptions> = {},
    ): Promise<Outcome> {
        const said: string[] = [];
        const finished = await runSandbox({
            command,
            stack,
            flags,
            projectDir: this.projectDir,
            sandboxDir: this.folder,
            environment: plainEnvironment(),
            capture: true,
            report: (line) => said.push(line),
            ...options,
        });
        return { ...finished, said: said.join("\n") };
    }

    /** A stack file of the given name and content, for `configFile`. */
    stackFile(content: string, name = "Pulumi.given.yaml"): string {
        const path = join(this.folder, name);
        writeFileSync(path, content);
        return path;
    }

    async resources(stack: string): Promise<readonly StateResource[]> {
        const { stdout } = await this.run("export", stack);
        const exported = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
        return exported.deployment.resources ?? [];
    }

    /** What exists in the stand-in cloud. */
    cloud(stack: string): readonly RecordedResource[] {
        const record = new CloudRecord(join(this.folder, "cloud", stack));
        try {
            return record.all();
        } finally {
            record.close();
        }
    }

    /** Files under the sandbox that contain a text. */
    filesWith(text: string, folder: string = this.folder): string[] {
        return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
            const path = join(folder, entry.name);
            return entry.isDirectory()
                ? this.filesWith(text, path)
                : readFileSync(path, "utf8").includes(text)
                  ? [path]
                  : [];
        });
    }

    /** Process id of the CLI that is changing a stack, from Pulumi's own lock. */
    cliProcess(project: string, stack: string): number | undefined {
        const folder = join(this.folder, "state", ".pulumi", "locks", "organization", project, stack);
        const [lock] = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
        return lock === undefined
            ? undefined
            : (JSON.parse(readFileSync(join(folder, lock), "utf8")) as { pid: number }).pid;
    }

    /** The sandbox in a process of its own, for signals and for runs side by side. */
    spawn(args: readonly string[], latencyMs = 0): Running {
        return new Running(
            spawn(
                process.execPath,
                [
                    "--import",
                    "tsx",
                    join(repository, "tests", "support", "run-sandbox.ts"),
                    this.projectDir,
                    this.folder,
                    String(latencyMs),
                    ...args,
                ],
                { cwd: repository, env: plainEnvironment(), stdio: ["ignore", "pipe", "pipe"] },
            ),
        );
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** A process whose output can be waited for. */
export class Running {
    stdout = "";
    stderr = "";
    private readonly watchers = new Set<() => void>();
    /** Exit code, once all output has arrived. */
    readonly ended: Promise<number | null>;

    constructor(readonly child: ChildProcess) {
        child.stdout?.setEncoding("utf8").on("data", (text: string) => this.take("stdout", text));
        child.stderr?.setEncoding("utf8").on("data", (text: string) => this.take("stderr", text));
        this.ended = new Promise((resolve) => child.once("close", resolve));
    }

    private take(stream: "stdout" | "stderr", text: string): void {
        this[stream] += text;
        for (const watcher of this.watchers) {
            watcher();
        }
    }

    /** Resolves when standard output matches; fails with the output when the process ends before. */
    async until(pattern: RegExp): Promise<void> {
        await new Promise<void>((resolve, reject) => {
            const look = () => {
                if (pattern.test(this.stdout)) {
                    this.watchers.delete(look);
                    resolve();
                }
            };
            this.watchers.add(look);
            void this.ended.then(() => reject(new Error(`ended before ${pattern}:\n${this.stdout}\n${this.stderr}`)));
            look();
        });
    }
}
