import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SandboxDirectories } from "./directories";
import { isHeld } from "./holder";

/** The part of a state file (`pulumi stack export`, in a file backend) that a run needs to know. */
interface StateFile {
    readonly checkpoint?: {
        readonly latest?: {
            readonly secrets_providers?: { readonly type: string; readonly state?: { readonly salt?: string } };
            readonly resources?: readonly { readonly urn: string; readonly id?: string }[];
            readonly pending_operations?: readonly PendingOperation[];
        };
    };
}

/** An operation that had begun when the engine was killed. */
export interface PendingOperation {
    readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
    readonly resource: { readonly urn: string; readonly type: string };
}

/** A stack's state in the sandbox's file backend (layout: pkg/backend/diy of pulumi). */
export class StackState {
    private readonly bookkeeping: string;
    private readonly file: string;

    constructor(
        private readonly directories: SandboxDirectories,
        private readonly project: string,
        readonly stack: string,
    ) {
        this.bookkeeping = join(directories.state, ".pulumi");
        this.file = join(this.bookkeeping, "stacks", project, `${stack}.json`);
    }

    get exists(): boolean {
        return existsSync(this.file);
    }

    private read(): StateFile["checkpoint"] {
        return this.exists ? (JSON.parse(readFileSync(this.file, "utf8")) as StateFile).checkpoint : undefined;
    }

    /** Salt of the passphrase that the stack's secrets are encrypted with; none while the stack holds nothing. */
    get salt(): string | undefined {
        const latest = this.read()?.latest;
        return (latest?.resources?.length ?? 0) > 0 ? latest?.secrets_providers?.state?.salt : undefined;
    }

    /** Whether the state knows a resource by this identifier. */
    has(urn: string, id: string): boolean {
        return this.read()?.latest?.resources?.some((resource) => resource.urn === urn && resource.id === id) ?? false;
    }

    get pendingOperations(): readonly PendingOperation[] {
        return this.read()?.latest?.pending_operations ?? [];
    }

    /** A killed CLI leaves its lock behind, and every later run would be refused. */
    removeDeadLocks(): void {
        const folder = join(this.bookkeeping, "locks", "organization", this.project, this.stack);
        for (const name of existsSync(folder) ? readdirSync(folder) : []) {
            const lock = join(folder, name);
            if (name.endsWith(".json") && !isHeld(lock)) {
                rmSync(lock, { force: true });
            }
        }
    }

    /** Forgets the stack: its state, history, generated config and what the stand-in cloud holds of it. */
    remove(): void {
        const gone = [
            ...[".json", ".json.bak", ".json.attrs", ".json.bak.attrs"].map((suffix) =>
                this.file.replace(/\.json$/, suffix),
            ),
            ...["history", "backups", "locks/organization"].map((folder) =>
                join(this.bookkeeping, folder, this.project, this.stack),
            ),
            join(this.directories.config, `Pulumi.${this.stack}.yaml`),
            this.directories.cloud(this.stack),
        ];
        for (const path of gone) {
            rmSync(path, { recursive: true, force: true });
        }
    }
}
