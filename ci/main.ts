import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { rules } from "../policy/rules";
import { planComment } from "./comment";
import { approvalsIn, judge, lossesOf, report } from "./guard";
import { readPlan } from "./plan";
import { readPolicyEvents, toSarif } from "./sarif";

const list = (value: string, before: readonly string[]): string[] => [...before, value];

const program = new Command("ci").description("What CI makes of a plan of `pulumi preview --json`.");

program
    .command("guard")
    .description("fails where a plan replaces or deletes a stateful resource that isn't approved")
    .argument("<plan>", "file that `pulumi preview --json` wrote")
    .option("--approve <urn>", "let this resource go; may be repeated", list, [])
    .option("--approvals <file>", "text with lines `approve-loss: <urn>`, such as a pull request's description")
    .action((plan: string, options: { approve: string[]; approvals?: string }) => {
        const written = options.approvals === undefined ? [] : approvalsIn(readFileSync(options.approvals, "utf8"));
        const verdict = judge(readPlan(plan), [...options.approve, ...written]);
        console.log(report(verdict));
        process.exitCode = verdict.refused.length > 0 ? 1 : 0;
    });

program
    .command("sarif")
    .description("turns policy findings of an event log into SARIF")
    .argument("<events>", "file that `pulumi preview --event-log` wrote")
    .requiredOption("--stack <name>", "stack that was previewed")
    .requiredOption("--output <file>", "where the SARIF goes")
    .action((events: string, { stack, output }: { stack: string; output: string }) => {
        writeFileSync(
            output,
            JSON.stringify(toSarif(readPolicyEvents(events), `Pulumi.${stack}.yaml`, rules), null, 2),
        );
    });

program
    .command("comment")
    .description("prints a plan as Markdown")
    .argument("<plan>", "file that `pulumi preview --json` wrote")
    .requiredOption("--stack <name>", "stack that was previewed")
    .option("--events <file>", "file that `pulumi preview --event-log` wrote")
    .action((file: string, { stack, events }: { stack: string; events?: string }) => {
        const plan = readPlan(file);
        console.log(planComment(stack, plan, lossesOf(plan), events === undefined ? [] : readPolicyEvents(events)));
    });

program.parseAsync().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
});
