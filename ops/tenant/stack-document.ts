import { type Document, isMap, parseDocument } from "yaml";
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

/** A stack file, whose tenants can be changed while comments, order and everything else stay as they are. */
export class StackDocument {
    private readonly document: Document;

    constructor(text: string) {
        this.document = parseDocument(text);
        const [fault] = this.document.errors;
        if (fault) {
            throw new TenantError(`the stack file is no YAML: ${fault.message}`);
        }
        if (!this.document.hasIn(tenantsPath.slice(0, 2))) {
            throw new TenantError(
                `${namespace}:${platformKey}: expected the platform's block, got nothing; add it to the stack file first`,
            );
        }
    }

    list(): readonly ListedTenant[] {
        const tenants = this.document.getIn(tenantsPath);
        const names = isMap(tenants) ? tenants.items.map(({ key }) => String(key)) : [];
        const flag = (name: string, key: string) => this.document.getIn([...tenantsPath, name, key]);
        return names.map((name) => ({
            name,
            memoryOptimized: flag(name, "memoryOptimized") !== false,
            staging: this.document.hasIn([...tenantsPath, name, "staging"]),
            protected: flag(name, "protect") !== false,
        }));
    }

    add({ name, memoryOptimized, staging }: NewTenant): void {
        if (this.document.hasIn([...tenantsPath, name])) {
            throw new TenantError(
                `${pathOf(name)}: expected a tenant that isn't there yet, got one that is; take another name or edit its block`,
            );
        }
        if (!isMap(this.document.getIn(tenantsPath))) {
            this.document.setIn(tenantsPath, this.document.createNode({}, { flow: false }));
        }
        this.document.setIn(
            [...tenantsPath, name],
            this.document.createNode({ memoryOptimized, production: {}, ...(staging ? { staging: {} } : {}) }),
        );
    }

    /** Takes a tenant out whose data may go. */
    remove(name: string): void {
        if (this.find(name).protected) {
            throw new TenantError(
                `${pathOf(name, "protect")}: expected false before the tenant is removed, got true; run \`npm run tenant -- remove ${name} --stack <stack> --unprotect\`, deploy, and remove it then`,
            );
        }
        this.document.deleteIn([...tenantsPath, name]);
    }

    /** Lets a tenant's data go with the next removal. */
    unprotect(name: string): void {
        this.find(name);
        this.document.setIn([...tenantsPath, name, "protect"], false);
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

    toString(): string {
        return this.document.toString({ lineWidth: 0, indent: 4, flowCollectionPadding: false });
    }
}
