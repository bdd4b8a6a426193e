/** The part of a step of `pulumi preview --json` that is looked at. */
export interface PreviewStep {
    readonly op: string;
    readonly urn: string;
    readonly newState?: { readonly parent?: string };
    readonly oldState?: { readonly parent?: string };
}

export interface TenantChanges {
    /** Steps of the tenant and of all below it. */
    readonly own: readonly PreviewStep[];
    /** How many steps of others there are: with the file changed only here, none. */
    readonly elsewhere: number;
}

const isChange = ({ op }: PreviewStep) => op !== "same" && op !== "read";

/** Tells a tenant's changes from all others, by the component that they lie below. */
export function tenantChanges(steps: readonly PreviewStep[], tenant: string): TenantChanges {
    const parents = new Map(steps.map(({ urn, newState, oldState }) => [urn, newState?.parent ?? oldState?.parent]));
    const root = `platforms:ml-platform:MlTenant::ml-platform-${tenant}`;
    const isOwn = (urn: string | undefined): boolean =>
        urn !== undefined && (urn.endsWith(`$${root}`) || isOwn(parents.get(urn)));
    const changes = steps.filter(isChange).filter(({ urn }) => !urn.includes("::pulumi:pulumi:Stack::"));
    const own = changes.filter(({ urn }) => isOwn(urn));
    return { own, elsewhere: changes.length - own.length };
}

const signs: Readonly<Record<string, string>> = { create: "+", delete: "-", update: "~", replace: "+-" };

/** One line a change, and one on the rest. */
export function describeChanges({ own, elsewhere }: TenantChanges, tenant: string): string {
    const lines = own.map(({ op, urn }) => {
        const [, , types = "", name = ""] = urn.split("::");
        return `  ${(signs[op] ?? op).padEnd(3)}${types.split("$").at(-1)} ${name}`;
    });
    const counts = [...new Set(own.map(({ op }) => op))].map(
        (op) => `${own.filter((step) => step.op === op).length} to ${op}`,
    );
    return [
        ...lines,
        `tenant ${tenant}: ${counts.join(", ") || "no changes"}`,
        ...(elsewhere > 0
            ? [`${elsewhere} changes elsewhere in the stack are not shown: \`npm run preview -- <stack>\` shows them`]
            : []),
    ].join("\n");
}
