import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "../../sandbox/errors";
import { type CliSource, cacheFolder, locateCli } from "../../sandbox/pulumi-cli/locate";
import { isNewEnough, PINNED_VERSION } from "../../sandbox/pulumi-cli/version";

describe("finding the Pulumi CLI", () => {
    let home: string;
    let environment: NodeJS.ProcessEnv;
    let lines: string[];
    beforeEach(() => {
        home = mkdtempSync(join(tmpdir(), "locate-"));
        environment = { HOME: home, PATH: [join(home, "bin"), "/usr/bin", "/bin"].join(":") };
        lines = [];
        obtained.length = 0;
    });
    afterEach(() => rmSync(home, { recursive: true, force: true }));

    function executable(path: string, version: string): string {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
        chmodSync(path, 0o755);
        return path;
    }
    const obtained: string[] = [];
    const source = (name: string, version: string | Error): CliSource => ({
        name,
        async obtain(into) {
            obtained.push(name);
            await sleep(50);
            if (version instanceof Error) {
                throw version;
            }
            executable(join(into, "pulumi"), version);
        },
    });
    const good = () => source("a good source", `v${PINNED_VERSION}`);
    const locate = (...sources: CliSource[]) => locateCli({ environment, sources, report: (line) => lines.push(line) });
    it("prefers PATH, then Pulumi's own folder, then the sandbox's cache", async () => {
        const cached = executable(join(cacheFolder(environment), "pulumi"), `v${PINNED_VERSION}`);
        assert.equal(await locate(), cached);
        const ofPulumi = executable(join(home, ".pulumi", "bin", "pulumi"), "v3.300.1");
        assert.equal(await locate(), ofPulumi);
        const onPath = executable(join(home, "bin", "pulumi"), `v${PINNED_VERSION}`);
        assert.equal(await locate(), onPath);
        assert.deepEqual(lines, []);
    });

    it("looks where PULUMI_HOME and XDG_CACHE_HOME point", async () => {
        environment["XDG_CACHE_HOME"] = join(home, "caches");
        const cached = executable(
            join(home, "caches", "platforms-sandbox", "cli", `v${PINNED_VERSION}`, "pulumi"),
            "?",
        );
        assert.equal(await locate(), cached);
        environment["PULUMI_HOME"] = join(home, "elsewhere");
        const ofPulumi = executable(join(home, "elsewhere", "bin", "pulumi"), `v${PINNED_VERSION}`);
        assert.equal(await locate(), ofPulumi);
    });

    it("passes over what is too old, broken, a folder or not executable, and says so", async () => {
        executable(join(home, "bin", "pulumi"), "v3.100.0");
        executable(join(home, ".pulumi", "bin", "pulumi"), "nonsense");
        environment["PATH"] = `${environment["PATH"]}:${join(home, "bin2")}:${join(home, "bin3")}`;
        mkdirSync(join(home, "bin2", "pulumi"), { recursive: true });
        mkdirSync(join(home, "bin3"));
        writeFileSync(join(home, "bin3", "pulumi"), "text");
        assert.equal(await locate(good()), join(cacheFolder(environment), "pulumi"));
        assert.match(
            lines[0] ?? "",
            new RegExp(`not using .*/bin/pulumi: version 3\\.100\\.0, at least ${PINNED_VERSION}`),
        );
        assert.match(lines[1] ?? "", /not using .*\.pulumi\/bin\/pulumi: "pulumi version" said "nonsense"/);
    });

    it("tries its sources in order and keeps the first that gives the right version", async () => {
        const cli = await locate(source("first", new Error("no network")), source("second", "v3.1.0"), good());
        assert.deepEqual(obtained, ["first", "second", "a good source"]);
        assert.equal(cli, join(cacheFolder(environment), "pulumi"));
        assert.ok(lines.includes("first failed: no network"));
        assert.ok(lines.includes(`second failed: it gave version 3.1.0 instead of ${PINNED_VERSION}`));
        assert.deepEqual(readdirSync(dirname(cacheFolder(environment))), [`v${PINNED_VERSION}`], "no remains");
        assert.equal(await locate(good()), cli);
        assert.equal(obtained.length, 3, "the second run takes it from the cache");
    });

    it("gets it once for two runs at the same time", async () => {
        const found = await Promise.all([locate(good()), locate(good())]);
        assert.equal(new Set(found).size, 1);
        assert.deepEqual(obtained, ["a good source"]);
    });

    it("recovers from a lock and a half-made folder that a killed run left", async () => {
        const cache = cacheFolder(environment);
        mkdirSync(cache, { recursive: true });
        writeFileSync(join(cache, "half"), "");
        mkdirSync(`${cache}-abandoned`);
        mkdirSync(`${cache}.lock`);
        utimesSync(`${cache}.lock`, new Date(0), new Date(0));
        await locate(good());
        assert.deepEqual(readdirSync(cache), ["pulumi"]);
        assert.deepEqual(readdirSync(dirname(cache)), [`v${PINNED_VERSION}`]);
    });

    it("tells everything it tried and how to install it when nothing works", async () => {
        executable(join(home, "bin", "pulumi"), "v2.0.0");
        await assert.rejects(
            locate(source("first", new Error("no network")), source("second", new Error("no go"))),
            (error) => {
                assert.ok(error instanceof SandboxError);
                const [head, ...tried] = error.message.split("\n");
                assert.equal(head, "no Pulumi CLI could be had:");
                assert.match(tried[0] ?? "", /bin\/pulumi: version 2\.0\.0/);
                assert.deepEqual(tried.slice(1, 3), ["  first: no network", "  second: no go"]);
                assert.match(tried[3] ?? "", /^Install Pulumi .*https:\/\/www\.pulumi\.com.* Go .*try again\.$/);
                return true;
            },
        );
    });

    it("compares versions by number", () => {
        assert.ok(isNewEnough("3.225.0"));
        assert.ok(isNewEnough("3.1000.0"));
        assert.ok(isNewEnough("3.226.0-alpha.1"));
        assert.ok(!isNewEnough("3.99.9"));
        assert.ok(!isNewEnough("3.224.99"));
        assert.ok(!isNewEnough("4.0.0"), "another major may have another command line");
        assert.ok(!isNewEnough("2.300.0"));
    });
});
