/** A step of a plan, as far as it tells where a resource is made. */
interface Placed {
    readonly urn: string;
    readonly newState?: {
        readonly type: string;
        readonly provider?: string;
        readonly inputs?: Readonly<Record<string, unknown>>;
    };
}

/** `platforms:web-app:WebApp$...` belongs to config key `webApp`. */
function platformOf(urn: string): string | undefined {
    const [, folder] = /::platforms:([\w-]+):\w+(?:\$|::)/.exec(urn) ?? [];
    return folder?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Values of keys so named, at any depth of a platform's config. */
function valuesOf(config: unknown, key: RegExp): string[] {
    if (config === null || typeof config !== "object") {
        return [];
    }
    return Object.entries(config).flatMap(([name, value]) =>
        typeof value === "string" && key.test(name) ? [value] : valuesOf(value, key),
    );
}

const parsed = (value: unknown): unknown =>
    typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;

/** CloudFront, its certificates and web ACLs live in us-east-1 wherever the platform is. */
const edgeRegion = "us-east-1";

/**
 * What lands elsewhere than its platform's config says: an AWS resource without a provider of its platform's, a provider
 * that isn't held to one account, or one of an account or region that the platform's config doesn't name.
 * @param config the stack file's `platforms:<key>` values, by key
 */
export function misplaced(steps: readonly Placed[], config: Readonly<Record<string, unknown>>): string[] {
    const providers = new Map(
        steps.filter(({ newState }) => newState?.type === "pulumi:providers:aws").map((step) => [step.urn, step]),
    );
    const faults: string[] = [];
    for (const { urn, newState } of providers.values()) {
        const platform = platformOf(urn) ?? "";
        const accounts = valuesOf(config[platform], /accountId$/i);
        const regions = [...valuesOf(config[platform], /region$/i), edgeRegion];
        const allowed = parsed(newState?.inputs?.["allowedAccountIds"]);
        const region = String(newState?.inputs?.["region"]);
        if (!Array.isArray(allowed) || allowed.length !== 1 || !accounts.includes(String(allowed[0]))) {
            faults.push(`${urn} allows ${JSON.stringify(allowed)}, but ${platform} names ${accounts.join(", ")}`);
        }
        if (!regions.includes(region)) {
            faults.push(`${urn} acts in ${region}, but ${platform} names ${regions.join(", ")}`);
        }
    }
    for (const { urn, newState } of steps.filter(({ newState }) => newState?.type.startsWith("aws:"))) {
        const provider = newState?.provider?.replace(/::[^:]*$/, "") ?? "";
        if (!providers.has(provider)) {
            faults.push(`${urn} is made by ${provider === "" ? "no provider" : provider}`);
        } else if (platformOf(provider) !== platformOf(urn)) {
            faults.push(`${urn} is made by a provider of another platform, ${provider}`);
        }
    }
    return faults;
}
