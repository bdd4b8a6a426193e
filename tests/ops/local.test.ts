import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { addresses, composeArguments, ensurePasswords, localFiles } from "../../ops/local/compose";
import { repository } from "../support/sandbox";

interface ComposeService {
    readonly image: string;
    readonly ports: readonly string[];
    readonly healthcheck: { readonly test: readonly string[] };
    readonly environment?: Readonly<Record<string, string>>;
    readonly privileged?: boolean;
}

const files = localFiles(repository);
const services = Object.entries(
    (parse(readFileSync(files.compose, "utf8")) as { services: Record<string, ComposeService> }).services,
);

describe("the local environment", () => {
    it("has what the platform has in AWS", () => {
        assert.deepEqual(
            services.map(([name]) => name),
            ["postgres", "redis", "localstack", "mail"],
        );
    });

    for (const [name, service] of services) {
        it(`runs ${name} in a pinned version, checked, and for this machine only`, () => {
            assert.match(service.image, /:v?\d+\.\d+(\.\d+)?(-[\w.]+)?$/);
            assert.ok(service.healthcheck.test.length > 1);
            for (const port of service.ports) {
                assert.match(port, /^127\.0\.0\.1:\d+:\d+$/);
            }
            assert.equal(service.privileged, undefined);
        });
    }

    it("runs the major versions of RDS and ElastiCache", () => {
        const image = (name: string) => services.find(([service]) => service === name)?.[1].image ?? "";
        assert.match(image("postgres"), /^postgres:15\./);
        assert.match(image("redis"), /^redis:7\./);
    });

    it("takes passwords from outside the file", () => {
        const secret = services.flatMap(([, { environment }]) =>
            Object.entries(environment ?? {}).filter(([variable]) => /PASSWORD|AUTH/.test(variable)),
        );
        assert.equal(secret.length, 2);
        for (const [, value] of secret) {
            assert.match(value, /^\$\{\w+:\?[^}]+\}$/);
        }
    });

    it("makes passwords once, for their owner's eyes", () => {
        const folder = mkdtempSync(join(tmpdir(), "local-test-"));
        try {
            const own = { ...files, environment: join(folder, ".env") };
            assert.equal(ensurePasswords(own), true);
            const first = readFileSync(own.environment, "utf8");
            assert.match(first, /^POSTGRES_PASSWORD=[0-9a-f]{36}\nREDIS_PASSWORD=[0-9a-f]{36}\n$/);
            assert.equal(statSync(own.environment).mode & 0o777, 0o600);
            assert.equal(ensurePasswords(own), false);
            assert.equal(readFileSync(own.environment, "utf8"), first);
            assert.doesNotMatch(addresses(own), /[0-9a-f]{36}/);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("hands Compose what was asked for", () => {
        const tail = (command: Parameters<typeof composeArguments>[1]) => composeArguments(files, command).slice(5);
        assert.deepEqual(composeArguments(files, { kind: "status" }).slice(0, 5), [
            "compose",
            "--file",
            files.compose,
            "--env-file",
            files.environment,
        ]);
        assert.deepEqual(tail({ kind: "up" }), [
            "up",
            "--detach",
            "--wait",
            "--wait-timeout",
            "180",
            "--remove-orphans",
        ]);
        assert.deepEqual(tail({ kind: "down", volumes: true }), ["down", "--remove-orphans", "--volumes"]);
        assert.deepEqual(tail({ kind: "down", volumes: false }), ["down", "--remove-orphans"]);
        assert.deepEqual(tail({ kind: "logs", services: ["redis"], follow: true }), [
            "logs",
            "--tail",
            "200",
            "--follow",
            "redis",
        ]);
        assert.deepEqual(tail({ kind: "status" }), ["ps", "--all"]);
    });

    it("is understood by Docker Compose", function () {
        if (spawnSync("docker", ["compose", "version"]).status !== 0) {
            this.skip();
        }
        const { status, stderr } = spawnSync("docker", ["compose", "--file", files.compose, "config", "--quiet"], {
            encoding: "utf8",
            env: { ...process.env, POSTGRES_PASSWORD: "a", REDIS_PASSWORD: "b" },
        });
        assert.equal(status, 0, stderr);
    });
});
