/** A statement as IAM sees it. */
export interface PolicyStatement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | Readonly<Record<string, readonly string[]>>;
    readonly Action: readonly string[];
    readonly Resource?: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy that a resource was given as JSON text, by sid. */
export function statementsOf(policy: unknown): Readonly<Record<string, PolicyStatement>> {
    if (typeof policy !== "string") {
        throw new Error(`expected a policy as JSON text, got ${JSON.stringify(policy)}`);
    }
    const { Version, Statement } = JSON.parse(policy) as { Version: string; Statement: readonly PolicyStatement[] };
    if (Version !== "2012-10-17") {
        throw new Error(`policy of version ${Version}`);
    }
    const bySid = Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
    if (Object.keys(bySid).length !== Statement.length) {
        throw new Error(`statements share a sid: ${Statement.map((statement) => statement.Sid).join(", ")}`);
    }
    return bySid;
}

/** One statement of a policy, which must be there. */
export function statementOf(policy: unknown, sid: string): PolicyStatement {
    const statements = statementsOf(policy);
    const found = statements[sid];
    if (found === undefined) {
        throw new Error(`no statement ${sid} among ${Object.keys(statements).join(", ")}`);
    }
    return found;
}
