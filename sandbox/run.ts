import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Parsed, RawConfig } from "../config/parse";
import { type SandboxDirectories, sandboxDirectories } from "./directories";
import { engineEnvironment, type Finished, type Interrupts, runPulumi } from "./engine";
import { SandboxError } from "./errors";
import { hold } from "./holder";
import { type LanguageHost, type Program, programAt, serveProgram } from "./language";
import { installPolicyPlugin } from "./policy-plugin";
import { chooseEncryption, type Encryption, STAND_IN_KEY, writeStackConfig, writeStubProject } from "./stack-config";
import { projectName, rawConfig, readStackFile, type StackFile, stackFilePath } from "./stack-file";
import { StackState } from "./state";
import { undoUnheardCreations } from "./unfinished";

export const commands = ["preview", "up", "refresh", "destroy", "export", "reset"] as const;
export type Command = (typeof commands)[number];

export interface SandboxOptions {
    readonly command: Command;
    readonly stack: string;
    /** Flags for pulumi, verbatim. @default none */
    readonly flags?: readonly string[];
    /** Folder with `Pulumi.yaml`. */
    readonly projectDir: string;
    /** Where the sandbox keeps its things. @default `.sandbox` in the project, or PLATFORMS_SANDBOX_DIR */
    readonly sandboxDir?: string;
    /** Source of the stack's config. @default `Pulumi.<stack>.yaml` of the project */
    readonly configFile?: string;
    /** @default `index.ts` of the project */
    readonly program?: Program;
    /** Serves the program to the engine in another way. @default from this process */
    readonly serve?: () => Promise<LanguageHost>;
    /** Check the project's policy pack. @default true when the project has one */
    readonly policy?: boolean;
    /** Rehearses a failing deployment: the first resource whose URN contains this fails. @default none fails */
    readonly failOn?: string;
    /** How long the stand-in cloud takes for each change, milliseconds. @default 0 */
    readonly latencyMs?: number;
    /** Checks a config before anything is created. @default no check */
    readonly checkConfig?: (raw: RawConfig, project: string) => Promise<Parsed<unknown>>;
    /** Keeps pulumi's output instead of passing it on. @default false */
    readonly capture?: boolean;
    /** @default none is handed on */
    readonly interrupts?: Interrupts;
    /** Takes the sandbox's own lines. @default standard error */
    readonly report?: (line: string) => void;
    /** The person's environment. @default process.env */
    readonly environment?: NodeJS.ProcessEnv;
    /** Path of the CLI. @default found by `pulumi-cli/locate.ts` */
    readonly cli?: string;
}

/** A run's parts, once its stack file is known to be good. */
interface Run {
    readonly options: SandboxOptions;
    readonly directories: SandboxDirectories;
    readonly project: string;
    readonly state: StackState;
    readonly report: (line: string) => void;
}

const BANNER =
    "sandbox: real engine, program and policies; stand-in cloud. Permissions, quotas and checks of the real services are not proven.";

/** Runs one command on one stack: the real engine and program, stand-in providers. */
export async function runSandbox(options: SandboxOptions): Promise<Finished> {
    const report = options.report ?? ((line: string) => console.error(line));
    const directories = sandboxDirectories(options.projectDir, options.sandboxDir);
    const project = projectName(options.projectDir);
    const state = new StackState(directories, project, options.stack);
    const run = { options, directories, project, state, report };
    if (options.command === "reset") {
        return reset(run);
    }
    const file = readStackFile(options.configFile ?? stackFilePath(options.projectDir, options.stack), project);
    const faults = await configFaults(file, run);
    if (faults !== undefined) {
        report(faults);
        return { code: 1, stdout: "", stderr: faults };
    }
    return execute(file, run);
}

async function configFaults(file: StackFile, { options, project }: Run): Promise<string | undefined> {
    const parsed = await options.checkConfig?.(rawConfig(file.config, STAND_IN_KEY.placeholder), project);
    if (parsed === undefined || parsed.ok) {
        return undefined;
    }
    const { formatFaults } = require("../config/faults") as typeof import("../config/faults");
    return formatFaults(parsed.faults);
}

function reset(run: Run): Finished {
    const release = holdStack(run);
    try {
        run.state.remove();
    } finally {
        release();
    }
    run.report(`sandbox: stack ${run.options.stack} forgotten`);
    return { code: 0, stdout: "", stderr: "" };
}

function holdStack({ options, directories }: Run): () => void {
    return hold(`${directories.cloud(options.stack)}.lock`, `stack ${options.stack}`);
}

async function execute(file: StackFile, run: Run): Promise<Finished> {
    const { options, directories, report } = run;
    const encryption = chooseEncryption(file, options.environment ?? process.env);
    checkStateKey(file, encryption, run);
    for (const notice of notices(file, encryption)) {
        report(`sandbox: ${notice}`);
    }
    if (options.command !== "export") {
        report(BANNER);
    }
    const cli = options.cli ?? (await locate(run));
    const configPath = join(directories.config, `Pulumi.${options.stack}.yaml`);
    writeStubProject(directories.config, run.project);
    writeStackConfig(file, encryption, configPath);
    installPolicyPlugin(directories);
    mkdirSync(directories.state, { recursive: true });
    await initStack(cli, encryption, run);
    if (options.command === "export") {
        return runPulumi(cli, {
            args: ["stack", "export", "--stack", options.stack, ...(options.flags ?? [])],
            cwd: directories.config,
            env: engineEnvironment(directories, encryption, { outer: options.environment }),
            capture: options.capture,
        });
    }
    const engine: Engine = { cli, encryption, configPath };
    return options.command === "preview" ? preview(engine, run) : change(engine, run);
}

/** What a stack's commands have in common. */
interface Engine {
    readonly cli: string;
    readonly encryption: Encryption;
    readonly configPath: string;
}

/** On a copy of the stand-in cloud: a preview changes nothing, and any number may run beside an `up`. */
async function preview(engine: Engine, run: Run): Promise<Finished> {
    const { options, directories } = run;
    const original = directories.cloud(options.stack);
    mkdirSync(directories.root, { recursive: true });
    const copy = mkdtempSync(join(directories.root, `preview-${options.stack}-`));
    try {
        if (existsSync(original)) {
            cpSync(original, copy, { recursive: true });
        }
        return await withCloud(engine, copy, run);
    } finally {
        rmSync(copy, { recursive: true, force: true });
    }
}

async function change(engine: Engine, run: Run): Promise<Finished> {
    const { options, directories, state, report } = run;
    const release = holdStack(run);
    try {
        state.removeDeadLocks();
        const unheard = undoUnheardCreations(state, directories.cloud(options.stack));
        if (unheard.length > 0) {
            report(`sandbox: the last run was killed while creating ${unheard.join(", ")}; that is taken back first`);
            await clearPendingCreates(engine, run);
        }
        return await withCloud(engine, directories.cloud(options.stack), run);
    } finally {
        release();
    }
}

/** Pulumi keeps these until a person clears them. The stack itself as target: nothing else is to be refreshed now. */
async function clearPendingCreates(engine: Engine, run: Run): Promise<void> {
    const { stack } = run.options;
    const root = `urn:pulumi:${stack}::${run.project}::pulumi:pulumi:Stack::${run.project}-${stack}`;
    const refresh = {
        ...run.options,
        command: "refresh",
        flags: ["--clear-pending-creates", "--target", root],
    } as const;
    const { code, stdout, stderr } = await runPulumi(engine.cli, {
        args: engineArguments(refresh, engine.configPath),
        cwd: run.options.projectDir,
        env: engineEnvironment(run.directories, engine.encryption, { outer: run.options.environment }),
        capture: true,
        interrupts: run.options.interrupts,
    });
    if (code !== 0) {
        throw new SandboxError(`the stack's unfinished operations could not be cleared:\n${stdout}${stderr}`);
    }
}

async function withCloud(engine: Engine, cloudDirectory: string, { options, directories }: Run): Promise<Finished> {
    const { program, preload } = options.program
        ? { program: options.program, preload: undefined }
        : programAt(join(options.projectDir, "index.ts"));
    const { startCloud } = require("./cloud/index") as typeof import("./cloud/index");
    const [cloud, host] = await Promise.all([
        startCloud({ directory: cloudDirectory, failOn: options.failOn, latencyMs: options.latencyMs }),
        options.serve?.() ?? serveProgram(program),
    ]);
    try {
        const finished = runPulumi(engine.cli, {
            args: [...engineArguments(options, engine.configPath), `--client=${host.address}`],
            cwd: options.projectDir,
            env: engineEnvironment(directories, engine.encryption, {
                outer: options.environment,
                debugProviders: cloud.debugProviders,
            }),
            capture: options.capture,
            interrupts: options.interrupts,
        });
        if (options.serve === undefined && (options.command === "preview" || options.command === "up")) {
            preload?.(); // while the CLI starts
        }
        return await finished;
    } finally {
        host.close();
        await cloud.close();
    }
}

/** Arguments of the CLI, the person's last so that they win where a flag may be given twice. */
export function engineArguments(options: SandboxOptions, configPath: string): string[] {
    const { command, stack, projectDir, flags = [] } = options;
    const pack = join(projectDir, "policy");
    const packConfig = join(pack, "config", `${stack}.json`);
    const checksPolicy =
        (command === "preview" || command === "up") &&
        (options.policy ?? true) &&
        existsSync(join(pack, "PulumiPolicy.yaml"));
    return [
        command,
        "--stack",
        stack,
        "--config-file",
        configPath,
        "--non-interactive",
        // pulumi refuses --yes together with --preview-only
        ...(command === "preview" || flags.includes("--preview-only") ? [] : ["--yes", "--skip-preview"]),
        ...(checksPolicy ? ["--policy-pack", pack] : []),
        ...(checksPolicy && existsSync(packConfig) ? ["--policy-pack-config", packConfig] : []),
        ...flags,
    ];
}

async function initStack(cli: string, encryption: Encryption, run: Run): Promise<void> {
    if (run.state.exists) {
        return;
    }
    const { code, stderr } = await runPulumi(cli, {
        args: ["stack", "init", run.options.stack, "--no-select", "--non-interactive"],
        cwd: run.directories.config,
        env: engineEnvironment(run.directories, encryption, { outer: run.options.environment }),
        capture: true,
    });
    if (code !== 0 && !run.state.exists) {
        throw new SandboxError(`the stack could not be made: ${stderr.trim()}`);
    }
}

async function locate({ options, report }: Run): Promise<string> {
    const { locateCli } = require("./pulumi-cli/locate") as typeof import("./pulumi-cli/locate");
    return locateCli({ environment: options.environment, report: (line) => report(`sandbox: ${line}`) });
}

/** The state of a stack is encrypted as its config was when it was made; the engine says only "incorrect passphrase". */
function checkStateKey(file: StackFile, encryption: Encryption, { state, options }: Run): void {
    const salt = state.salt;
    if (salt === undefined || (salt === STAND_IN_KEY.salt) === (encryption.salt === STAND_IN_KEY.salt)) {
        return;
    }
    const madeWith =
        salt === file.encryptionSalt
            ? "with PULUMI_CONFIG_PASSPHRASE set"
            : "without PULUMI_CONFIG_PASSPHRASE, or another";
    throw new SandboxError(
        `the sandbox's state of stack ${options.stack} was made ${madeWith}; run it likewise, or start anew with ` +
            `\`npm run sandbox -- reset ${options.stack}\``,
    );
}

function notices(file: StackFile, encryption: Encryption): string[] {
    return [
        ...(encryption.notice === undefined ? [] : [encryption.notice]),
        ...(file.hasEnvironment ? ["Pulumi ESC environments of the stack file are left out"] : []),
    ];
}
