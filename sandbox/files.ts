import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file that another run may be reading: whole or not at all, and not where it has that content already. */
export function writeAtomically(path: string, content: string, mode = 0o600): void {
    if (existsSync(path) && readFileSync(path, "utf8") === content) {
        return;
    }
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}.new`;
    writeFileSync(draft, content, { mode });
    renameSync(draft, path);
}
