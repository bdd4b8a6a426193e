import type { Node } from "../engine/node";
import { isCidr, isOpen, type Widest } from "./cidr";
import { parseJson } from "./json-properties";

export interface Statement {
    readonly node: Node;
    readonly allows: boolean;
}

export type Document =
    | { readonly state: "known"; readonly statements: readonly Statement[] }
    | { readonly state: "malformed" | "absent" | "unknown" };

/** A policy document, as JSON text or as an object. Element names are matched as IAM does: case matters in them. */
export function readDocument(node: Node): Document {
    const parsed = parseJson(node);
    if (parsed.state !== "known") {
        return parsed;
    }
    const statement = parsed.node.get("Statement");
    if (statement.unknown) {
        return { state: "unknown" };
    }
    const statements = statement.items().map((item) => ({ node: item, allows: item.get("Effect").string !== "Deny" }));
    return statements.length === 0 ? { state: "malformed" } : { state: "known", statements };
}

/**
 * The element by which the statement lets anyone in: `"*"`, `{ AWS: "*" }`, or an Allow that only says who is not meant.
 * `undefined` when it names its principals.
 */
export function anyPrincipal(statement: Statement): Node | undefined {
    if (!statement.allows) {
        return undefined;
    }
    if (!statement.node.get("NotPrincipal").absent) {
        return statement.node.get("NotPrincipal");
    }
    const principal = statement.node.get("Principal");
    const named = principal.isObject()
        ? principal.entries().flatMap(([, value]) => value.values())
        : principal.values();
    return named.find((value) => value.string === "*");
}

/** Whether any principal of the statement is not known yet. */
export function principalUnknown(statement: Statement): boolean {
    return statement.allows && statement.node.get("Principal").hasUnknown();
}

/** Operators that hold only when the key is there and equal; `...IfExists` and `ForAllValues` hold without it. */
const narrowingOperator =
    /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress|Bool)$/;

const account = /^\d{12}$/;

function literal(text: string): boolean {
    return !/[*?]|\$\{/.test(text);
}

/** An ARN that fixes the account or, where the service's ARNs have none, the resource. */
function fixedArn(text: string): boolean {
    const [, , , , owner, ...resource] = text.split(":");
    if (owner === undefined) {
        return account.test(text);
    }
    return account.test(owner) || (owner === "" && /^[\w.-]{3,}/.test(resource.join(":")));
}

const widestSource: Widest = { ipv4: 16, ipv6: 32 };

function narrowRange(text: string): boolean {
    return isCidr(text) && !isOpen(text, widestSource);
}

/**
 * Condition keys by which a statement for everyone is in truth for somebody, and the values that make it so. What AWS calls
 * public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 * Keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const narrowingKeys: Readonly<Record<string, (value: string) => boolean>> = {
    "aws:sourceip": narrowRange,
    "aws:vpcsourceip": narrowRange,
    "aws:sourcearn": fixedArn,
    "aws:principalarn": fixedArn,
    "aws:sourcevpc": (value) => literal(value) && value.startsWith("vpc-"),
    "aws:sourcevpce": (value) => literal(value) && value.startsWith("vpce-"),
    "aws:sourceaccount": (value) => account.test(value),
    "aws:sourceowner": (value) => account.test(value),
    "aws:principalaccount": (value) => account.test(value),
    "kms:calleraccount": (value) => account.test(value),
    "s3:dataaccesspointaccount": (value) => account.test(value),
    "s3:dataaccesspointarn": fixedArn,
    "aws:principalorgid": (value) => literal(value) && value.startsWith("o-"),
    "aws:sourceorgid": (value) => literal(value) && value.startsWith("o-"),
    "aws:principalorgpaths": (value) => /^o-[a-z0-9]+\//.test(value),
    "aws:sourceorgpaths": (value) => /^o-[a-z0-9]+\//.test(value),
    "aws:userid": (value) => /^[A-Z0-9]{16,}/.test(value),
    "aws:principalservicename": literal,
    // https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
    "elasticfilesystem:accessedviamounttarget": (value) => value.toLowerCase() === "true",
};

/** Whether the statement's conditions keep strangers out. An unknown value counts as narrowing when its key would. */
export function isNarrowed(statement: Statement): boolean {
    return statement.node
        .get("Condition")
        .entries()
        .filter(([operator]) => narrowingOperator.test(operator))
        .some(([, keys]) =>
            keys.entries().some(([key, node]) => {
                const narrow = narrowingKeys[key.toLowerCase()];
                const values = node.unknown ? [] : node.values();
                return (
                    narrow !== undefined &&
                    (node.unknown || values.length > 0) &&
                    values.every((value) => value.unknown || narrow(String(value.plain(1))))
                );
            }),
        );
}

/** The strings of an element that may be one string or a list: `Action`, `Resource`. */
export function strings(statement: Statement, element: string): readonly string[] {
    return statement.node
        .get(element)
        .values()
        .flatMap((value) => value.string ?? []);
}
