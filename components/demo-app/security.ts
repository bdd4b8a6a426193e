import * as pulumi from "@pulumi/pulumi";
import { constraints, constraintTemplates } from "./admission";
import type { SecuritySettings } from "./args";
import { rolesForPeople } from "./people";
import { chartRelease, customObject, sized, toolNamespace } from "./tools";

export interface SecurityArgs extends SecuritySettings {
    /** Name of the app's namespace. */
    readonly namespaceName: string;
    /** The namespace once it is there. */
    readonly namespace: pulumi.Input<string>;
    /** Containers that the mesh puts into pods. @default none */
    readonly injectedContainers?: readonly string[];
}

/** https://github.com/open-policy-agent/gatekeeper/tree/master/charts/gatekeeper */
const gatekeeperValues = {
    replicas: 2,
    // what ran before a rule came is found by the audit
    auditInterval: 300,
    constraintViolationsLimit: 100,
    // Fail open: Pod Security still stands, and a cluster without Gatekeeper must be able to start one.
    validatingWebhookFailurePolicy: "Ignore",
    enableDeleteOperations: false,
    disableMutation: true,
    controllerManager: sized("100m", "512Mi"),
    audit: sized("100m", "512Mi"),
};

/** Roles for people, and what Gatekeeper lets into the app's namespace. */
export class Security extends pulumi.ComponentResource {
    constructor(name: string, args: SecurityArgs, opts: pulumi.ComponentResourceOptions) {
        super("platforms:demo-app:Security", name, {}, opts);
        const child = { parent: this };
        rolesForPeople(`${name}-people`, args.namespace, child);

        const namespace = toolNamespace(`${name}-gatekeeper-namespace`, "gatekeeper", child);
        const gatekeeper = chartRelease(
            `${name}-gatekeeper`,
            { chart: "gatekeeper", namespace: namespace.metadata.name, values: gatekeeperValues },
            child,
        );
        const templates = constraintTemplates().map((template) =>
            customObject(`${name}-template-${template.metadata.name}`, template, { ...child, dependsOn: gatekeeper }),
        );
        for (const constraint of constraints({ ...args, namespace: args.namespaceName })) {
            customObject(`${name}-constraint-${constraint.metadata.name}`, constraint, {
                ...child,
                // Gatekeeper makes the constraint's kind from its template
                dependsOn: templates,
            });
        }
        this.registerOutputs({});
    }
}
