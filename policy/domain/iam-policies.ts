import type { Node } from "../engine/node";
import type { Report } from "../engine/report";
import { readDocument, type Statement } from "./iam-document";

/** Where identities keep their policy documents. */
const places: Readonly<Record<string, (inputs: Node) => readonly Node[]>> = {
    "aws:iam/policy:Policy": (inputs) => [inputs.get("policy")],
    "aws:iam/rolePolicy:RolePolicy": (inputs) => [inputs.get("policy")],
    "aws:iam/userPolicy:UserPolicy": (inputs) => [inputs.get("policy")],
    "aws:iam/groupPolicy:GroupPolicy": (inputs) => [inputs.get("policy")],
    "aws:iam/role:Role": (inputs) =>
        inputs
            .get("inlinePolicies")
            .items()
            .map((item) => item.get("policy")),
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": (inputs) => [inputs.get("inlinePolicy")],
};

export const identityPolicyTypes: readonly string[] = Object.keys(places);

/** Calls `judge` with the allowing statements of each document; what is unknown or no document is reported. */
export function forEachStatement(
    type: string,
    inputs: Node,
    report: Report,
    judge: (statements: readonly Statement[], document: Node) => void,
): void {
    for (const node of places[type]?.(inputs) ?? []) {
        const document = readDocument(node);
        if (document.state === "unknown") {
            report.undecided(node);
        } else if (document.state === "malformed") {
            report.violation(
                node,
                "the text is no policy document, so that nobody can judge it",
                "it to a document with statements",
            );
        } else if (document.state === "known") {
            judge(
                document.statements.filter((statement) => statement.allows),
                node,
            );
        }
    }
}
