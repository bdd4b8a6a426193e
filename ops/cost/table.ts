import type { PlatformCost } from "./estimate";
import { priceList } from "./prices";

const money = (usd: number): string => usd.toFixed(2);

function row(columns: readonly [string, string, string, string]): string {
    const [service, what, resources, usd] = columns;
    return `  ${service.padEnd(24)}${what.padEnd(26)}${resources.padStart(5)}${usd.padStart(12)}`;
}

/** What people read: a table for each platform, what it leaves out, and a warning where a budget won't do. */
export function costTable(stack: string, platforms: readonly PlatformCost[]): string {
    const total = platforms.reduce((sum, { usd }) => sum + usd, 0);
    const sections = platforms.map((platform) => section(platform).join("\n"));
    return [
        `Stack ${stack}: USD ${money(total)} a month, list prices of ${priceList.region} as of ${priceList.asOf}, at the smallest number of tasks and nodes.`,
        ...sections,
    ].join("\n\n");
}

function section(cost: PlatformCost): string[] {
    const { platform, environment, lines, usd, budgetUsd, seedUsd, otherRegions } = cost;
    return [
        `${platform}${environment === undefined ? "" : ` (${environment})`}`,
        row(["service", "what", "count", "USD/month"]),
        ...lines.map((line) => row([line.service, line.what, String(line.resources), money(line.usd)])),
        row(["total", "", "", money(usd)]),
        ...(seedUsd ? [`  The seed's estimate: about USD ${[...new Set(seedUsd)].join(" to ")} a month.`] : []),
        ...(budgetUsd === undefined
            ? ["  There is no budget."]
            : [
                  usd > budgetUsd
                      ? `  WARNING: USD ${money(usd - budgetUsd)} past the budget of USD ${money(budgetUsd)}, before ${still(cost)}.`
                      : `  Within the budget of USD ${money(budgetUsd)}; USD ${money(budgetUsd - usd)} are left for ${still(cost)}.`,
              ]),
        ...(otherRegions.length > 0
            ? [`  Prices of ${priceList.region} were taken for ${otherRegions.join(", ")}.`]
            : []),
        ...list("Left out, since it is paid by use", cost.byUse),
        ...list("Without a price", cost.unpriced),
    ];
}

/** What the figure doesn't hold yet. */
const still = ({ unpriced }: PlatformCost): string =>
    unpriced.length > 0 ? `what is paid by use and ${unpriced.length} without a price` : "what is paid by use";

const list = (title: string, entries: readonly string[]): string[] =>
    entries.length === 0 ? [] : [`  ${title}:`, ...entries.map((entry) => `    - ${entry}`)];

/** Platforms that cost more than their budget. */
export const pastBudget = (platforms: readonly PlatformCost[]): readonly PlatformCost[] =>
    platforms.filter(({ usd, budgetUsd }) => budgetUsd !== undefined && usd > budgetUsd);
