/** `npm run bench` runs every benchmark, `npm run bench -- <name>` one: a file beside this one that exports `run`. */
import { readdirSync } from "node:fs";
import { basename } from "node:path";

interface Benchmark {
    /** Measures and prints; throws when what it measures doesn't work. */
    run(): Promise<void>;
}

function benchmarks(): string[] {
    return readdirSync(__dirname)
        .filter((file) => file.endsWith(".ts"))
        .map((file) => basename(file, ".ts"))
        .filter((name) => name !== "main" && typeof (require(`./${name}`) as Partial<Benchmark>).run === "function")
        .sort();
}

async function main(names: readonly string[]): Promise<void> {
    const known = benchmarks();
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
        throw new Error(`there is no benchmark ${unknown.join(", ")}; there are: ${known.join(", ")}`);
    }
    for (const name of names.length > 0 ? names : known) {
        console.log(`== ${name}`);
        await (require(`./${name}`) as Benchmark).run();
    }
}

main(process.argv.slice(2)).then(
    () => process.exit(0),
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
    },
);
