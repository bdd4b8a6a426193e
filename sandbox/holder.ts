import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { SandboxError } from "./errors";

interface Holder {
    readonly pid: number;
    readonly hostname: string;
}

/** Whether the process that a lock file names still runs. Pulumi's own lock files have these two fields as well. */
export function isHeld(lockFile: string): boolean {
    try {
        const holder = JSON.parse(readFileSync(lockFile, "utf8")) as Holder;
        if (holder.hostname !== hostname()) {
            return true; // a shared folder: only that machine could tell
        }
        process.kill(holder.pid, 0);
        return true;
    } catch (error) {
        // EPERM: alive, another user's
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/**
 * Keeps other runs from changing a stack's stand-in cloud until released. A lock whose process died is taken over at
 * once, so that a killed run costs nobody a wait.
 * @throws SandboxError when another run holds it.
 */
export function hold(lockFile: string, what: string): () => void {
    mkdirSync(dirname(lockFile), { recursive: true });
    const content = JSON.stringify({ pid: process.pid, hostname: hostname() } satisfies Holder);
    for (const lastTry of [false, true]) {
        try {
            writeFileSync(lockFile, content, { flag: "wx" });
            return () => rmSync(lockFile, { force: true });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
                throw error;
            }
            if (lastTry || isHeld(lockFile)) {
                throw new SandboxError(`${what} is being changed by another run (${lockFile}); let it end first`);
            }
            rmSync(lockFile, { force: true });
        }
    }
    throw new Error("unreachable: the last try returns or throws");
}
