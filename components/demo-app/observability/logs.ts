import type * as pulumi from "@pulumi/pulumi";
import { sized, type Values } from "../tools";

export interface LogsArgs {
    readonly retentionDays: number;
    /** Size of the volume. */
    readonly storage: string;
    /** @default the cluster's own */
    readonly storageClass?: pulumi.Input<string>;
}

/** Loki as one process on a volume, which is for tens of gigabytes a day. https://grafana.com/docs/loki/latest/setup/install/helm/install-monolithic/ */
export function lokiValues(args: LogsArgs): Values {
    const none = { replicas: 0 };
    const off = { enabled: false };
    return {
        deploymentMode: "SingleBinary",
        loki: {
            auth_enabled: false,
            commonConfig: { replication_factor: 1 },
            storage: { type: "filesystem" },
            schemaConfig: {
                configs: [
                    {
                        from: "2024-04-01",
                        store: "tsdb",
                        object_store: "filesystem",
                        schema: "v13",
                        index: { prefix: "loki_index_", period: "24h" },
                    },
                ],
            },
            limits_config: { retention_period: `${args.retentionDays * 24}h`, allow_structured_metadata: true },
            compactor: { retention_enabled: true, delete_request_store: "filesystem" },
            podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        },
        singleBinary: {
            replicas: 1,
            persistence: { enabled: true, size: args.storage, storageClass: args.storageClass },
            ...sized("100m", "512Mi"),
        },
        // the parts of the other modes, and what is for more than one process
        read: none,
        write: none,
        backend: none,
        gateway: off,
        chunksCache: off,
        resultsCache: off,
        lokiCanary: off,
        test: off,
        monitoring: { serviceMonitor: { enabled: true } },
    };
}
