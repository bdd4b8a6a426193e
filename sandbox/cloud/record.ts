import {
    closeSync,
    existsSync,
    mkdirSync,
    openSync,
    readFileSync,
    renameSync,
    writeFileSync,
    writeSync,
} from "node:fs";
import { join } from "node:path";

/** What is kept of a resource: never a property's value. */
export interface RecordedResource {
    readonly id: string;
    readonly urn: string;
    readonly type: string;
    /** Where it is: account and region, or cluster. */
    readonly place: string;
    /** Digest of the inputs, secrets left out. */
    readonly inputs: string;
    /** Digest of what makes the resource unique in its account, where the service enforces that. */
    readonly identity?: string;
    /** How many times the URN had been created, this time included. */
    readonly generation: number;
}

export type Address = Pick<RecordedResource, "place" | "type" | "id">;

type Line =
    | { readonly put: RecordedResource }
    | { readonly lookedUp: string }
    | { readonly deleted: string; readonly urn: string; readonly generation: number };

const FILE = "resources.jsonl";

/** The cloud's memory: an append-only file, so that a killed run loses at most the line it was writing. */
export class CloudRecord {
    /** Oldest first: a task definition's revisions share an identifier, and a replaced one outlives its successor's birth. */
    private readonly resources = new Map<string, readonly RecordedResource[]>();
    /** Resources of others that programs read: they exist, but aren't this stack's. */
    private readonly lookedUp = new Set<string>();
    private readonly identities = new Map<string, string>();
    private readonly generations = new Map<string, number>();
    private readonly file: number;

    constructor(directory: string) {
        mkdirSync(directory, { recursive: true });
        const path = join(directory, FILE);
        if (existsSync(path)) {
            this.load(path);
            this.compact(path);
        }
        this.file = openSync(path, "a");
    }

    get(at: Address): RecordedResource | undefined {
        return this.resources.get(key(at))?.at(-1);
    }

    all(): readonly RecordedResource[] {
        return [...this.resources.values()].flat();
    }

    holderOf(identity: string): string | undefined {
        return this.identities.get(identity);
    }

    /** 1 for a URN never created before. */
    nextGeneration(urn: string): number {
        return (this.generations.get(urn) ?? 0) + 1;
    }

    put(resource: RecordedResource): void {
        this.append({ put: resource });
        this.apply({ put: resource });
    }

    lookUp(at: Address): void {
        if (!this.lookedUp.has(key(at))) {
            const line = { lookedUp: key(at) };
            this.append(line);
            this.apply(line);
        }
    }

    wasLookedUp(at: Address): boolean {
        return this.lookedUp.has(key(at));
    }

    delete(at: Address): void {
        const held = this.resources.get(key(at))?.[0];
        if (held !== undefined) {
            const line = { deleted: key(at), urn: held.urn, generation: held.generation };
            this.append(line);
            this.apply(line);
        }
    }

    close(): void {
        closeSync(this.file);
    }

    private append(line: Line): void {
        writeSync(this.file, `${JSON.stringify(line)}\n`);
    }

    private apply(line: Line): void {
        if ("lookedUp" in line) {
            this.lookedUp.add(line.lookedUp);
            return;
        }
        if ("put" in line) {
            const { put } = line;
            const others = (this.resources.get(key(put)) ?? []).filter((held) => held.generation !== put.generation);
            this.resources.set(key(put), [...others, put]);
            if (put.identity !== undefined) {
                this.identities.set(put.identity, put.urn);
            }
            this.generations.set(put.urn, Math.max(put.generation, this.generations.get(put.urn) ?? 0));
            return;
        }
        const [held, ...younger] = this.resources.get(line.deleted) ?? [];
        if (held?.identity !== undefined && younger.every((other) => other.identity !== held.identity)) {
            this.identities.delete(held.identity);
        }
        if (younger.length > 0) {
            this.resources.set(line.deleted, younger);
        } else {
            this.resources.delete(line.deleted);
        }
        this.generations.set(line.urn, Math.max(line.generation, this.generations.get(line.urn) ?? 0));
    }

    private load(path: string): void {
        const lines = readFileSync(path, "utf8").split("\n");
        // Whatever stands after the last newline is a line that a killed process didn't finish.
        lines.pop();
        for (const [index, line] of lines.entries()) {
            try {
                this.apply(JSON.parse(line) as Line);
            } catch {
                throw new Error(
                    `${path}:${index + 1} is not a line of the sandbox's record. Start afresh by deleting ${path}.`,
                );
            }
        }
    }

    /** Rewrites the file with what still exists; once nothing does, the generations start anew as well. */
    private compact(path: string): void {
        const lines: Line[] = this.all().map((resource) => ({ put: resource }));
        if (lines.length === 0) {
            this.generations.clear();
        }
        const alive = new Set(this.all().map((resource) => resource.urn));
        for (const [urn, generation] of this.generations) {
            if (!alive.has(urn)) {
                lines.push({ deleted: "", urn, generation });
            }
        }
        lines.push(...[...this.lookedUp].map((lookedUp) => ({ lookedUp })));
        const temporary = `${path}.${process.pid}.tmp`;
        writeFileSync(temporary, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
        renameSync(temporary, path);
    }
}

function key({ place, type, id }: Address): string {
    return `${place} ${type} ${id}`;
}
