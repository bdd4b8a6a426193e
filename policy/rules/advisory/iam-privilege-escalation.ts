import { strings } from "../../domain/iam-document";
import { allowedStatements, identityPolicyTypes } from "../../domain/iam-policies";
import type { ResourceRule } from "../../engine/rule";

/**
 * Sets of actions by which an identity gives itself the rights of another.
 * https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 */
const combinations: readonly (readonly string[])[] = [
    ["iam:PassRole", "lambda:CreateFunction"],
    ["iam:PassRole", "ec2:RunInstances"],
    ["iam:PassRole", "ecs:RunTask"],
    ["iam:PassRole", "glue:CreateJob"],
    ["iam:PassRole", "cloudformation:CreateStack"],
    ["iam:PassRole", "sagemaker:CreateNotebookInstance"],
    ["iam:CreatePolicyVersion"],
    ["iam:SetDefaultPolicyVersion"],
    ["iam:AttachRolePolicy"],
    ["iam:AttachUserPolicy"],
    ["iam:AttachGroupPolicy"],
    ["iam:PutRolePolicy"],
    ["iam:PutUserPolicy"],
    ["iam:PutGroupPolicy"],
    ["iam:AddUserToGroup"],
    ["iam:CreateAccessKey"],
    ["iam:CreateLoginProfile"],
    ["iam:UpdateLoginProfile"],
    ["iam:UpdateAssumeRolePolicy"],
];

/** Whether a pattern of an Action element takes in the action; IAM compares without regard to case. */
function takesIn(pattern: string, action: string): boolean {
    const expression = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replace(/\*+/g, ".*")
        .replace(/\?/g, ".");
    return pattern.length < 200 && new RegExp(`^${expression}$`, "i").test(action);
}

export const iamPrivilegeEscalation: ResourceRule = {
    id: "iam-privilege-escalation",
    title: "Identities cannot give themselves more rights",
    category: "advisory",
    enforcement: "advisory",
    severity: "high",
    why: "With these actions on every resource, an identity becomes any role of the account.",
    remediation:
        "Set Resource in policy to the roles that are passed or changed, and add conditions such as iam:PassedToService.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    frameworks: [{ name: "AWS FSBP", control: "IAM.1" }],
    types: identityPolicyTypes,
    check({ type, inputs }, report) {
        for (const { statements, document } of allowedStatements(type, inputs)) {
            // Wide open statements are another rule's matter; conditions may narrow these in ways that cannot be judged here.
            const patterns = statements
                .filter(
                    (statement) =>
                        strings(statement, "Resource").includes("*") && statement.node.get("Condition").absent,
                )
                .flatMap((statement) => strings(statement, "Action"))
                .filter((pattern) => pattern !== "*");
            for (const actions of combinations) {
                if (actions.every((action) => patterns.some((pattern) => takesIn(pattern, action)))) {
                    report.fault(
                        document.path,
                        `${actions.join(" with ")} is allowed on every resource`,
                        "set Resource to the roles, users or policies that are meant",
                    );
                }
            }
        }
    },
};
