import { isFree, paidByUse } from "./left-out";
import { count, type Plan, type Planned, plannedResources, text } from "./plan";
import { priceList, seedEstimates } from "./prices";
import { rates } from "./rates";

export interface Line {
    readonly service: string;
    readonly what: string;
    /** Resources behind it. */
    readonly resources: number;
    readonly usd: number;
}

export interface PlatformCost {
    readonly platform: string;
    readonly environment: string | undefined;
    readonly lines: readonly Line[];
    readonly usd: number;
    /** Limit of the platform's own budget. */
    readonly budgetUsd: number | undefined;
    /** What the seed says, least and most. */
    readonly seedUsd: readonly [number, number] | undefined;
    /** Regions that the price list isn't for. */
    readonly otherRegions: readonly string[];
    /** What is paid by use, which a plan can't know. */
    readonly byUse: readonly string[];
    /** Resources that should have a price and have none, with the reason. */
    readonly unpriced: readonly string[];
}

/** What a plan costs a month, by platform, dearest first. */
export function estimate(plan: Plan): readonly PlatformCost[] {
    const platforms = new Map<string, Planned[]>();
    for (const resource of plannedResources(plan)) {
        platforms.set(resource.platform, [...(platforms.get(resource.platform) ?? []), resource]);
    }
    return [...platforms]
        .map(([platform, resources]) => costOf(platform, resources))
        .filter(({ lines, byUse, unpriced }) => lines.length + byUse.length + unpriced.length > 0)
        .sort((a, b) => b.usd - a.usd);
}

function costOf(platform: string, resources: readonly Planned[]): PlatformCost {
    const lines = new Map<string, Line>();
    const byUse = new Set<string>();
    const otherRegions = new Set<string>();
    const unpriced: string[] = [];
    for (const resource of resources) {
        const use = paidByUse(resource.type);
        if (use !== undefined) {
            byUse.add(use);
        }
        const items = rates[resource.type]?.(resource);
        if (items === undefined) {
            if (use === undefined && !isFree(resource.type)) {
                unpriced.push(`${resource.name} (${resource.type}): not in the price list`);
            }
        } else if (typeof items === "string") {
            unpriced.push(`${resource.name}: ${items}`);
        } else {
            for (const { service, what, usd } of items) {
                const key = `${service} ${what}`;
                const { resources: others, usd: sum } = lines.get(key) ?? { resources: 0, usd: 0 };
                lines.set(key, { service, what, resources: others + 1, usd: sum + usd });
            }
            if (items.length > 0 && !isPricedRegion(resource.region)) {
                otherRegions.add(resource.region ?? "an unknown region");
            }
        }
    }
    const environment = resources.find((resource) => resource.environment !== undefined)?.environment;
    const budgets = resources.filter(({ type }) => type === "aws:budgets/budget:Budget");
    const sorted = [...lines.values()].sort((a, b) => b.usd - a.usd || (a.what < b.what ? -1 : 1));
    return {
        platform,
        environment,
        lines: sorted,
        usd: sorted.reduce((sum, { usd }) => sum + usd, 0),
        budgetUsd: budgets.length === 0 ? undefined : budgets.reduce((sum, budget) => sum + limitOf(budget), 0),
        seedUsd: seedEstimates[platform]?.[environment ?? ""],
        otherRegions: [...otherRegions].sort(),
        byUse: [...byUse].sort(),
        unpriced: unpriced.sort(),
    };
}

const isPricedRegion = (region: string | undefined): boolean =>
    region !== undefined && [priceList.region, ...priceList.sameIn].some((priced) => priced === region);

/** Only monthly budgets in USD are comparable. */
function limitOf({ inputs }: Planned): number {
    return text(inputs["timeUnit"]) === "MONTHLY" ? count(inputs["limitAmount"], 0) : 0;
}
