import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { opsProgram } from "./operate/program";
import { OpsError } from "./operate/target";

async function ask(question: string): Promise<string | undefined> {
    if (!process.stdin.isTTY) {
        return undefined;
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return await terminal.question(question);
    } finally {
        terminal.close();
    }
}

opsProgram({ projectDir: dirname(__dirname), print: console.log, tell: console.error, ask })
    .parseAsync()
    .catch((error: unknown) => {
        console.error(error instanceof OpsError ? `ops: ${error.message}` : error);
        process.exitCode = 1;
    });
