import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { promisify } from "node:util";

export interface DownloadSource {
    /** Folder of the archives. */
    readonly archives: string;
    /** Folder of the list of checksums; another host than the archives', so that one alone can't pass off a file. */
    readonly checksums: string;
}

/** https://www.pulumi.com/docs/iac/download-install/versions/ */
export function officialSource(version: string): DownloadSource {
    return {
        archives: "https://get.pulumi.com/releases/sdk",
        checksums: `https://github.com/pulumi/pulumi/releases/download/v${version}`,
    };
}

export interface DownloadOptions {
    readonly version: string;
    /** An empty folder; afterwards it holds `pulumi` and what ships with it. */
    readonly into: string;
    readonly source: DownloadSource;
    /** Milliseconds to wait for an answer, and between two pieces of a body. @default 5000 */
    readonly patience?: number;
}

/** Fetches a release, checks it against the release's own checksums and unpacks it. */
export async function downloadRelease(options: DownloadOptions): Promise<void> {
    const archive = `pulumi-v${options.version}-${platform()}.tar.gz`;
    const list = await fetchText(`${options.source.checksums}/pulumi-${options.version}-checksums.txt`, options);
    const expected = checksumOf(list, archive);
    const file = join(options.into, archive);
    await fetchFile(`${options.source.archives}/${archive}`, file, options);
    const actual = await sha256(file);
    if (actual !== expected) {
        throw new Error(`${archive} has the SHA-256 ${actual}, the release says ${expected}`);
    }
    await promisify(execFile)("tar", ["-xzf", file, "-C", options.into]);
    await rm(file);
    // the archive holds one folder, pulumi/, with the executable of the same name in it
    const unpacked = join(options.into, "unpacked");
    await rename(join(options.into, "pulumi"), unpacked);
    await promisify(execFile)("sh", ["-c", 'mv "$1"/* "$2"/ && rmdir "$1"', "sh", unpacked, options.into]);
}

/** The platform part of an archive's name. */
export function platform(os: string = process.platform, arch: string = process.arch): string {
    if ((os !== "linux" && os !== "darwin") || (arch !== "x64" && arch !== "arm64")) {
        throw new Error(`no archive for ${os}-${arch}`);
    }
    return `${os}-${arch}`;
}

/** The SHA-256 of a file in a list as `sha256sum` writes it. */
export function checksumOf(list: string, file: string): string {
    for (const line of list.split("\n")) {
        const match = /^([0-9a-f]{64})\s+\*?(\S+)$/i.exec(line.trim());
        if (match?.[1] !== undefined && match[2] === file) {
            return match[1].toLowerCase();
        }
    }
    throw new Error(`the release's checksums don't list ${file}`);
}

async function sha256(path: string): Promise<string> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
}

async function fetchText(url: string, options: DownloadOptions): Promise<string> {
    const { response, stop } = await request(url, options);
    try {
        return await response.text();
    } finally {
        stop();
    }
}

async function fetchFile(url: string, path: string, options: DownloadOptions): Promise<void> {
    const { response, progress, stop } = await request(url, options);
    if (response.body === null) {
        throw new Error(`${url} answered without a body`);
    }
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>).on("data", progress);
    try {
        await pipeline(body, createWriteStream(path));
    } finally {
        stop();
    }
}

/** A request given up when nothing arrives for the patience; a slow but moving download may take its time. */
async function request(url: string, { patience = 5000 }: DownloadOptions) {
    const abort = new AbortController();
    const giveUp = () => abort.abort(new Error(`no answer from ${new URL(url).host} in ${patience / 1000} s`));
    let timer = setTimeout(giveUp, patience);
    const stop = () => clearTimeout(timer);
    const progress = () => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, patience);
    };
    try {
        const response = await fetch(url, { signal: abort.signal });
        if (!response.ok) {
            throw new Error(`${url} answered ${response.status}`);
        }
        progress();
        return { response, progress, stop };
    } catch (error) {
        stop();
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        throw cause instanceof Error ? cause : new Error(String(cause));
    }
}
