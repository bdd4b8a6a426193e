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
        /**
         * Corrects three things of the base class: it tells the engine of each logged failure a second time, it answers
         * twice, and it waits forever for a program of which a part waits for a resource that failed. A program in a
         * process of its own ends there, because nothing is left to do.
         */
        override run(call: unknown, callback: RunCallback) {
            const bail = new RunResponse().setBail(true);
            let answered = false;
            const answer: RunCallback = (error, response) => {
                if (!answered) {
                    answered = true;
                    stopWatching();
                    callback(error, response);
                }
            };
            const stopWatching = onQuietAfterFailure(() => answer(undefined, bail));
            return super.run(call, (error, response) =>
                error !== undefined && hasErrors() ? answer(undefined, bail) : answer(error, response),
            );
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

/** How long a program that has failed may go on without a further failure before it counts as stuck. */
const QUIET_MS = 1000;

function onQuietAfterFailure(stuck: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const restart = () => {
        clearTimeout(timer);
        timer = setTimeout(stuck, QUIET_MS);
    };
    process.on("unhandledRejection", restart).on("uncaughtException", restart);
    return () => {
        clearTimeout(timer);
        process.off("unhandledRejection", restart).off("uncaughtException", restart);
    };
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
