import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import type { SandboxDirectories } from "./directories";
import type { Encryption } from "./stack-config";

/** Settings of the person's that a sandbox run keeps; every other `PULUMI_*` could lead it out of the sandbox. */
const KEPT = new Set([
    "PULUMI_CONFIG_PASSPHRASE",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
    // makes `--event-log` a flag: policy findings are not part of `preview --json`
    "PULUMI_DEBUG_COMMANDS",
    "PULUMI_DEBUG_GRPC",
    "PULUMI_ENABLE_STREAMING_JSON_PREVIEW",
    "PULUMI_PARALLEL",
    // saves the state once at the end: several times faster for large stacks, and a killed run leaves no trace in the state
    "PULUMI_SKIP_CHECKPOINTS",
]);

/** Variables that reach a real account, or another backend than the sandbox's. */
export function isOutward(name: string): boolean {
    return name.startsWith("AWS_") || (name.startsWith("PULUMI_") && !KEPT.has(name));
}

export function engineEnvironment(
    directories: SandboxDirectories,
    encryption: Encryption,
    {
        outer = process.env,
        debugProviders,
    }: { readonly outer?: NodeJS.ProcessEnv; readonly debugProviders?: string } = {},
): NodeJS.ProcessEnv {
    const kept = Object.entries(outer).filter(([name]) => !isOutward(name));
    const environment: NodeJS.ProcessEnv = {
        ...Object.fromEntries(kept),
        PULUMI_BACKEND_URL: pathToFileURL(directories.state).href,
        PULUMI_HOME: directories.home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // a provider without a stand-in is an error to be read, not a download
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // as are plugins that happen to be on PATH
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    };
    if (debugProviders !== undefined) {
        environment["PULUMI_DEBUG_PROVIDERS"] = debugProviders;
    }
    if (encryption.passphrase !== undefined) {
        environment["PULUMI_CONFIG_PASSPHRASE"] = encryption.passphrase;
        delete environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
    }
    return environment;
}

export interface Spawned {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    /** Keeps the output instead of passing it on. @default false */
    readonly capture?: boolean;
    /** Stops the run as Ctrl-C does; aborted twice it ends at once. */
    readonly interrupts?: Interrupts;
}

export interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Hands signals on to the engine. */
export interface Interrupts {
    onSignal(handler: (signal: NodeJS.Signals) => void): () => void;
}

/**
 * Runs the CLI in a process group of its own: a terminal's Ctrl-C reaches it once, through us, and the stand-in
 * providers in this process outlive it, so that it can finish what is under way.
 */
export async function runPulumi(cli: string, run: Spawned): Promise<Finished> {
    const pipe = run.capture === true ? "pipe" : "inherit";
    const child = spawn(cli, run.args, {
        cwd: run.cwd,
        env: run.env,
        stdio: ["ignore", pipe, pipe],
        detached: process.platform !== "win32",
    });
    const output = { stdout: "", stderr: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        output.stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        output.stderr += text;
    });
    let signals = 0;
    const stopListening = run.interrupts?.onSignal((signal) => {
        signals += 1;
        // the engine's own rule: the first lets it finish what is under way, the second ends it; ours: the third kills
        if (signals <= 2) {
            child.kill(signal);
        } else if (child.pid !== undefined) {
            process.kill(-child.pid, "SIGKILL");
        }
    });
    try {
        return await new Promise<Finished>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", (code, signal) => resolve({ code: code ?? exitCodeOf(signal), ...output }));
        });
    } finally {
        stopListening?.();
    }
}

function exitCodeOf(signal: NodeJS.Signals | null): number {
    return signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 137;
}

/** Signals of this process, one for what a terminal and npm both send at the same moment. */
export function processInterrupts(windowMs = 500): Interrupts {
    return {
        onSignal(handler) {
            let last = Number.NEGATIVE_INFINITY;
            const listener = (signal: NodeJS.Signals) => {
                const now = performance.now();
                if (now - last > windowMs) {
                    last = now;
                    handler(signal);
                }
            };
            process.on("SIGINT", listener).on("SIGTERM", listener);
            return () => {
                process.off("SIGINT", listener).off("SIGTERM", listener);
            };
        },
    };
}
