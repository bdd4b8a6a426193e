import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface BudgetArgs {
    /** Unique in the account. */
    readonly budgetName: string;
    /** Monthly limit in USD. */
    readonly monthlyUsd: number;
    /** Costs of resources that carry all these tags; they have to be active as cost allocation tags of the account. */
    readonly tags: Readonly<Record<string, string>>;
    /** Who is written to. At least one. */
    readonly emails: readonly string[];
    /** Percent of the limit actually spent that is told. @default [80, 100] */
    readonly actualPercents?: readonly number[];
    /** Percent of the limit that the month is forecast to end with that is told. @default [100] */
    readonly forecastPercents?: readonly number[];
}

/** A monthly budget that tells what is spent and what the month is going to cost. */
export function budget(name: string, args: BudgetArgs, opts: pulumi.CustomResourceOptions): aws.budgets.Budget {
    const tags = Object.entries(args.tags).map(([key, value]) => ({ tags: { key, values: [value] } }));
    const notify = (notificationType: "ACTUAL" | "FORECASTED", percents: readonly number[]) =>
        percents.map((threshold) => ({
            notificationType,
            threshold,
            thresholdType: "PERCENTAGE",
            comparisonOperator: "GREATER_THAN",
            subscriberEmailAddresses: [...args.emails],
        }));
    return new aws.budgets.Budget(
        name,
        {
            name: args.budgetName,
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: args.monthlyUsd.toFixed(2),
            limitUnit: "USD",
            // several tags in costFilters would be alternatives; an expression says that all of them have to match
            filterExpression: tags.length === 1 ? tags[0] : { ands: tags },
            metrics: "UnblendedCost",
            notifications: [
                ...notify("ACTUAL", args.actualPercents ?? [80, 100]),
                ...notify("FORECASTED", args.forecastPercents ?? [100]),
            ],
        },
        opts,
    );
}
