import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { closeMonitors } from "./construct/builder";
import { installedPackages, type Package } from "./packages";
import { providerService } from "./provider";
import { CloudRecord } from "./record";
import { Resources } from "./resources";

export interface CloudOptions {
    /** Folder that keeps what was created, e.g. .sandbox/cloud/<stack>; made if absent. Survives between runs. */
    readonly directory: string;
    /** Makes the provider fail on purpose: the first resource whose URN or type contains this text fails on create/update. @default none */
    readonly failOn?: string;
    /** Delay of each create/update/delete, milliseconds (lets tests interrupt an `up`). @default 0 */
    readonly latencyMs?: number;
}

export interface Cloud {
    /** Value for PULUMI_DEBUG_PROVIDERS, e.g. "aws:1234,kubernetes:1235". */
    readonly debugProviders: string;
    close(): Promise<void>;
}

/** gRPC's own limit of 4 MB is below what a large Lambda or manifest needs; the engine's is the same 400 MB. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

/**
 * Stands in for every installed provider: the real engine attaches to these servers (PULUMI_DEBUG_PROVIDERS) instead
 * of starting provider plugins, so a stack is previewed and deployed with no cloud.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
    const record = new CloudRecord(options.directory);
    const resources = new Resources(record, { failOn: options.failOn, latencyMs: options.latencyMs ?? 0 });
    const servers = await Promise.all(installedPackages().map((installed) => serve(installed, resources)));
    return {
        debugProviders: servers.map(({ name, port }) => `${name}:${port}`).join(","),
        async close() {
            for (const { server } of servers) {
                server.forceShutdown();
            }
            closeMonitors();
            record.close();
        },
    };
}

async function serve(
    { name, version }: Package,
    resources: Resources,
): Promise<{ name: string; port: number; server: grpc.Server }> {
    const server = new grpc.Server({
        "grpc.max_receive_message_length": MESSAGE_LIMIT,
        "grpc.max_send_message_length": MESSAGE_LIMIT,
    });
    server.addService(ResourceProviderService, providerService(name, version, resources));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? resolve(bound) : reject(error),
        );
    });
    return { name, port, server };
}
