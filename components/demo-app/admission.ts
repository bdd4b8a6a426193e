import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CustomObject } from "./tools";

type Parameters = Readonly<Record<string, readonly string[]>>;

/** A rule that Gatekeeper holds pods or services of the app's namespace to. */
interface AdmissionRule {
    /** Name of the constraint, and of the file in `admission/` that holds the rule. */
    readonly name: string;
    /** Kind of its constraints. */
    readonly kind: string;
    readonly appliesTo: "Pod" | "Service";
    /** Whether the rule uses the shared functions. */
    readonly usesLibrary: boolean;
    /** Parameters that it takes, all lists of texts. */
    readonly parameters: readonly string[];
}

export const admissionRules: readonly AdmissionRule[] = [
    { name: "pinned-images", kind: "PinnedImages", appliesTo: "Pod", usesLibrary: true, parameters: [] },
    {
        name: "allowed-registries",
        kind: "AllowedRegistries",
        appliesTo: "Pod",
        usesLibrary: true,
        parameters: ["prefixes"],
    },
    {
        name: "container-resources",
        kind: "ContainerResources",
        appliesTo: "Pod",
        usesLibrary: true,
        parameters: ["exemptContainers"],
    },
    {
        name: "container-probes",
        kind: "ContainerProbes",
        appliesTo: "Pod",
        usesLibrary: true,
        parameters: ["exemptContainers"],
    },
    { name: "confined-containers", kind: "ConfinedContainers", appliesTo: "Pod", usesLibrary: true, parameters: [] },
    { name: "required-labels", kind: "RequiredLabels", appliesTo: "Pod", usesLibrary: false, parameters: ["labels"] },
    { name: "internal-services", kind: "InternalServices", appliesTo: "Service", usesLibrary: false, parameters: [] },
];

const source = (file: string) => readFileSync(join(__dirname, "admission", `${file}.rego`), "utf8");

/** https://open-policy-agent.github.io/gatekeeper/website/docs/howto#constraint-templates */
export interface ConstraintTemplateSpec {
    readonly crd: {
        readonly spec: {
            readonly names: { readonly kind: string };
            readonly validation: { readonly openAPIV3Schema: object };
        };
    };
    readonly targets: readonly { readonly target: string; readonly rego: string; readonly libs?: readonly string[] }[];
}

export interface ConstraintSpec {
    readonly enforcementAction: string;
    readonly match: {
        readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
        readonly namespaces: readonly string[];
    };
    readonly parameters?: Parameters;
}

export function constraintTemplates(): CustomObject<ConstraintTemplateSpec>[] {
    return admissionRules.map(({ name, kind, usesLibrary, parameters }) => ({
        apiVersion: "templates.gatekeeper.sh/v1",
        kind: "ConstraintTemplate",
        // Gatekeeper asks for the kind in lower case
        metadata: { name: kind.toLowerCase() },
        spec: {
            crd: {
                spec: {
                    names: { kind },
                    validation: {
                        openAPIV3Schema: {
                            type: "object",
                            properties: Object.fromEntries(
                                parameters.map((key) => [key, { type: "array", items: { type: "string" } }]),
                            ),
                        },
                    },
                },
            },
            targets: [
                {
                    target: "admission.k8s.gatekeeper.sh",
                    rego: source(name),
                    ...(usesLibrary ? { libs: [source("lib-containers")] } : {}),
                },
            ],
        },
    }));
}

export interface ConstraintArgs {
    readonly namespace: string;
    readonly enforcement: "deny" | "warn" | "dryrun";
    /** Starts of full image names. */
    readonly allowedRegistries: readonly string[];
    /** Containers that something else puts into pods, with probes and sizes of its own choice. @default none */
    readonly injectedContainers?: readonly string[];
}

export function constraints(args: ConstraintArgs): CustomObject<ConstraintSpec>[] {
    const values: Parameters = {
        prefixes: args.allowedRegistries,
        exemptContainers: args.injectedContainers ?? [],
        labels: ["app.kubernetes.io/name", "app.kubernetes.io/part-of"],
    };
    return admissionRules.map(({ name, kind, appliesTo, parameters }) => ({
        apiVersion: "constraints.gatekeeper.sh/v1beta1",
        kind,
        metadata: { name },
        spec: {
            enforcementAction: args.enforcement,
            match: { kinds: [{ apiGroups: [""], kinds: [appliesTo] }], namespaces: [args.namespace] },
            ...(parameters.length === 0
                ? {}
                : { parameters: Object.fromEntries(parameters.map((key) => [key, values[key] ?? []])) }),
        },
    }));
}

/** The repository's start of an image name, in full: `postgres:16` lies in `docker.io/library/`. */
export function registryOf(image: string): string {
    const [first = "", ...rest] = image.replace(/@.*$/, "").split("/");
    const path =
        rest.length === 0
            ? ["docker.io", "library", first]
            : /[.:]|^localhost$/.test(first)
              ? [first, ...rest]
              : ["docker.io", first, ...rest];
    return `${path.slice(0, -1).join("/")}/`;
}
