import { Command, InvalidArgumentError, Option } from "commander";
import { serviceNames } from "../../components/transcription/stages";
import { doctor } from "./doctor";
import { scaleOverride, tunnel } from "./pipeline";
import { redrive, waiting } from "./redrive";
import { type EcsService, logs, restart, scale, start, status, stop } from "./services";
import { carryOut, checkAccount, type Flags, type Session, show } from "./session";
import { backup } from "./snapshot";
import { OpsError, targetOf } from "./target";

const wholeNumber =
    (min: number, max: number) =>
    (text: string): number => {
        const value = Number(text);
        if (!Number.isInteger(value) || value < min || value > max) {
            throw new InvalidArgumentError(`a whole number from ${min} to ${max} is needed.`);
        }
        return value;
    };

/** Adds the flags of every verb; those that change nothing take no dry run. */
const verb = (command: Command, changes: boolean): Command => {
    command.option("-s, --stack <name>", "stack to act on", "dev").option("--json", "print JSON");
    return changes
        ? command
              .option("--dry-run", "say what would be done, and do nothing")
              .option("-y, --yes", "don't ask before changing production")
        : command;
};

interface LogFlags extends Flags {
    readonly minutes: number;
    readonly filter?: string;
}

const logOptions = (command: Command): Command =>
    command
        .addOption(new Option("--minutes <n>", "how far back").default(15).argParser(wholeNumber(1, 10_080)))
        .option("--filter <pattern>", "CloudWatch Logs filter pattern");

/** The services named, or all; unknown names are told with those there are. */
function chosen(all: readonly EcsService[], names: readonly string[]): readonly EcsService[] {
    const known = all.map(({ service }) => service);
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
        throw new OpsError(`there is no service ${unknown.join(", ")}; choose of ${known.join(", ")}`);
    }
    return names.length === 0 ? all : all.filter(({ service }) => names.includes(service));
}

export function opsProgram(session: Session): Command {
    const program = new Command("ops").description("Commands for running platforms, by the stack files.");
    addTranscription(program.command("transcription").description("Thoth, speech to text"), session);
    addPipeline(program.command("image-pipeline").description("MediaViz, image processing"), session);
    addWebApp(program.command("web-app").description("Taskava, the web app"), session);
    verb(program.command("doctor"), false)
        .description("looks at tools, credentials and quotas")
        .action((flags: Flags) => doctor(flags, session));
    return program;
}

function addTranscription(group: Command, session: Session): void {
    const services = (stack: string) => {
        const target = targetOf(session.projectDir, stack, "transcription");
        const all = Object.entries(serviceNames).map(([key, service]): EcsService => {
            const { minTasks, maxTasks } = target.config.services[key as keyof typeof serviceNames];
            return { cluster: target.prefix, service, region: target.region, minTasks, maxTasks };
        });
        return { target, all };
    };
    const changes = { start, stop, restart } as const;
    const says = {
        start: "brings services back to what the stack file says",
        stop: "takes services down to no task; jobs wait in their queues",
        restart: "replaces the tasks of services",
    } as const;
    for (const [name, step] of Object.entries(changes)) {
        verb(group.command(name).argument("[services...]", "default: all"), true)
            .description(says[name as keyof typeof says])
            .action((names: string[], flags: Flags) => {
                const { target, all } = services(flags.stack);
                return carryOut(chosen(all, names).map(step), target, flags, session);
            });
    }
    verb(group.command("status"), false)
        .description("tasks of each service")
        .action(async (flags: Flags) => {
            const { target, all } = services(flags.stack);
            await checkAccount(target);
            show(await status(all), flags, session);
        });
    logOptions(verb(group.command("logs").argument("<service>"), false))
        .description("log lines of a service")
        .action(async (name: string, flags: LogFlags) => {
            const { target, all } = services(flags.stack);
            const [service] = chosen(all, [name]);
            await checkAccount(target);
            await logs(target.region, `/ecs/${target.prefix}-${service?.service}`, flags, flags, session);
        });
}

function addPipeline(group: Command, session: Session): void {
    const target = (stack: string) => targetOf(session.projectDir, stack, "imagePipeline");
    verb(group.command("redrive").argument("<consumer>", "queue without its prefix, such as blur"), true)
        .description("gives failed messages another chance")
        .addOption(new Option("--limit <n>", "messages at most").default(1000).argParser(wholeNumber(1, 100_000)))
        .action(async (consumer: string, flags: Flags & { limit: number }) => {
            const place = target(flags.stack);
            const queue = `${place.prefix}-${consumer}`;
            if (!flags.dryRun) {
                await checkAccount(place);
                session.tell(`${await waiting(place.region, `${queue}-dlq`)} messages wait in ${queue}-dlq`);
            }
            await carryOut([redrive(place.region, queue, flags.limit, session)], place, flags, session);
        });
    verb(group.command("scale-override").argument("<model>").argument("<replicas>", "", wholeNumber(0, 100)), true)
        .description("sets a model's replicas until the next turn of its schedule")
        .action((model: string, replicas: number, flags: Flags) => {
            const place = target(flags.stack);
            return carryOut([scaleOverride(place, model, replicas)], place, flags, session);
        });
    verb(group.command("tunnel"), true)
        .description("forwards a local port to the database, through the bastion and without an open port")
        .addOption(new Option("--port <n>", "local port").default(5433).argParser(wholeNumber(1024, 65535)))
        .action(async (flags: Flags & { port: number }) => {
            const place = target(flags.stack);
            await carryOut([tunnel(place, flags.port)], place, flags, session);
        });
}

function addWebApp(group: Command, session: Session): void {
    const services = (stack: string) => {
        const target = targetOf(session.projectDir, stack, "webApp");
        const all = Object.entries(target.config.services).map(
            ([name, { minTasks, maxTasks }]): EcsService => ({
                cluster: target.prefix,
                service: `taskava-${name}`,
                region: target.region,
                minTasks,
                maxTasks,
            }),
        );
        return { target, all };
    };
    verb(group.command("scale").argument("<service>").argument("<tasks>", "", wholeNumber(1, 500)), true)
        .description("sets the fewest tasks of a service until the next deployment of the stack")
        .action((name: string, tasks: number, flags: Flags) => {
            const { target, all } = services(flags.stack);
            const steps = chosen(all, [`taskava-${name}`]).map((service) =>
                scale(service, tasks, Math.max(tasks, service.maxTasks), tasks),
            );
            return carryOut(steps, target, flags, session);
        });
    logOptions(verb(group.command("logs").argument("[service]"), false))
        .description("log lines of the app or of one service")
        .action(async (name: string | undefined, flags: LogFlags) => {
            const { target, all } = services(flags.stack);
            const stream = name === undefined ? undefined : chosen(all, [`taskava-${name}`])[0]?.service;
            await checkAccount(target);
            await logs(target.region, `/aws/ecs/${target.prefix}`, { ...flags, stream }, flags, session);
        });
    verb(group.command("backup"), true)
        .description("takes a snapshot of the database, beside the scheduled backups")
        .action((flags: Flags) => {
            const { target } = services(flags.stack);
            return carryOut([backup(target.region, target.prefix)], target, flags, session);
        });
}
