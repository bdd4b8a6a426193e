import type { ResourceRule } from "../../engine/rule";

/** Properties that narrow a permission for everyone, or for a whole AWS service. */
const narrowing: Readonly<Record<string, readonly string[]>> = {
    "aws:lambda/permission:Permission": ["sourceAccount", "sourceArn", "principalOrgId"],
    "aws:lambda/layerVersionPermission:LayerVersionPermission": ["organizationId"],
    "aws:cloudwatch/eventPermission:EventPermission": ["condition.value"],
};

export const lambdaPermissionPublic: ResourceRule = {
    id: "lambda-permission-public",
    title: "Permissions to invoke are given to somebody",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "critical",
    why: "A permission for * lets any AWS account call the function, or put events on the bus, at the owner's cost.",
    remediation: "Set principal to an account or service, and sourceArn or sourceAccount, or principalOrgId.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
    frameworks: [{ name: "AWS FSBP", control: "Lambda.1" }],
    types: Object.keys(narrowing),
    check({ type, inputs }, report) {
        const principal = inputs.get("principal");
        const narrow = (narrowing[type] ?? []).some((name) => {
            const node = inputs.get(name);
            return node.unknown || (node.string !== undefined && node.string !== "" && !/^\*+$/.test(node.string));
        });
        if (principal.unknown && !narrow) {
            report.undecided(principal);
        } else if (principal.string?.trim() === "*" && !narrow) {
            report.violation(
                principal,
                "anyone may invoke it",
                `it to an account or service, or narrow it by ${narrowing[type]?.join(", ")}`,
            );
        }
    },
};
