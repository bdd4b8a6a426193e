import { type Document, isMap, isNode, isScalar, type Pair, parseDocument, stringify } from "yaml";
import { configPath } from "../../config/faults";

const namespace = "platforms";
const platformKey = "mlPlatform";
const tenantsPath = ["config", `${namespace}:${platformKey}`, "tenants"] as const;

/** Something that a person asked for and can't have; the message says how to mend it. */
export class TenantError extends Error {}

/** What `add` writes about a tenant. */
export interface NewTenant {
    readonly name: string;
    readonly memoryOptimized: boolean;
    readonly staging: boolean;
}

/** A tenant as the stack file has it. */
export interface ListedTenant {
    readonly name: string;
    readonly memoryOptimized: boolean;
    readonly staging: boolean;
    readonly protected: boolean;
}

const pathOf = (...more: readonly string[]) => configPath(namespace, [platformKey, "tenants", ...more]);

/**
 * A stack file, whose tenants can be changed. The YAML document says where things are; the text is changed there only, so
 * that comments, order and the way that people wrote everything else stay as they are.
 */
export class StackDocument {
    private document: Document.Parsed;

    constructor(private text: string) {
        this.document = parsed(text);
        if (!this.document.hasIn(tenantsPath.slice(0, 2))) {
            throw new TenantError(
                `${namespace}:${platformKey}: expected the platform's block, got nothing; add it to the stack file first`,
            );
        }
    }

    list(): readonly ListedTenant[] {
        const flag = (name: string, key: string) => this.document.getIn([...tenantsPath, name, key]);
        return pairsOf(this.document.getIn(tenantsPath)).map(({ key }) => {
            const name = String(key);
            return {
                name,
                memoryOptimized: flag(name, "memoryOptimized") !== false,
                staging: this.document.hasIn([...tenantsPath, name, "staging"]),
                protected: flag(name, "protect") !== false,
            };
        });
    }

    add({ name, memoryOptimized, staging }: NewTenant): void {
        if (this.document.hasIn([...tenantsPath, name])) {
            throw new TenantError(
                `${pathOf(name)}: expected a tenant that isn't there yet, got one that is; take another name or edit its block`,
            );
        }
        const block = { [name]: { memoryOptimized, production: {}, ...(staging ? { staging: {} } : {}) } };
        const tenants = pairsOf(this.document.getIn(tenantsPath));
        const last = tenants.at(-1);
        if (last !== undefined && !isFlow(this.document.getIn(tenantsPath))) {
            this.insertAfter(last, block);
            return;
        }
        if (last !== undefined) {
            throw new TenantError(
                `${pathOf()}: expected one tenant a line, got {...}; write the tenants below each other first`,
            );
        }
        this.deletePair(tenantsPath.slice(0, 2), "tenants");
        const platform = pairsOf(this.document.getIn(tenantsPath.slice(0, 2))).at(-1);
        if (platform === undefined) {
            throw new TenantError(
                `${namespace}:${platformKey}: expected the platform's settings, got nothing; add them first`,
            );
        }
        this.insertAfter(platform, { tenants: block });
    }

    /** Takes a tenant out whose data may go. */
    remove(name: string): void {
        const { protected: kept } = this.find(name);
        if (kept) {
            throw new TenantError(
                `${pathOf(name, "protect")}: expected false before the tenant is removed, got true; run \`npm run tenant -- remove ${name} --stack <stack> --unprotect\`, deploy, and remove it then`,
            );
        }
        if (this.list().length === 1) {
            this.deletePair(tenantsPath.slice(0, 2), "tenants");
        } else {
            this.deletePair(tenantsPath, name);
        }
    }

    /** Lets a tenant's data go with the next removal. */
    unprotect(name: string): void {
        this.find(name);
        const value: unknown = this.document.getIn([...tenantsPath, name], true);
        const last = pairsOf(value).at(-1);
        const given: unknown = this.document.getIn([...tenantsPath, name, "protect"], true);
        if (isScalar(given) && given.range) {
            this.replace(given.range[0], given.range[1], "false");
        } else if (last !== undefined && !isFlow(value)) {
            this.insertAfter(last, { protect: false });
        } else if (isNode(value) && value.range) {
            const inner = this.text.slice(value.range[0] + 1, value.range[1] - 1).trim();
            this.replace(value.range[0], value.range[1], `{ ${[inner, "protect: false"].filter(Boolean).join(", ")} }`);
        }
    }

    toString(): string {
        return this.text;
    }

    private find(name: string): ListedTenant {
        const tenants = this.list();
        const found = tenants.find((tenant) => tenant.name === name);
        if (found === undefined) {
            const known = tenants.map((tenant) => tenant.name).join(", ");
            throw new TenantError(
                `${pathOf(name)}: expected one of ${known || "no tenants at all"}, got "${name}"; name one of them`,
            );
        }
        return found;
    }

    /** Writes lines below a key's value, as far in as the key. */
    private insertAfter(pair: Pair, content: object): void {
        const at = this.lineAfter(endOf(pair));
        const indent = " ".repeat(startOf(pair) - this.lineOf(startOf(pair)));
        const lines = stringify(content, { indent: 4, lineWidth: 0 }).trimEnd().split("\n");
        const separator = this.text[at - 1] === "\n" ? "" : "\n";
        this.replace(at, at, separator + lines.map((line) => `${indent}${line}\n`).join(""));
    }

    /** Takes a key away with its value and the comment lines right above it. */
    private deletePair(path: readonly string[], key: string): void {
        const pair = pairsOf(this.document.getIn(path)).find((one) => String(one.key) === key);
        if (pair === undefined) {
            return;
        }
        let from = this.lineOf(startOf(pair));
        while (from > 0 && /^\s*#/.test(this.text.slice(this.lineOf(from - 1), from))) {
            from = this.lineOf(from - 1);
        }
        this.replace(from, this.lineAfter(endOf(pair)), "");
    }

    private lineOf(offset: number): number {
        return this.text.lastIndexOf("\n", offset - 1) + 1;
    }

    private lineAfter(offset: number): number {
        const end = this.text.indexOf("\n", offset);
        return end < 0 ? this.text.length : end + 1;
    }

    private replace(from: number, to: number, content: string): void {
        this.text = this.text.slice(0, from) + content + this.text.slice(to);
        this.document = parsed(this.text);
    }
}

function parsed(text: string): Document.Parsed {
    const document = parseDocument(text);
    const [fault] = document.errors;
    if (fault) {
        throw new TenantError(`the stack file is no YAML: ${fault.message}`);
    }
    return document;
}

const pairsOf = (node: unknown): readonly Pair[] => (isMap(node) ? node.items : []);
const isFlow = (node: unknown): boolean => isMap(node) && node.flow === true;

function startOf({ key }: Pair): number {
    return isNode(key) && key.range ? key.range[0] : 0;
}

/** Where a key's value ends; a block ends with what is last in it. */
function endOf({ key, value }: Pair): number {
    const last = isMap(value) && value.flow !== true ? value.items.at(-1) : undefined;
    if (last !== undefined) {
        return endOf(last);
    }
    const node = isNode(value) && value.range ? value : key;
    return isNode(node) && node.range ? node.range[1] : 0;
}
