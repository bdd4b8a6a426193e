/**
 * Prints what of a stack can be reached from the internet: `npm run exposure -- <stack> [--file export.json]`.
 * The stack's resources are read from an export (`pulumi stack export`, or `-` for standard input), or asked of the sandbox.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeExposures, exemptedEdges } from "./domain/exposure-report";
import { stackOfExport } from "./domain/stack-export";

interface Arguments {
    readonly stack: string;
    readonly file: string | undefined;
}

function parse(args: readonly string[]): Arguments | undefined {
    const at = args.indexOf("--file");
    const file = at < 0 ? undefined : args[at + 1];
    const [stack, ...more] = at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1);
    return stack === undefined || more.length > 0 || (at >= 0 && file === undefined) ? undefined : { stack, file };
}

/** A stack that is not deployed in the sandbox has no resources to read: it is deployed there first, which costs nothing. */
function fromSandbox(stack: string): string {
    const run = (...args: readonly string[]): string =>
        execFileSync(process.execPath, ["--import", "tsx", join(__dirname, "../sandbox/main.ts"), ...args], {
            cwd: join(__dirname, ".."),
            encoding: "utf8",
            maxBuffer: 1 << 30,
            stdio: ["ignore", "pipe", "inherit"],
        });
    const text = run("export", stack);
    if (stackOfExport(JSON.parse(text)).resources.length > 0) {
        return text;
    }
    console.error(`exposure: deploying ${stack} to the sandbox, to read its resources`);
    run("up", stack, "--no-policy");
    return run("export", stack);
}

function configOf(stack: string): unknown {
    const path = join(__dirname, "config", `${stack}.json`);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

function main(): number {
    const args = parse(process.argv.slice(2));
    if (args === undefined) {
        console.error("usage: npm run exposure -- <stack> [--file <export.json | ->]");
        return 2;
    }
    const text =
        args.file === undefined ? fromSandbox(args.stack) : readFileSync(args.file === "-" ? 0 : args.file, "utf8");
    const exempted = exemptedEdges(configOf(args.stack), new Date());
    for (const line of describeExposures(stackOfExport(JSON.parse(text)), exempted)) {
        console.log(line);
    }
    return 0;
}

process.exitCode = main();
