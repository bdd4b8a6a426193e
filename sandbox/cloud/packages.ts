import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sdkFolder } from "./shape";

export interface Package {
    readonly name: string;
    readonly version: string;
}

let installed: readonly Package[] | undefined;

/** Every installed SDK of a resource provider, with the version its plugin must not be older than. */
export function installedPackages(): readonly Package[] {
    installed ??= findPackages(dirname(sdkFolder("pulumi") ?? join("node_modules", "@pulumi", "pulumi")));
    return installed;
}

export function packageVersion(name: string): string {
    return installedPackages().find((candidate) => candidate.name === name)?.version ?? "";
}

function findPackages(folder: string): readonly Package[] {
    return readdirSync(folder).flatMap((entry) => {
        const manifest = JSON.parse(readFileSync(join(folder, entry, "package.json"), "utf8")) as {
            version: string;
            pulumi?: { resource?: boolean; name?: string };
        };
        const { pulumi, version } = manifest;
        return pulumi?.resource === true ? [{ name: pulumi.name ?? entry, version }] : [];
    });
}
