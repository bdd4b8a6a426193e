import type { Server } from "@grpc/grpc-js";

/** A Pulumi program as a function; its result is the stack's outputs. */
export type Program = () => Promise<Record<string, unknown> | undefined>;

export interface LanguageHost {
    /** For `pulumi --client`. */
    readonly address: string;
    close(): void;
}

type RunCallback = (error: Error | undefined, response: unknown) => void;

/** Of `@pulumi/pulumi/automation/server`, which is what the Automation API serves inline programs with. */
interface LanguageServerModule {
    readonly LanguageServer: new (program: Program) => { run(call: unknown, callback: RunCallback): unknown };
}

/**
 * Serves the program to the engine from this process: no language plugin is needed, and the program's modules can load
 * while the CLI starts.
 */
export async function serveProgram(program: Program): Promise<LanguageHost> {
    const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    const { LanguageServer } = require("@pulumi/pulumi/automation/server") as LanguageServerModule;
    const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
    const { RunResponse } =
        require("@pulumi/pulumi/proto/language_pb") as typeof import("@pulumi/pulumi/proto/language_pb");
    const { grpcChannelOptions } = require("@pulumi/pulumi/runtime/rpc");
    const { hasErrors } = require("@pulumi/pulumi/log") as typeof import("@pulumi/pulumi/log");

    class Host extends LanguageServer {
        /** The base class tells the engine of each failure a second time, as the answer to the call, and answers twice. */
        override run(call: unknown, callback: RunCallback) {
            let answered = false;
            const answer: RunCallback = (error, response) => {
                if (answered) {
                    return;
                }
                answered = true;
                process.off("uncaughtException", giveUp);
                process.off("unhandledRejection", giveUp);
                if (error !== undefined && hasErrors()) {
                    callback(undefined, new RunResponse().setBail(true));
                } else {
                    callback(error, response);
                }
            };
            // What depends on the failed part would be waited for without end: Pulumi's own host leaves here too. The base
            // class reports the error to the engine, which takes a moment.
            const giveUp = () => setTimeout(() => answer(undefined, new RunResponse().setBail(true)), 500);
            process.on("uncaughtException", giveUp);
            process.on("unhandledRejection", giveUp);
            return super.run(call, answer);
        }
    }
    const server: Server = new grpc.Server({ ...grpcChannelOptions });
    server.addService(LanguageRuntimeService, new Host(program) as never);
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        );
    });
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** A program module, `export = async () => outputs`, loaded as Pulumi's own host does. */
export function programAt(path: string): { readonly program: Program; readonly preload: () => void } {
    const load = (): unknown => require(path);
    return {
        async program() {
            const exported = load();
            if (typeof exported !== "function") {
                throw new Error(`${path} exports no function to run as a Pulumi program`);
            }
            return (exported as Program)();
        },
        preload() {
            try {
                load();
            } catch {
                // told when the engine asks for the program
            }
        },
    };
}
