import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * The CLI that the sandbox gets for itself. The newest whose packages the Go registry serves with checksums, so that a
 * download and a build give the same engine; `go.mod` beside this file requires the same.
 */
export const PINNED_VERSION = "3.225.0";

/** Version that an executable says it has, without the `v`. @throws when it doesn't run or says something else. */
export async function versionOf(executable: string): Promise<string> {
    const { stdout } = await promisify(execFile)(executable, ["version"], {
        timeout: 20_000,
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = /^v?(\d+\.\d+\.\d+\S*)$/m.exec(stdout.trim())?.[1];
    if (version === undefined) {
        throw new Error(`"pulumi version" said ${JSON.stringify(stdout.trim().slice(0, 80))}`);
    }
    return version;
}

/** Whether a version is one that the sandbox's flow was tried with: the pinned one or newer, of the same major. */
export function isNewEnough(version: string, minimum = PINNED_VERSION): boolean {
    const numbers = (text: string) => text.split(/[.+-]/).slice(0, 3).map(Number);
    const [major = 0, minor = 0, patch = 0] = numbers(version);
    const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = numbers(minimum);
    return major === wantedMajor && (minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch));
}
