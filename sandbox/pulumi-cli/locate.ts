import { accessSync, constants, existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { SandboxError } from "../errors";
import { buildFromSource } from "./build";
import { downloadRelease, officialSource } from "./download";
import { isNewEnough, PINNED_VERSION, versionOf } from "./version";

export interface LocateOptions {
    /** @default process.env */
    readonly environment?: NodeJS.ProcessEnv;
    /** Takes a line for the person at the terminal. @default nothing is said */
    readonly report?: (line: string) => void;
    /** Ways to get a CLI where none is installed, tried in this order. @default download, then build */
    readonly sources?: readonly CliSource[];
}

export interface CliSource {
    readonly name: string;
    /** Puts an executable `pulumi` into an empty folder. */
    obtain(into: string, report: (line: string) => void): Promise<void>;
}

const officialSources: readonly CliSource[] = [
    {
        name: "the official download",
        obtain: (into) => downloadRelease({ version: PINNED_VERSION, into, source: officialSource(PINNED_VERSION) }),
    },
    {
        name: "a Go build",
        obtain: (into, report) => buildFromSource({ version: PINNED_VERSION, output: join(into, "pulumi"), report }),
    },
];

/**
 * Path of a pulumi to run: the one on PATH, the one in Pulumi's own folder, the sandbox's, or else one got now.
 * @throws SandboxError with everything that was tried.
 */
export async function locateCli(options: LocateOptions = {}): Promise<string> {
    const environment = options.environment ?? process.env;
    const report = options.report ?? (() => undefined);
    const tried: string[] = [];
    for (const candidate of installed(environment)) {
        const reason = await objection(candidate);
        if (reason === undefined) {
            return candidate;
        }
        tried.push(`${candidate}: ${reason}`);
        report(`not using ${candidate}: ${reason}`);
    }
    const cached = cacheFolder(environment);
    const cli = join(cached, "pulumi");
    // its version was checked when it was put there, under a folder of that name
    if (isExecutable(cli)) {
        return cli;
    }
    await mkdir(dirname(cached), { recursive: true });
    const release = await lock(cached, report);
    try {
        if (!isExecutable(cli)) {
            await removeRemains(cached);
            await obtain(cached, options.sources ?? officialSources, report, tried);
        }
        return cli;
    } finally {
        await release();
    }
}

export function cacheFolder(environment: NodeJS.ProcessEnv): string {
    const caches = environment["XDG_CACHE_HOME"] || join(homeOf(environment), ".cache");
    return join(caches, "platforms-sandbox", "cli", `v${PINNED_VERSION}`);
}

const homeOf = (environment: NodeJS.ProcessEnv) => environment["HOME"] || homedir();

/** Executables on PATH and where Pulumi's installer puts its own. */
function installed(environment: NodeJS.ProcessEnv): string[] {
    const pulumiHome = environment["PULUMI_HOME"] || join(homeOf(environment), ".pulumi");
    const folders = [...(environment["PATH"] ?? "").split(delimiter).filter(Boolean), join(pulumiHome, "bin")];
    return [...new Set(folders.map((folder) => join(folder, "pulumi")))].filter(isExecutable);
}

function isExecutable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}

/** Why an installed CLI can't be used, or nothing. */
async function objection(executable: string): Promise<string | undefined> {
    try {
        const version = await versionOf(executable);
        return isNewEnough(version) ? undefined : `version ${version}, at least ${PINNED_VERSION} of 3.x is needed`;
    } catch (error) {
        return message(error);
    }
}

async function obtain(
    target: string,
    sources: readonly CliSource[],
    report: (line: string) => void,
    tried: string[],
): Promise<void> {
    for (const source of sources) {
        // beside the target: a rename within one file system is atomic
        const stage = await mkdtemp(`${target}-`);
        try {
            report(`getting pulumi v${PINNED_VERSION} by ${source.name}`);
            await source.obtain(stage, report);
            const version = await versionOf(join(stage, "pulumi"));
            if (version !== PINNED_VERSION) {
                throw new Error(`it gave version ${version} instead of ${PINNED_VERSION}`);
            }
            await rm(target, { recursive: true, force: true });
            await rename(stage, target);
            report(`pulumi v${PINNED_VERSION} is in ${target}`);
            return;
        } catch (error) {
            tried.push(`${source.name}: ${message(error)}`);
            report(`${source.name} failed: ${message(error)}`);
            await rm(stage, { recursive: true, force: true });
        }
    }
    throw new SandboxError(
        [
            "no Pulumi CLI could be had:",
            ...tried.map((line) => `  ${line}`),
            `Install Pulumi ${PINNED_VERSION} or newer (https://www.pulumi.com/docs/iac/download-install/), or Go 1.21 or newer, and try again.`,
        ].join("\n"),
    );
}

/** Folders that runs left which were ended in the middle. Nobody else is at it: the lock is held. */
async function removeRemains(target: string): Promise<void> {
    for (const name of await readdir(dirname(target))) {
        if (name.startsWith(`${basename(target)}-`)) {
            await rm(join(dirname(target), name), { recursive: true, force: true });
        }
    }
}

/** Two runs started at once get one CLI: the second waits, and a lock whose holder died goes stale in seconds. */
async function lock(path: string, report: (line: string) => void): Promise<() => Promise<void>> {
    const lockfile = await import("proper-lockfile");
    const options = { realpath: false, stale: 15_000, update: 3000 };
    if (existsSync(`${path}.lock`)) {
        report("waiting for another run that is getting the Pulumi CLI");
    }
    return lockfile.lock(path, { ...options, retries: { forever: true, minTimeout: 200, maxTimeout: 2000 } });
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));
