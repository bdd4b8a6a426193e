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

/** Reports documents that nobody can judge, or nobody yet. One rule does so for all that read them. */
export function reportUnreadable(type: string, inputs: Node, report: Report): void {
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
        }
    }
}

/** The allowing statements of each document that can be read. */
export function allowedStatements(
    type: string,
    inputs: Node,
): readonly { readonly document: Node; readonly statements: readonly Statement[] }[] {
    return (places[type]?.(inputs) ?? []).map((node) => {
        const document = readDocument(node);
        const statements = document.state === "known" ? document.statements : [];
        return { document: node, statements: statements.filter((statement) => statement.allows) };
    });
}
