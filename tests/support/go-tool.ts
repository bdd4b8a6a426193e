import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Folder of a tool below tests/tools, with the versions and checksums of its modules. */
const folderOf = (tool: string) => join(__dirname, "..", "tools", tool);

/**
 * A Go program, compiled once for the versions that its go.mod and go.sum name, and kept in the cache. The first run
 * takes some minutes.
 */
export function goTool(tool: string, mainPackage: string): string {
    const folder = folderOf(tool);
    const pinned = createHash("sha256")
        .update(readFileSync(join(folder, "go.sum")))
        .digest("hex")
        .slice(0, 12);
    const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "platforms-tools");
    const built = join(cache, `${tool}-${pinned}`);
    if (!existsSync(built)) {
        mkdirSync(cache, { recursive: true });
        // renamed at the end: whoever builds at the same time never finds half a file
        const output = join(mkdtempSync(join(cache, `${tool}-`)), tool);
        const args = ["build", "-buildvcs=false", "-ldflags=-s -w", "-o", output, mainPackage];
        const { status, stderr, error } = spawnSync("go", args, {
            cwd: folder,
            env: { ...process.env, CGO_ENABLED: "0" },
            encoding: "utf8",
        });
        if (status !== 0) {
            throw new Error(`go build of ${tool} failed: ${error?.message ?? stderr.slice(-2000)}`);
        }
        renameSync(output, built);
    }
    return built;
}
