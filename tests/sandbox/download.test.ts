import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checksumOf, downloadRelease, officialSource, platform } from "../../sandbox/pulumi-cli/download";

describe("downloading a release", () => {
    const version = "3.1.2";
    const archiveName = `pulumi-v${version}-${platform()}.tar.gz`;
    let folder: string;
    let archive: Buffer;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "download-"));
        mkdirSync(join(folder, "pulumi"));
        writeFileSync(join(folder, "pulumi", "pulumi"), "the CLI", { mode: 0o755 });
        writeFileSync(join(folder, "pulumi", "pulumi-language-nodejs"), "a plugin", { mode: 0o755 });
        execFileSync("tar", ["-czf", join(folder, archiveName), "-C", folder, "pulumi"]);
        archive = readFileSync(join(folder, archiveName));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    async function downloadFrom(answer: RequestListener): Promise<string> {
        const server = createServer(answer);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const address = server.address();
        assert.ok(address !== null && typeof address === "object");
        const base = `http://127.0.0.1:${address.port}`;
        const into = mkdtempSync(join(folder, "into-"));
        try {
            await downloadRelease({
                version,
                into,
                source: { archives: `${base}/sdk`, checksums: `${base}/sums` },
                patience: 300,
            });
        } finally {
            server.close();
            server.closeAllConnections();
        }
        return into;
    }
    const sums = () => `${createHash("sha256").update(archive).digest("hex")}  ${archiveName}\n`;

    it("unpacks what the release's checksums vouch for", async () => {
        const asked: string[] = [];
        const into = await downloadFrom((request, response) => {
            asked.push(request.url ?? "");
            response.end(request.url?.startsWith("/sums") ? `${"0".repeat(64)}  other.tar.gz\n${sums()}` : archive);
        });
        assert.deepEqual(asked, [`/sums/pulumi-${version}-checksums.txt`, `/sdk/${archiveName}`]);
        assert.deepEqual(readdirSync(into).sort(), ["pulumi", "pulumi-language-nodejs"]);
        assert.equal(readFileSync(join(into, "pulumi"), "utf8"), "the CLI");
    });

    it("refuses an archive with another checksum", async () => {
        await assert.rejects(
            downloadFrom((request, response) => {
                response.end(request.url?.startsWith("/sums") ? `${"0".repeat(64)}  ${archiveName}\n` : archive);
            }),
            /has the SHA-256 [0-9a-f]{64}, the release says 0{64}/,
        );
    });

    it("refuses a release that doesn't list the archive", async () => {
        await assert.rejects(
            downloadFrom((_, response) => {
                response.end(`${"0".repeat(64)}  x${archiveName}\n`);
            }),
            /the release's checksums don't list/,
        );
    });

    it("passes an answer other than 200 on", async () => {
        await assert.rejects(
            downloadFrom((_, response) => {
                response.writeHead(404).end();
            }),
            /answered 404/,
        );
    });

    it("gives up on a host that doesn't answer, and on one that stops in the middle", async () => {
        await assert.rejects(
            downloadFrom(() => undefined),
            /no answer from 127\.0\.0\.1:\d+ in 0\.3 s/,
        );
        await assert.rejects(
            downloadFrom((request, response) => {
                if (request.url?.startsWith("/sums")) {
                    response.end(sums());
                } else {
                    response.writeHead(200, { "content-length": archive.length }).write(archive.subarray(0, 10));
                }
            }),
            /no answer from 127\.0\.0\.1:\d+ in 0\.3 s|aborted/,
        );
    });

    it("names the official places, and the platforms that have an archive", () => {
        assert.deepEqual(officialSource("3.225.0"), {
            archives: "https://get.pulumi.com/releases/sdk",
            checksums: "https://github.com/pulumi/pulumi/releases/download/v3.225.0",
        });
        assert.equal(platform("linux", "arm64"), "linux-arm64");
        assert.equal(platform("darwin", "x64"), "darwin-x64");
        assert.throws(() => platform("freebsd", "x64"), /no archive for freebsd-x64/);
        assert.throws(() => platform("linux", "riscv64"), /no archive for linux-riscv64/);
        assert.throws(() => checksumOf("", "x"), /don't list x/);
    });
});
