import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Workload, workloads } from "./contract";
import { labelsOf } from "./labels";

export interface IdentityArgs {
    readonly namespace: pulumi.Input<string>;
}

/**
 * A service account for each workload, and no token in any pod: none of them talks to the API server. The accounts are
 * what roles are bound to as soon as one does.
 */
export class Identity extends pulumi.ComponentResource {
    /** Name of each workload's service account. */
    public readonly serviceAccounts: Readonly<Record<Workload, pulumi.Output<string>>>;

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
        this.serviceAccounts = Object.fromEntries(workloads.map((workload) => [workload, account(workload)])) as Record<
            Workload,
            pulumi.Output<string>
        >;
        this.registerOutputs({ serviceAccounts: this.serviceAccounts });
    }
}
