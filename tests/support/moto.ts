import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** https://pypi.org/project/moto/ */
const version = "5.1.22";

/** moto's server, installed once a machine. @returns what stood in the way of it, where the registry can't be reached */
export function installMoto(): { readonly server: string } | { readonly unreachable: string } {
    const folder = join(homedir(), ".cache", "platforms-tools", `moto-${version}`);
    const server = join(folder, "bin", "moto_server");
    if (existsSync(join(folder, "complete"))) {
        return { server };
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    const run = (command: string, ...args: string[]) =>
        spawnSync(command, args, { encoding: "utf8", timeout: 400_000 });
    const venv = run("python3", "-m", "venv", folder);
    const pip = venv.status === 0 ? run(join(folder, "bin", "pip"), "install", "-q", `moto[server]==${version}`) : venv;
    if (pip.status !== 0) {
        const said = `${pip.error?.message ?? ""}${pip.stderr ?? ""}`;
        if (venv.status !== 0 || /(connection|resolve|retries|timed? ?out|No matching distribution)/i.test(said)) {
            return { unreachable: said.trim().split("\n").at(-1) ?? "no reason given" };
        }
        throw new Error(`moto can't be installed: ${said}`);
    }
    mkdirSync(join(folder, "new"));
    renameSync(join(folder, "new"), join(folder, "complete"));
    return { server };
}

/** A moto server on a free port of this machine. */
export class Moto {
    private constructor(
        private readonly child: ChildProcess,
        readonly endpoint: string,
    ) {}

    static async start(server: string): Promise<Moto> {
        const port = await freePort();
        const child = spawn(server, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
        const endpoint = `http://127.0.0.1:${port}`;
        for (let tries = 0; tries < 300; tries += 1) {
            const answered = await fetch(`${endpoint}/moto-api/data.json`).then(
                ({ ok }) => ok,
                () => false,
            );
            if (answered) {
                return new Moto(child, endpoint);
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        child.kill();
        throw new Error("moto's server doesn't answer");
    }

    /** What makes the SDK of a process talk to it, in the account that moto acts for unless told otherwise. */
    environment(): Readonly<Record<string, string>> {
        return {
            AWS_ENDPOINT_URL: this.endpoint,
            AWS_ACCESS_KEY_ID: "testing",
            AWS_SECRET_ACCESS_KEY: "testing",
            AWS_REGION: "us-east-1",
        };
    }

    stop(): void {
        this.child.kill();
    }
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            server.close(() =>
                address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
            );
        });
    });
}
