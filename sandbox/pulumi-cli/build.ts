import { spawn } from "node:child_process";

export interface BuildOptions {
    readonly version: string;
    /** Path of the executable to make. */
    readonly output: string;
    readonly report: (line: string) => void;
    /** @default the person's environment */
    readonly environment?: NodeJS.ProcessEnv;
}

/** Signs of life while the compiler is silent. */
const HEARTBEAT_MS = 20_000;

/** Compiles the CLI from the Go registry, with the versions and checksums of the go.mod and go.sum in this folder. */
export async function buildFromSource(options: BuildOptions): Promise<void> {
    const started = performance.now();
    options.report(
        `building pulumi v${options.version} with Go, once (2-3 minutes on 2 cores, longer while its modules are fetched)`,
    );
    const heartbeat = setInterval(
        () => options.report(`still building (${Math.round((performance.now() - started) / 1000)} s)`),
        HEARTBEAT_MS,
    );
    try {
        await go(
            [
                "build",
                // this folder may be in no git checkout, or in one that git distrusts
                "-buildvcs=false",
                `-ldflags=-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${options.version}`,
                "-o",
                options.output,
                "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
            ],
            options.environment ?? process.env,
        );
    } finally {
        clearInterval(heartbeat);
    }
}

function go(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
    return new Promise((resolve, reject) => {
        const child = spawn("go", args, {
            cwd: __dirname,
            env: { ...environment, CGO_ENABLED: "0" },
            stdio: ["ignore", "ignore", "pipe"],
        });
        let said = "";
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            said = (said + text).slice(-2000);
        });
        child.once("error", (error: NodeJS.ErrnoException) =>
            reject(error.code === "ENOENT" ? new Error("there is no go on PATH") : error),
        );
        child.once("close", (code) =>
            code === 0
                ? resolve()
                : reject(new Error(`go build ended with ${code}:\n${said.trim().split("\n").slice(-8).join("\n")}`)),
        );
    });
}
