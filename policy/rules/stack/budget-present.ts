import type { StackRule } from "../../engine/rule";

export const budgetPresent: StackRule = {
    id: "budget-present",
    title: "A stack that costs money has a budget",
    category: "stack",
    enforcement: "advisory",
    severity: "low",
    why: "Without a budget, the bill is the first alarm.",
    remediation: "Add aws.budgets.Budget with notifications.",
    url: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
    frameworks: [],
    checkStack(stack, report) {
        const budgets = stack.ofType("aws:budgets/budget:Budget");
        if (budgets.length === 0 && stack.resources.some(({ type }) => type.startsWith("aws:"))) {
            report.fault("", "the stack has no budget", "add an aws.budgets.Budget with notifications");
        }
        for (const budget of budgets) {
            if (!budget.get("notifications").unknown && budget.get("notifications").items().length === 0) {
                report.fault("notifications", "nobody hears of the budget", "add a notification", budget.urn);
            }
        }
    },
};
