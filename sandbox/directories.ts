import { join, resolve } from "node:path";

/** Where a sandbox keeps what it remembers; nothing outside of it is written, the CLI's cache apart. */
export interface SandboxDirectories {
    readonly root: string;
    /** Pulumi's file backend: state, locks, history. */
    readonly state: string;
    /** Generated stack files. Pulumi writes into the config files it is given, so it never gets the repository's. */
    readonly config: string;
    /** `PULUMI_HOME` of sandbox runs: the person's login, plugins and workspaces stay untouched. */
    readonly home: string;
    /** What the stand-in cloud remembers of a stack. */
    cloud(stack: string): string;
}

export function sandboxDirectories(projectDir: string, configured = process.env["PLATFORMS_SANDBOX_DIR"]) {
    const root = configured ? resolve(configured) : join(projectDir, ".sandbox");
    return {
        root,
        state: join(root, "state"),
        config: join(root, "config"),
        home: join(root, "home"),
        cloud: (stack) => join(root, "cloud", stack),
    } satisfies SandboxDirectories;
}
