import { resolve } from "node:path";
import { type Command, commands } from "./run";

export interface Invocation {
    readonly kind: "run";
    readonly command: Command;
    readonly stack: string;
    /** What is pulumi's, in the order given. */
    readonly flags: readonly string[];
    readonly policy: boolean;
    readonly failOn?: string;
    readonly configFile?: string;
}

export type Arguments = Invocation | { readonly kind: "help" } | { readonly kind: "wrong"; readonly problem: string };

/**
 * `<command> <stack> [flags]`. Our own few flags are taken wherever they stand and all others are pulumi's, verbatim: a
 * parser that had to know them would have to be told of each new one, and whether it takes a value.
 */
export function parseArguments(args: readonly string[], directory: string): Arguments {
    const own: { policy: boolean; failOn?: string; configFile?: string } = { policy: true };
    const rest: string[] = [];
    const queue = [...args];
    for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
        const [name = arg, inline] = splitFlag(arg);
        if (arg === "--help" || arg === "-h") {
            return { kind: "help" };
        }
        if (arg === "--no-policy") {
            own.policy = false;
        } else if (name === "--fail-on" || name === "--config-file") {
            const value = inline ?? queue.shift();
            if (value === undefined || value === "") {
                return { kind: "wrong", problem: `${name} takes a value` };
            }
            if (name === "--fail-on") {
                own.failOn = value;
            } else {
                own.configFile = resolve(directory, value);
            }
        } else if (name === "--stack" || arg === "-s") {
            return { kind: "wrong", problem: "name the stack after the command, without --stack" };
        } else {
            rest.push(arg);
        }
    }
    const [command, stack, ...flags] = rest;
    if (command === undefined || command.startsWith("-")) {
        return { kind: "wrong", problem: `expected a command: ${commands.join(", ")}` };
    }
    if (!isCommand(command)) {
        return { kind: "wrong", problem: `there is no command ${command}: expected ${commands.join(", ")}` };
    }
    if (stack === undefined || stack.startsWith("-")) {
        return { kind: "wrong", problem: `expected a stack after ${command}` };
    }
    return { kind: "run", command, stack, flags, ...own };
}

function splitFlag(arg: string): [string, string | undefined] {
    const equals = arg.startsWith("--") ? arg.indexOf("=") : -1;
    return equals < 0 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)];
}

function isCommand(text: string): text is Command {
    return (commands as readonly string[]).includes(text);
}

export function usage(stacks: readonly string[]): string {
    return `npm run preview -- <stack> [flags]
npm run sandbox -- <${commands.join("|")}> <stack> [flags]

Runs a stack with the real Pulumi engine, program and policies against stand-in providers: no account, no credentials.

  --no-policy           leave the policy pack out
  --fail-on <text>      rehearse a failing deployment: the first resource whose URN contains the text fails
  --config-file <file>  take the stack's config from another file
  --help                this text

All other flags are pulumi's: --diff, --json, --target <urn>, --expect-no-changes, ...
Stacks: ${stacks.length === 0 ? "none yet (a stack is a file Pulumi.<stack>.yaml)" : stacks.join(", ")}`;
}
