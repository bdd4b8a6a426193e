/**
 * A stack's plan in a form that people review: one line per resource, indented under its component, with the inputs that
 * decide size, cost, exposure, encryption and protection. Everything else is left to the components' own tests.
 */

/** The parts of a step of `pulumi preview --json` that a golden is made of. */
export interface PlanStep {
    readonly op: string;
    readonly urn: string;
    readonly newState?: {
        readonly type: string;
        readonly inputs?: Readonly<Record<string, unknown>>;
        readonly parent?: string;
        readonly protect?: boolean;
        readonly retainOnDelete?: boolean;
    };
}

/** Input names worth a reviewer's eye, wherever in a resource they stand. */
const selected = new Set([
    ..."allocatedStorage allowMajorVersionUpgrade amiType assignPublicIp authType authorization backupRetentionPeriod".split(
        " ",
    ),
    ..."billingMode capacityType cidrBlock cidrIpv4 cidrIpv6 concurrencyPolicy cron deletionProtection deletionWindowInDays".split(
        " ",
    ),
    ..."desiredCapacity desiredCount desiredSize enableDeletionProtection encrypted endpointPublicAccess engine".split(
        " ",
    ),
    ..."engineVersion fromPort httpTokens image imageUri instanceClass instanceType instanceTypes internal limitAmount".split(
        " ",
    ),
    ..."loadBalancerType maxCapacity maxReplicas maxSize memorySize minCapacity minReplicas minSize multiAz".split(" "),
    ..."natGatewayId publicAccessCidrs publiclyAccessible releaseLabel replicas retentionInDays runtime schedule".split(
        " ",
    ),
    ..."scheduleExpression skipFinalSnapshot sourcePorts sslPolicy storageEncrypted storageType terminationProtection".split(
        " ",
    ),
    ..."threshold timeZone timeout toPort type version visibilityTimeoutSeconds volumeSize volumeType".split(" "),
]);

/** How the engine writes a text that is known only after deployment; of the SDK's `runtime/rpc`. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function pick(value: unknown, path: string, found: Map<string, string>): void {
    if (value === null || typeof value !== "object") {
        return;
    }
    for (const [key, child] of Object.entries(value)) {
        if (key.startsWith("__") || key === "tags" || key === "metadata") {
            continue;
        }
        const here = path === "" ? key : `${path}.${key}`;
        const scalar = ["string", "number", "boolean"].includes(typeof child);
        const list = Array.isArray(child) && child.every((item) => typeof item !== "object");
        if (selected.has(key) && (scalar || list)) {
            const text = Array.isArray(child) ? child.join(",") : String(child);
            found.set(here, text.replaceAll(unknownValue, "(known later)"));
        } else {
            pick(child, here, found);
        }
    }
}

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** The golden's text of a plan. Resources stand in the order of their names below their parent. */
export function goldenOf(steps: readonly PlanStep[]): string {
    const children = new Map<string, PlanStep[]>();
    for (const step of steps) {
        const parent = step.newState?.parent ?? "";
        children.set(parent, [...(children.get(parent) ?? []), step]);
    }
    const lines: string[] = [];
    const write = (parent: string, depth: number) => {
        const list = (children.get(parent) ?? [])
            .filter((step) => step.newState !== undefined)
            .sort((a, b) => (`${nameOf(a.urn)} ${a.urn}` < `${nameOf(b.urn)} ${b.urn}` ? -1 : 1));
        for (const step of list) {
            const state = step.newState;
            const found = new Map<string, string>();
            // a provider's version changes with the packages, not with the stack
            if (!state?.type.startsWith("pulumi:providers:")) {
                pick(state?.inputs, "", found);
            }
            const facts = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
            const marks = [...(state?.protect ? ["[protect]"] : []), ...(state?.retainOnDelete ? ["[retain]"] : [])];
            lines.push(`${"  ".repeat(depth)}${[state?.type, nameOf(step.urn), ...marks, ...facts].join(" ")}`);
            write(step.urn, depth + 1);
        }
    };
    write("", 0);
    return `${lines.join("\n")}\n`;
}
