/** A plan of `pulumi preview --json`, as far as costs go by it. */
export interface Plan {
    readonly steps: readonly PlanStep[];
}

export interface PlanStep {
    readonly op: string;
    readonly urn: string;
    readonly newState?: {
        readonly type: string;
        readonly custom?: boolean;
        readonly inputs?: Readonly<Record<string, unknown>>;
        /** `<urn of the provider>::<its id>`. */
        readonly provider?: string;
        readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
    };
}

/** A planned resource with what its neighbours say about it. */
export interface Planned {
    readonly urn: string;
    readonly name: string;
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Folder of the platform's component, for example `web-app`. */
    readonly platform: string;
    readonly environment: string | undefined;
    readonly region: string | undefined;
    /** Resources that an input of it is made from. */
    readonly from: (input: string) => readonly Planned[];
}

const typesOf = (urn: string): readonly string[] => (urn.split("::")[2] ?? "").split("$");
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The provider's own settings: AWS's takes nested ones as JSON text. */
function nested(value: unknown): Readonly<Record<string, unknown>> {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
    return isObject(parsed) ? parsed : {};
}

/** The resources that will exist: everything but what is deleted, components left out. */
export function plannedResources(plan: Plan): readonly Planned[] {
    const providers = new Map<string, { readonly region?: string; readonly environment?: string }>();
    const byUrn = new Map<string, Planned>();
    for (const { urn, newState } of plan.steps) {
        if (newState?.type === "pulumi:providers:aws") {
            const tags = nested(nested(newState.inputs?.["defaultTags"])["tags"]);
            providers.set(urn, {
                region: text(newState.inputs?.["region"]),
                environment: text(tags["Environment"]),
            });
        }
    }
    for (const { op, urn, newState } of plan.steps) {
        if (newState === undefined || op === "delete" || newState.custom === false) {
            continue;
        }
        const [first = ""] = typesOf(urn);
        const provider = providers.get(newState.provider?.split("::").slice(0, 4).join("::") ?? "");
        byUrn.set(urn, {
            urn,
            name: nameOf(urn),
            type: newState.type,
            inputs: newState.inputs ?? {},
            platform: first.split(":")[1] ?? first,
            environment: provider?.environment,
            region: text(newState.inputs?.["region"]) ?? provider?.region,
            from: (input) =>
                (newState.propertyDependencies?.[input] ?? []).flatMap((other) => {
                    const found = byUrn.get(other);
                    return found ? [found] : [];
                }),
        });
    }
    return [...byUrn.values()];
}

export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A number, or what to take when the plan doesn't say: left out, or known after deployment only. */
export const count = (value: unknown, otherwise: number): number =>
    typeof value === "number"
        ? value
        : typeof value === "string" && /^\d+(\.\d+)?$/.test(value)
          ? Number(value)
          : otherwise;

export const objects = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
    Array.isArray(value) ? value.filter(isObject) : [];
