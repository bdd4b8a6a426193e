import type { Server } from "@grpc/grpc-js";

/** A Pulumi program as a function; its result is the stack's outputs. */
export type Program = () => Promise<Record<string, unknown> | undefined>;

export interface LanguageHost {
    /** For `pulumi --client`. */
    readonly address: string;
    close(): void;
}

/** Of `@pulumi/pulumi/automation/server`, which is what the Automation API serves inline programs with. */
interface LanguageServerModule {
    readonly LanguageServer: new (
        program: Program,
    ) => {
        /** Throws when the program left promises behind that nobody waits for. */
        onPulumiExit(hasError: boolean): void;
    };
}

/**
 * Serves the program to the engine from this process: no language plugin is needed, and the program's modules can load
 * while the CLI starts.
 */
export async function serveProgram(program: Program): Promise<LanguageHost> {
    const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    const { LanguageServer } = require("@pulumi/pulumi/automation/server") as LanguageServerModule;
    const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
    const { grpcChannelOptions } = require("@pulumi/pulumi/runtime/rpc");
    const server: Server = new grpc.Server({ ...grpcChannelOptions });
    server.addService(LanguageRuntimeService, new LanguageServer(program) as never);
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        );
    });
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** A program module, `export = async () => outputs`, loaded as Pulumi's own host does and only when it is asked for. */
export function programAt(path: string): Program & { preload(): void } {
    let loaded: unknown;
    const load = () => {
        loaded ??= require(path);
        return loaded;
    };
    const program = async () => {
        const exported = load();
        if (typeof exported !== "function") {
            throw new Error(`${path} exports no function to run as a Pulumi program`);
        }
        return (exported as Program)();
    };
    return Object.assign(program, { preload: () => void load() });
}
