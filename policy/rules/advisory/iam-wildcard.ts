import { strings } from "../../domain/iam-document";
import { allowedStatements, identityPolicyTypes, reportUnreadable } from "../../domain/iam-policies";
import type { ResourceRule } from "../../engine/rule";

const administrator = /^arn:aws[\w-]*:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

export const iamWildcard: ResourceRule = {
    id: "iam-wildcard",
    title: "Identities are not allowed everything",
    category: "advisory",
    enforcement: "advisory",
    severity: "high",
    why: "Whoever takes over a role with a wildcard has the whole service, or the whole account.",
    remediation: "Set Action in policy to the calls that are made, and Resource to the ARNs they are made on.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
    frameworks: [
        { name: "AWS FSBP", control: "IAM.1" },
        { name: "AWS FSBP", control: "IAM.21" },
    ],
    types: [
        ...identityPolicyTypes,
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    ],
    check({ type, inputs }, report) {
        for (const arn of [inputs.get("policyArn"), ...inputs.get("managedPolicyArns").values()]) {
            if (administrator.test(arn.string ?? "")) {
                report.violation(arn, "the policy allows everything", "it to a policy of the calls that are made");
            }
        }
        reportUnreadable(type, inputs, report);
        for (const { statements } of allowedStatements(type, inputs)) {
            for (const statement of statements) {
                const action = statement.node
                    .get("Action")
                    .values()
                    .find((node) => /^(?:\*|[\w-]+:\*)$/.test(node.string ?? ""));
                const except = statement.node.get("NotAction");
                if (action !== undefined) {
                    report.violation(action, "every action is allowed", "it to the calls that are made");
                } else if (except.known && strings(statement, "Resource").includes("*")) {
                    report.violation(except, "everything else is allowed", "Action to the calls that are made");
                }
            }
        }
    },
};
