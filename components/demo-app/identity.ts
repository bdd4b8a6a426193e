import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type WebWorkload, type Workload, workloads } from "./contract";
import { labelsOf } from "./labels";

export interface IdentityArgs {
    readonly namespace: pulumi.Input<string>;
    /** Those that need an account of our making. @default all */
    readonly workloads?: readonly Workload[];
}

/**
 * A service account for each workload, and no token in any pod: none of them talks to the API server. The accounts are
 * what roles are bound to as soon as one does.
 */
export class Identity extends pulumi.ComponentResource {
    /** Name of each workload's service account. */
    public readonly serviceAccounts: Readonly<
        Record<WebWorkload, pulumi.Output<string>> & Partial<Record<Workload, pulumi.Output<string>>>
    >;

    constructor(name: string, args: IdentityArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:Identity", name, {}, opts);
        const account = (workload: Workload) =>
            new k8s.core.v1.ServiceAccount(
                `${name}-${workload}`,
                {
                    metadata: { name: workload, namespace: args.namespace, labels: labelsOf(workload) },
                    automountServiceAccountToken: false,
                },
                { parent: this },
            ).metadata.name;
        this.serviceAccounts = {
            frontend: account("frontend"),
            backend: account("backend"),
            ...((args.workloads ?? workloads).includes("postgres") ? { postgres: account("postgres") } : {}),
        };
        this.registerOutputs({ serviceAccounts: this.serviceAccounts });
    }
}
