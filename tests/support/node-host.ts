import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPluginsResponse, type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { parse } from "yaml";
import type { LanguageHost } from "../../sandbox/language";

interface Project {
    readonly runtime: {
        readonly name: string;
        readonly options?: { readonly typescript?: boolean; readonly nodeargs?: string };
    };
}

/**
 * Runs the program as Pulumi's own Node.js host does: `node <nodeargs> @pulumi/pulumi/cmd/run`, with the options of
 * `Pulumi.yaml`. The host itself isn't in a package registry, its runner is a part of the SDK.
 * https://github.com/pulumi/pulumi/blob/v3.225.0/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 */
export async function nodeHost(projectDir: string): Promise<LanguageHost> {
    const { runtime } = parse(readFileSync(join(projectDir, "Pulumi.yaml"), "utf8")) as Project;
    const server = new grpc.Server();
    server.addService(LanguageRuntimeService, {
        getRequiredPlugins: (_: unknown, callback: grpc.sendUnaryData<GetRequiredPluginsResponse>) =>
            callback(null, new GetRequiredPluginsResponse()),
        getPluginInfo: (_: unknown, callback: grpc.sendUnaryData<PluginInfo>) =>
            callback(null, new PluginInfo().setVersion("3.0.0")),
        run: (call: { readonly request: RunRequest }, callback: grpc.sendUnaryData<RunResponse>) =>
            runProgram(projectDir, runtime.options ?? {}, call.request).then(
                ({ code, output }) => callback(null, responseTo(code, output)),
                (error: Error) => callback(error),
            ),
    } as unknown as grpc.UntypedServiceImplementation);
    const port = await new Promise<number>((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        ),
    );
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** 32: the runner has told the engine of the error already. */
function responseTo(code: number | null, output: string): RunResponse {
    const response = new RunResponse();
    return code === 0 ? response : code === 32 ? response.setBail(true) : response.setError(`exit ${code}\n${output}`);
}

function runProgram(
    projectDir: string,
    options: NonNullable<Project["runtime"]["options"]>,
    request: RunRequest,
): Promise<{ readonly code: number | null; readonly output: string }> {
    const [engine = ""] = request.getArgsList();
    const config = Object.fromEntries(request.getConfigMap().toArray());
    const child = spawn(
        process.execPath,
        [
            ...(options.nodeargs?.split(" ") ?? []),
            join(projectDir, "node_modules", "@pulumi", "pulumi", "cmd", "run"),
            `--monitor=${request.getMonitorAddress()}`,
            `--engine=${engine}`,
            `--project=${request.getProject()}`,
            `--stack=${request.getStack()}`,
            `--organization=${request.getOrganization()}`,
            `--parallel=${request.getParallel()}`,
            `--pwd=${projectDir}`,
            ...(request.getDryrun() ? ["--dry-run"] : []),
            ".",
        ],
        {
            cwd: projectDir,
            env: {
                ...process.env,
                PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
                PULUMI_CONFIG: JSON.stringify(config),
                PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
            },
            stdio: ["ignore", "pipe", "pipe"],
        },
    );
    let output = "";
    child.stdout.on("data", (data) => {
        output += data;
    });
    child.stderr.on("data", (data) => {
        output += data;
    });
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, output }));
    });
}
