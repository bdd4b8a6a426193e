import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Analyzer, type Resource } from "../tests/policy/support/analyzer";
import { mix } from "./policy-mix";

interface Pack {
    readonly name: string;
    readonly folder: string;
}

interface Cost {
    readonly start: number;
    /** Milliseconds a resource, by how many there were. */
    readonly resource: ReadonlyMap<number, number>;
    readonly stack: ReadonlyMap<number, number>;
}

const packs: readonly Pack[] = [
    { name: "one trivial rule", folder: "bench/one-rule" },
    { name: "this pack", folder: "policy" },
    { name: "awsguard 0.3.1", folder: "bench/awsguard" },
];

const sizes = [1_000, 10_000];
const starts = 5;
const warmUp = 500;
const stackRounds = 3;

function now(): number {
    return Number(process.hrtime.bigint()) / 1e6;
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function startTime(folder: string): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < starts; round++) {
        const begun = now();
        const analyzer = await Analyzer.start(folder);
        times.push(now() - begun);
        await analyzer.stop();
    }
    return median(times);
}

async function perResource(analyzer: Analyzer, resources: readonly Resource[]): Promise<number> {
    const begun = now();
    for (const resource of resources) {
        await analyzer.analyze(resource);
    }
    return (now() - begun) / resources.length;
}

/** Slices of the resources go through the packs in turn, so that whatever else the machine does weighs on all of them alike. */
async function inTurn(analyzers: readonly Analyzer[], resources: readonly Resource[]): Promise<readonly number[]> {
    const slice = 250;
    const times = analyzers.map((): number[] => []);
    for (let at = 0; at < resources.length; at += slice) {
        for (const [index, analyzer] of analyzers.entries()) {
            times[index]?.push(await perResource(analyzer, resources.slice(at, at + slice)));
        }
    }
    return times.map(median);
}

async function wholeStack(analyzers: readonly Analyzer[], resources: readonly Resource[]): Promise<readonly number[]> {
    const times = analyzers.map((): number[] => []);
    for (let round = 0; round < stackRounds; round++) {
        for (const [index, analyzer] of analyzers.entries()) {
            const begun = now();
            await analyzer.analyzeStack(resources);
            times[index]?.push((now() - begun) / resources.length);
        }
    }
    return times.map(median);
}

async function measure(): Promise<readonly Cost[]> {
    const start: number[] = [];
    for (const { folder } of packs) {
        start.push(await startTime(folder));
    }
    const analyzers = await Promise.all(packs.map(({ folder }) => Analyzer.start(folder)));
    try {
        for (const analyzer of analyzers) {
            await perResource(analyzer, mix(warmUp));
        }
        const costs = packs.map((_, index) => ({
            start: start[index] ?? 0,
            resource: new Map<number, number>(),
            stack: new Map<number, number>(),
        }));
        for (const size of sizes) {
            const resources = mix(size);
            const each = await inTurn(analyzers, resources);
            const whole = await wholeStack(analyzers, resources);
            for (const [index, cost] of costs.entries()) {
                cost.resource.set(size, each[index] ?? 0);
                cost.stack.set(size, whole[index] ?? 0);
            }
        }
        return costs;
    } finally {
        await Promise.all(analyzers.map((analyzer) => analyzer.stop()));
    }
}

/** awsguard brings SDKs of its own time, so that it is installed beside the workspace and only when it is measured. */
function install(folder: string): void {
    if (existsSync(`${folder}/package.json`) && folder.endsWith("awsguard") && !existsSync(`${folder}/node_modules`)) {
        console.log("Installing awsguard for the comparison (about 20 s) ...");
        execFileSync("npm", ["install", "--silent"], { cwd: folder, stdio: "inherit" });
    }
}

export async function run(): Promise<void> {
    for (const { folder } of packs) {
        install(folder);
    }
    const measured = await measure();
    const costs = packs.flatMap(({ name }, index): [string, Cost][] => {
        const cost = measured[index];
        return cost === undefined ? [] : [[name, cost]];
    });
    const heads = sizes.flatMap((size) => [`ms/resource at ${size}`, `whole stack, ms/resource at ${size}`]);
    console.table(
        Object.fromEntries(
            costs.map(([name, cost]) => [
                name,
                Object.fromEntries([
                    ["start ms", Math.round(cost.start)],
                    ...sizes.flatMap((size, index) => [
                        [heads[2 * index], Number((cost.resource.get(size) ?? 0).toFixed(3))],
                        [heads[2 * index + 1], Number((cost.stack.get(size) ?? 0).toFixed(3))],
                    ]),
                ]),
            ]),
        ),
    );
    report(costs);
}

/** Against the aims: less than 0.5 ms more than one rule, a start of at most 1.5 times, no slower than awsguard. */
function report(costs: readonly (readonly [string, Cost])[]): void {
    const [one, own, guard] = costs.map(([, cost]) => cost);
    if (one === undefined || own === undefined || guard === undefined) {
        return;
    }
    console.log(`start: ${(own.start / one.start).toFixed(2)} times that of one rule (aim: at most 1.5)`);
    for (const size of sizes) {
        const total = (cost: Cost): number => (cost.resource.get(size) ?? 0) + (cost.stack.get(size) ?? 0);
        console.log(
            `${size} resources: ${(total(own) - total(one)).toFixed(3)} ms a resource more than one rule (aim: less than 0.5), ` +
                `${(total(own) - total(guard)).toFixed(3)} ms more than awsguard (aim: none)`,
        );
    }
}

if (require.main === module) {
    run().catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
    });
}
