import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Deployment, LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { type Cloud, type CloudOptions, startCloud } from "../../../sandbox/cloud";
import { CloudRecord } from "../../../sandbox/cloud/record";

/** Directory with the CLI: the one on PATH, or the one the sandbox built last. */
function cliRoot(): string | undefined {
    const onPath = (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
        try {
            return readdirSync(folder).includes("pulumi");
        } catch {
            return false;
        }
    });
    if (onPath) {
        return undefined;
    }
    const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platforms-sandbox", "cli");
    const version = readdirSync(cache)
        .filter((entry) => /^v\d/.test(entry))
        .sort()
        .at(-1);
    return version === undefined ? undefined : join(cache, version);
}

/** A project with one stack on the real engine, its state and its cloud in a folder of its own. */
export class Engine {
    readonly folder = mkdtempSync(join(tmpdir(), "cloud-"));
    readonly cloudFolder = join(this.folder, "cloud");
    private cloud: Cloud | undefined;
    private stack: Stack | undefined;

    /** Runs something against the program; each call restarts the stand-in cloud, as separate commands do. */
    async run<T>(
        program: PulumiFn,
        use: (stack: Stack) => Promise<T>,
        options: Partial<CloudOptions> & { config?: Record<string, string> } = {},
    ): Promise<T> {
        const { config = {}, ...cloudOptions } = options;
        this.cloud = await startCloud({ directory: this.cloudFolder, ...cloudOptions });
        try {
            this.stack = await this.select(program, this.cloud.debugProviders);
            for (const [key, value] of Object.entries(config)) {
                await this.stack.setConfig(key, { value });
            }
            return await use(this.stack);
        } finally {
            await this.cloud.close();
        }
    }

    private async select(program: PulumiFn, debugProviders: string): Promise<Stack> {
        const home = join(this.folder, "home");
        const state = join(this.folder, "state");
        mkdirSync(home, { recursive: true });
        mkdirSync(state, { recursive: true });
        const root = cliRoot();
        const pulumiCommand =
            root === undefined
                ? undefined
                : await PulumiCommand.get({ root: linkRoot(this.folder, root), skipVersionCheck: true });
        return LocalWorkspace.createOrSelectStack(
            { projectName: "cloud", stackName: "test", program },
            {
                pulumiCommand,
                pulumiHome: home,
                workDir: this.folder,
                projectSettings: { name: "cloud", runtime: "nodejs", backend: { url: `file://${state}` } },
                envVars: {
                    PULUMI_DEBUG_PROVIDERS: debugProviders,
                    PULUMI_CONFIG_PASSPHRASE: "for tests only",
                    PULUMI_SKIP_UPDATE_CHECK: "1",
                    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
                },
            },
        );
    }

    /** All files of the cloud's record and of the state, for searching. */
    files(): string {
        const read = (folder: string): string[] =>
            readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
                entry.isDirectory() ? read(join(folder, entry.name)) : [readFileSync(join(folder, entry.name), "utf8")],
            );
        return [this.cloudFolder, join(this.folder, "state")].flatMap(read).join("\n");
    }

    /** What the cloud still holds, by URN. */
    held(): readonly string[] {
        return this.record((record) => record.all().map(({ urn }) => urn));
    }

    /** Deletes a resource behind the engine's back. */
    forget(urn: string): void {
        this.record((record) => {
            const found = record.all().find((resource) => resource.urn === urn);
            assert.ok(found, `${urn} is in the record`);
            record.delete(found);
        });
    }

    /** How many times something was created or updated since the record was last read. */
    puts(): number {
        const lines = readFileSync(join(this.cloudFolder, "resources.jsonl"), "utf8").split("\n");
        return lines.filter((line) => line.startsWith('{"put"')).length;
    }

    private record<T>(use: (record: CloudRecord) => T): T {
        const record = new CloudRecord(this.cloudFolder);
        try {
            return use(record);
        } finally {
            record.close();
        }
    }

    remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** The Automation API looks for bin/pulumi under its root. */
function linkRoot(folder: string, cli: string): string {
    const root = join(folder, "cli", "bin");
    mkdirSync(root, { recursive: true });
    try {
        symlinkSync(join(cli, "pulumi"), join(root, "pulumi"));
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
    return join(folder, "cli");
}

export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly parent?: string;
    readonly inputs?: { readonly [key: string]: unknown };
    readonly outputs?: { readonly [key: string]: unknown };
}

export function resourcesOf(state: Deployment): readonly StateResource[] {
    return (state.deployment as { resources?: StateResource[] }).resources ?? [];
}

/** Counts of changes, without those that came to nothing. */
export function changesOf(summary: { [op: string]: number | undefined } | undefined): {
    [op: string]: number | undefined;
} {
    return Object.fromEntries(Object.entries(summary ?? {}).filter(([op]) => op !== "same"));
}
