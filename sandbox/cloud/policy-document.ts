import { type Bag, bagOf, isList, listOf, plain, text, type Wire } from "./wire";

/**
 * aws.iam.getPolicyDocument: the same JSON as the provider's data source renders, with lists of one written as a
 * string, https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(args: Bag): { json: string; minifiedJson: string } {
    const version = text(args["version"]) ?? "2012-10-17";
    const statements = new Map<string, Wire>();
    const add = (statement: Wire, replace: boolean) => {
        const sid = text(bagOf(statement)["Sid"]) ?? "";
        if (sid !== "" && statements.has(sid) && !replace) {
            throw new Error(`duplicate Sid (${sid}) in statements`);
        }
        statements.set(sid === "" ? `unnamed ${statements.size}` : sid, statement);
    };
    for (const document of listOf(args["sourcePolicyDocuments"])) {
        for (const statement of statementsOf(document)) {
            add(statement, false);
        }
    }
    for (const statement of listOf(args["statements"])) {
        add(renderStatement(bagOf(statement)), true);
    }
    for (const document of listOf(args["overridePolicyDocuments"])) {
        for (const statement of statementsOf(document)) {
            add(statement, true);
        }
    }
    const id = text(args["policyId"]);
    const rendered = { Version: version, ...(id === undefined ? {} : { Id: id }), Statement: [...statements.values()] };
    return { json: JSON.stringify(rendered, undefined, 2), minifiedJson: JSON.stringify(rendered) };
}

function statementsOf(document: Wire): readonly Wire[] {
    const parsed = JSON.parse(text(document) ?? "{}") as Bag;
    const statements = parsed["Statement"] ?? [];
    return isList(statements) ? statements : [statements];
}

function renderStatement(statement: Bag): Bag {
    const rendered: { [key: string]: Wire } = {};
    const sid = text(statement["sid"]);
    if (sid !== undefined && sid !== "") {
        rendered["Sid"] = sid;
    }
    rendered["Effect"] = text(statement["effect"]) ?? "Allow";
    for (const [key, property] of Object.entries(LISTS)) {
        const values = strings(statement[property]);
        if (values.length > 0) {
            rendered[key] = single([...values].sort());
        }
    }
    for (const [key, property] of [
        ["Principal", "principals"],
        ["NotPrincipal", "notPrincipals"],
    ] as const) {
        const principals = listOf(statement[property]);
        if (principals.length > 0) {
            rendered[key] = renderPrincipals(principals);
        }
    }
    const conditions: { [test: string]: { [variable: string]: Wire } } = {};
    for (const item of listOf(statement["conditions"])) {
        const condition = bagOf(item);
        const test = text(condition["test"]) ?? "";
        conditions[test] = {
            ...conditions[test],
            [text(condition["variable"]) ?? ""]: single(strings(condition["values"])),
        };
    }
    return Object.keys(conditions).length === 0 ? rendered : { ...rendered, Condition: conditions };
}

const LISTS = {
    Action: "actions",
    NotAction: "notActions",
    Resource: "resources",
    NotResource: "notResources",
} as const;

function renderPrincipals(principals: readonly Wire[]): Wire {
    const byType: { [type: string]: Wire } = {};
    for (const item of principals) {
        const principal = bagOf(item);
        const type = text(principal["type"]) ?? "";
        const identifiers = [...strings(byType[type]), ...strings(principal["identifiers"])];
        if (type === "*" && identifiers.length === 1 && identifiers[0] === "*") {
            return "*";
        }
        byType[type] = single(identifiers.sort());
    }
    return byType;
}

function strings(value: Wire | undefined): readonly string[] {
    const bare = value === undefined ? [] : plain(value);
    return (isList(bare) ? bare : [bare]).map(String);
}

function single(values: readonly string[]): Wire {
    return values.length === 1 ? (values[0] ?? "") : values;
}
