import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as aws from "@pulumi/aws";
import { parse, stringify } from "yaml";
import { runSandbox } from "../sandbox/run";

const projectDir = dirname(__dirname);
const sizes = [1, 10, 50, 100];

interface Measured {
    readonly resources: number;
    readonly seconds: number;
    /** Of the process that the program and the stand-in providers run in. */
    readonly peakMiB: number;
}

/** The stack file of production with the ML platform only and this many tenants, each with both clusters. */
function stackFile(tenants: number): string {
    const file = parse(readFileSync(join(projectDir, "Pulumi.prod.yaml"), "utf8")) as {
        config: Record<string, unknown>;
    };
    const key = "platforms:mlPlatform";
    const names = Array.from({ length: tenants }, (_, index) => `tenant${index + 1}`);
    return stringify({
        config: {
            "platforms:environment": file.config["platforms:environment"],
            "pulumi:disable-default-providers": file.config["pulumi:disable-default-providers"],
            [key]: {
                ...(file.config[key] as object),
                tenants: Object.fromEntries(names.map((name) => [name, { staging: {} }])),
            },
        },
    });
}

/** As many resources of one plain kind, without any component. */
const bare = (count: number) => async (): Promise<undefined> => {
    const provider = new aws.Provider("bare", { region: "ap-south-1", allowedAccountIds: ["880170353725"] });
    for (let index = 1; index < count; index++) {
        new aws.sns.Topic(`topic-${index}`, {}, { provider });
    }
};

/** One preview, in this process. */
async function measure(kind: "tenants" | "bare", count: number): Promise<Measured> {
    const folder = mkdtempSync(join(tmpdir(), "bench-tenants-"));
    try {
        const configFile = join(folder, "Pulumi.prod.yaml");
        writeFileSync(configFile, stackFile(kind === "tenants" ? count : 0));
        const options = {
            command: "preview",
            stack: "prod",
            projectDir,
            sandboxDir: join(folder, "sandbox"),
            configFile,
            policy: false,
            capture: true,
            report: () => {},
            ...(kind === "bare" ? { program: bare(count) } : {}),
        } as const;
        const begun = performance.now();
        const { code, stdout, stderr } = await runSandbox(options);
        const seconds = (performance.now() - begun) / 1000;
        if (code !== 0) {
            throw new Error(`the preview failed:\n${stdout}${stderr}`);
        }
        const resources = Number(/\+ (\d+) to create/.exec(stdout)?.[1]);
        return { resources, seconds, peakMiB: process.resourceUsage().maxRSS / 1024 };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** One preview in a process of its own: peak memory is a process's, and nothing is warm. */
function measureApart(kind: "tenants" | "bare", count: number): Measured {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", "tsx", __filename, kind, String(count)],
        { cwd: projectDir, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    if (status !== 0) {
        throw new Error(stderr);
    }
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Measured;
}

const row = ({ resources, seconds, peakMiB }: Measured) => ({
    resources,
    seconds: Number(seconds.toFixed(1)),
    "ms/resource": Number(((1000 * seconds) / resources).toFixed(2)),
    "peak MiB": Math.round(peakMiB),
});

/** Previews of 1, 10, 50 and 100 tenants, and of as many bare resources. Linear is: ms/resource doesn't grow. */
export async function run(): Promise<void> {
    const table: Record<string, ReturnType<typeof row>> = {};
    const costs: number[] = [];
    const note = (name: string, measured: Measured) => {
        table[name] = row(measured);
        // said at once: the large ones take minutes
        console.log(name, table[name]);
    };
    for (const count of sizes) {
        const tenants = measureApart("tenants", count);
        costs.push(tenants.seconds / tenants.resources);
        note(`${count} tenants`, tenants);
        note(`${tenants.resources} bare resources`, measureApart("bare", tenants.resources));
    }
    console.table(table);
    const ratio = (costs.at(-1) ?? 0) / (costs[0] ?? 1);
    console.log(
        `ms/resource with ${sizes.at(-1)} tenants is ${ratio.toFixed(2)} times that with ${sizes[0]} (aim: at most 1.2)`,
    );
}

if (require.main === module) {
    const [kind, count] = process.argv.slice(2);
    const done =
        kind === "tenants" || kind === "bare"
            ? measure(kind, Number(count)).then((measured) => console.log(JSON.stringify(measured)))
            : run();
    done.catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
    });
}
