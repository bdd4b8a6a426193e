import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { OpsError, type PlatformKey, type Target } from "./target";

/** Flags that every verb takes. */
export interface Flags {
    readonly stack: string;
    readonly dryRun?: boolean;
    readonly yes?: boolean;
    readonly json?: boolean;
}

export interface Session {
    readonly projectDir: string;
    readonly print: (line: string) => void;
    /** Progress and questions; never part of the output. */
    readonly tell: (line: string) => void;
    /** Asks a person to type a word. @returns what was typed; nothing where nobody is there */
    readonly ask: (question: string) => Promise<string | undefined>;
}

/** An action in words, and what carries it out. */
export interface Step {
    readonly does: string;
    readonly run: () => Promise<unknown>;
}

/** Refuses credentials of another account than the stack's: a wrong profile must not reach production. */
export async function checkAccount({ accountId, region, stack }: Target<PlatformKey>): Promise<void> {
    let account: string | undefined;
    try {
        ({ Account: account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({})));
    } catch (error) {
        throw new OpsError(
            `no usable AWS credentials (${error instanceof Error ? error.message : error}); run \`aws sso login\` and set AWS_PROFILE`,
        );
    }
    if (account !== accountId) {
        throw new OpsError(
            `the credentials are for account ${account}, but stack ${stack} is in ${accountId}; set AWS_PROFILE to a profile of that account`,
        );
    }
}

const isProduction = ({ environment }: Target<PlatformKey>) => /^prod/.test(environment);

/** Shows the steps and takes them, unless it is a dry run; production asks for its name first. */
export async function carryOut(
    steps: readonly Step[],
    target: Target<PlatformKey>,
    flags: Flags,
    session: Session,
): Promise<void> {
    if (!flags.dryRun) {
        await checkAccount(target);
    }
    if (!flags.dryRun && isProduction(target) && !flags.yes) {
        for (const { does } of steps) {
            session.tell(`will ${does}`);
        }
        const typed = await session.ask(`This changes ${target.prefix}. Type ${target.environment} to go on: `);
        if (typed !== target.environment) {
            throw new OpsError(`not confirmed, nothing was changed; --yes confirms where nobody can type`);
        }
    }
    const done: { does: string; done: boolean }[] = [];
    for (const { does, run } of steps) {
        session.tell(`${flags.dryRun ? "would " : ""}${does}`);
        if (!flags.dryRun) {
            await run();
        }
        done.push({ does, done: !flags.dryRun });
    }
    if (flags.json) {
        session.print(JSON.stringify({ stack: target.stack, account: target.accountId, steps: done }, null, 2));
    }
}

/** Prints rows as a table, or as JSON. */
export function show(rows: readonly Readonly<Record<string, string | number>>[], flags: Flags, session: Session): void {
    if (flags.json) {
        session.print(JSON.stringify(rows, null, 2));
        return;
    }
    const columns = Object.keys(rows[0] ?? {});
    const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))];
    const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
    for (const line of lines) {
        session.print(
            line
                .map((cell, index) => cell.padEnd(widths[index] ?? 0))
                .join("  ")
                .trimEnd(),
        );
    }
}
